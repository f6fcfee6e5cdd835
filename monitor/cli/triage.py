"""`monitor triage …`: who takes an alert, what is decided, what rests or is muted; by the same core as the buttons in Slack."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli import overview
from monitor.cli.setting import Json, Orderer, end_after_delivery, parse_day, parse_person
from monitor.config.outward import note, say
from monitor.errors import MonitorError
from monitor.triage.values import Person, Verb

app = typer.Typer(cls=overview.Commands, help="Who takes an alert, what is decided, what rests or is muted, and why it was told.")

MUTED_HEADS = ("what", "until (UTC)", "by", "since (UTC)", "why")
LOGIN = "login:"
NOTHING = "nothing waits for anybody"

What = Annotated[str, typer.Argument(metavar="WHAT", help="An event or an act of it by key, or a message about it by number.")]
Until = Annotated[
    str, typer.Option("--until", metavar="WHEN", help="2026-12-01, '3 days', or the day on which it `begins` or `ends`.")
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")]


@app.callback(invoke_without_command=True)
def triage(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Also what is decided.")] = False,
    as_json: Json = False,
) -> None:
    """What was told and nobody has decided, the newest first: who has it, since when."""
    from monitor.ask import lines as case_lines
    from monitor.cli import output
    from monitor.run import triage as desk
    from monitor.store import handling

    if context.invoked_subcommand:
        return
    with context.obj.history() as history:
        told = history(handling.list_cases, every=every, limit=desk.SHOWN + 1)
        lines = [case_lines.make_case_line(history, case) for case in told[: desk.SHOWN]]
    output.print_all(lines, case_lines.CASE_HEADS, case_lines.make_case_row, NOTHING, as_json=as_json)
    if len(told) > desk.SHOWN:
        note(f"monitor: these are the newest {desk.SHOWN}; `monitor triage why WHAT` tells of an older one")


@app.command("take")
def take(context: typer.Context, what: What, by: Orderer = "") -> None:
    """Say that it is yours; what is decided is open again."""
    _do(context, by, Verb.TAKE, what)


@app.command("done")
def done(
    context: typer.Context,
    what: What,
    decision: Annotated[str, typer.Option("--decision", metavar="TEXT", help="What was decided, such as 'no effect'.")],
    remark: Annotated[str, typer.Option("--note", metavar="TEXT", help="What else there is to say of it.")] = "",
    by: Orderer = "",
) -> None:
    """Say what was decided."""
    _do(context, by, Verb.DONE, what, decision=decision, text=remark)


@app.command("not-ours")
def not_ours(
    context: typer.Context,
    what: What,
    entry: Annotated[
        list[str] | None, typer.Option("--entry", metavar="ENTRY", help="Only this entry of the watch list is not meant.")
    ] = None,
    reason: Reason = "",
    by: Orderer = "",
) -> None:
    """Say that the entries it touches are not those that are listed: each pair is dismissed, with your name and reason."""
    _do(context, by, Verb.NOT_OURS, what, text=reason, entries=tuple(entry or ()))


@app.command("snooze")
def snooze(context: typer.Context, what: What, until: Until, by: Orderer = "") -> None:
    """Let it rest until then."""
    _do(context, by, Verb.SNOOZE, what, until=until)


@app.command("mute")
def mute(
    context: typer.Context,
    subject: Annotated[
        str, typer.Argument(metavar="SUBJECT", help="source:cn_mofcom, register:cn-dual-use-items, topic:NAME or product:KEY.")
    ],
    until: Annotated[str, typer.Option("--until", metavar="WHEN", help="2026-12-01 or '3 days': there is always an end.")],
    reason: Reason = "",
    by: Orderer = "",
) -> None:
    """Tell nobody news of a source, register, topic or product until then, but for what touches your watch list."""
    _do(context, by, Verb.MUTE, text=reason, until=until, to=subject)


@app.command("unmute")
def unmute(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="As `monitor triage muted` names it.")],
    by: Orderer = "",
) -> None:
    """Tell of it again."""
    _do(context, by, Verb.UNMUTE, to=subject)


@app.command("muted")
def muted(context: typer.Context, as_json: Json = False) -> None:
    """What of the news is muted, until when, by whom and why; troubles of sources: `monitor mute`."""
    from monitor.ask import lines as case_lines
    from monitor.cli import output
    from monitor.store import mutes

    with context.obj.history() as history:
        lines = [
            case_lines.make_line(case_lines.SilenceLine, silence) for silence in history(mutes.list_muted_news, datetime.now(UTC))
        ]
    minute = case_lines.format_minute
    output.print_all(
        lines,
        MUTED_HEADS,
        lambda line: (line.subject, minute(line.until), line.by, minute(line.at), line.reason),
        "nothing is muted",
        as_json=as_json,
    )


@app.command("tell")
def tell(
    context: typer.Context,
    what: What,
    destination: Annotated[str, typer.Argument(metavar="DESTINATION", help="As config.toml names it.")],
    reason: Reason = "",
    by: Orderer = "",
) -> None:
    """Send it to another destination too."""
    _do(context, by, Verb.TELL, what, text=reason, to=destination)


@app.command("why")
def why(context: typer.Context, what: What, as_json: Json = False) -> None:
    """Why it was told: the rule, the match, the evidence, when it was first seen, who was told, what was done with it."""
    from monitor.ask import lines as case_lines
    from monitor.cli import output
    from monitor.render import keepers
    from monitor.run import triage as desk

    with context.obj.history() as history:
        case = desk.load_case_or_fail(history, what)
        line = case_lines.explain_case(history, case)
    if as_json:
        output.print_json(line)
        return
    for text in keepers.explain_event(case, line.case.what):
        say(text)
    for on, dated in line.dates.items():  # what stands in no modal: the days of law, and all that was done
        say(f"{on}: {dated}")
    for step in line.done:
        said = f": {step.said}" if step.said else ""
        refused = f"; refused: {step.refused}" if step.refused else ""
        say(f"{case_lines.format_minute(step.at)} {step.did} by {step.by} ({step.via}){said}{refused}")


def _do(context: typer.Context, by: str, verb: Verb, what: str = "", entries: tuple[str, ...] = (), **words: str) -> None:
    """By the monitor that runs, else by ourselves; then say how it stands."""
    from monitor.ask import lines as case_lines
    from monitor.cli import once
    from monitor.cli.setting import Setting
    from monitor.run import triage as desk
    from monitor.store import handling

    setting: Setting = context.obj
    name = parse_person(by)
    person, key = Person(f"{LOGIN}{name}", name), desk.make_key()
    with setting.history() as history:
        asked = desk.make_triage_request(
            history,
            setting.config,
            setting.registry,
            desk.Wish(verb, what, entries=entries, **words),
            person,
            key,
            datetime.now(UTC),
        )
    undelivered = once.order_triage(setting.config, setting.store, asked)
    with setting.history() as history:
        handled = history(handling.find_handling, key)
    if handled:
        about = handled.event or handled.to
        outcome = case_lines.describe_case_state(handled.after) if handled.event else case_lines.join_handling_words(handled)
        say(f"{about}: {handled.verb}; {outcome}" if verb in _BESIDE else f"{about}: {outcome}")
    end_after_delivery(undelivered)


_BESIDE = (Verb.MUTE, Verb.UNMUTE, Verb.TELL)  # after which an event stands as before


Whom = Annotated[str, typer.Argument(metavar="PERSON", help="A name, or an id such as slack:U0123456.")]


@app.command("audit")
def audit(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new CSV file.")],
    every_step: Annotated[bool, typer.Option("--steps", help="A row for each thing that was done, not for each alert.")] = False,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help="The first day (UTC).")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day (UTC).")] = None,
) -> None:
    """Write what was told, when it was taken by whom and what was decided, a row an alert, as CSV that runs nothing."""
    from monitor.ask import audit as audits

    first = datetime.combine(parse_day("--from", since), time(), UTC) if since else None
    last = datetime.combine(parse_day("--to", until), time(), UTC) + timedelta(days=1) if until else None
    with context.obj.history() as history:
        text = (audits.format_step_rows if every_step else audits.format_alert_rows)(history, first, last)
    try:
        with file.open("x", encoding="utf-8", newline="") as out:
            out.write(text)
    except OSError as error:
        raise MonitorError(f"{file}: can't be written: {error.strerror}") from error
    note(f"monitor: {file}: {max(text.count(chr(10)) - 1, 0)} rows")


@app.command("export")
def export(context: typer.Context, person: Whom) -> None:
    """All that is kept of somebody who clicked or said something, one JSON object a line."""
    from monitor.ask import audit as audits
    from monitor.cli import output

    with context.obj.history() as history:
        for line in audits.list_entry_lines(history, audits.find_person(history, person)):
            output.print_json(line)


@app.command("erase")
def erase(context: typer.Context, person: Whom, by: Orderer = "") -> None:
    """Take somebody's name and id out of all that is kept: what they did stays, with their role."""
    from monitor.ask import audit as audits
    from monitor.cli import once
    from monitor.run import triage as desk

    setting = context.obj
    name = parse_person(by)
    with setting.history() as history:
        order = audits.make_erasure_request(audits.find_person(history, person), Person(f"{LOGIN}{name}", name), desk.make_key())
    undelivered = once.order_triage(setting.config, setting.store, order)
    say("erased: what was done stays, without the name; backups that were made before still have it")
    end_after_delivery(undelivered)
