"""`monitor triage …`: who takes an alert, what is decided, what rests or is muted; by the same core as the buttons in Slack."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli import overview
from monitor.cli.options import Json, Orderer, who
from monitor.config.outward import note, say
from monitor.triage.values import Person, Verb

if TYPE_CHECKING:
    from monitor.pipeline import case_lines
    from monitor.pipeline import triage as desk

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
    from monitor import history as histories
    from monitor.cli import tables
    from monitor.history import cases
    from monitor.pipeline import case_lines
    from monitor.pipeline import triage as desk

    if context.invoked_subcommand:
        return
    with histories.History(context.obj.store, read_only=True) as history:
        told = history(cases.cases, every=every, limit=desk.SHOWN + 1)
        lines = [case_lines.line(history, case) for case in told[: desk.SHOWN]]
    if as_json:
        for line in lines:
            tables.print_json(line)
    elif lines:
        tables.print_table(case_lines.HEADS, list(map(case_lines.row, lines)))
    else:
        say(NOTHING)
    if len(told) > desk.SHOWN:
        note(f"monitor: these are the newest {desk.SHOWN}; `monitor triage why WHAT` tells of an older one")


@app.command("take")
def take(context: typer.Context, what: What, by: Orderer = "") -> None:
    """Say that it is yours; what is decided is open again."""
    from monitor.pipeline import triage as desk

    _do(context, desk.Wish(Verb.TAKE, what), by)


@app.command("done")
def done(
    context: typer.Context,
    what: What,
    decision: Annotated[str, typer.Option("--decision", metavar="TEXT", help="What was decided, such as 'no effect'.")],
    remark: Annotated[str, typer.Option("--note", metavar="TEXT", help="What else there is to say of it.")] = "",
    by: Orderer = "",
) -> None:
    """Say what was decided."""
    from monitor.pipeline import triage as desk

    _do(context, desk.Wish(Verb.DONE, what, decision=decision, text=remark), by)


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
    from monitor.pipeline import triage as desk

    _do(context, desk.Wish(Verb.NOT_OURS, what, text=reason, entries=tuple(entry or ())), by)


@app.command("snooze")
def snooze(context: typer.Context, what: What, until: Until, by: Orderer = "") -> None:
    """Let it rest until then."""
    from monitor.pipeline import triage as desk

    _do(context, desk.Wish(Verb.SNOOZE, what, until=until), by)


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
    from monitor.pipeline import triage as desk

    _do(context, desk.Wish(Verb.MUTE, text=reason, until=until, to=subject), by)


@app.command("unmute")
def unmute(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="As `monitor triage muted` names it.")],
    by: Orderer = "",
) -> None:
    """Tell of it again."""
    from monitor.pipeline import triage as desk

    _do(context, desk.Wish(Verb.UNMUTE, to=subject), by)


@app.command("muted")
def muted(context: typer.Context, as_json: Json = False) -> None:
    """What of the news is muted, until when, by whom and why; troubles of sources: `monitor mute`."""
    from monitor import history as histories
    from monitor.cli import tables
    from monitor.history import mutes
    from monitor.pipeline import case_lines

    with histories.History(context.obj.store, read_only=True) as history:
        lines = [case_lines.silence_line(silence) for silence in history(mutes.muted_news, datetime.now(UTC))]
    if as_json:
        for line in lines:
            tables.print_json(line)
    elif lines:
        rows = [(line.subject, case_lines.minute(line.until), line.by, case_lines.minute(line.at), line.reason) for line in lines]
        tables.print_table(MUTED_HEADS, rows)
    else:
        say("nothing is muted")


@app.command("tell")
def tell(
    context: typer.Context,
    what: What,
    destination: Annotated[str, typer.Argument(metavar="DESTINATION", help="As config.toml names it.")],
    reason: Reason = "",
    by: Orderer = "",
) -> None:
    """Send it to another destination too."""
    from monitor.pipeline import triage as desk

    _do(context, desk.Wish(Verb.TELL, what, text=reason, to=destination), by)


@app.command("why")
def why(context: typer.Context, what: What, as_json: Json = False) -> None:
    """Why it was told: the rule, the match, the evidence, when it was first seen, who was told, what was done with it."""
    from monitor import history as histories
    from monitor.cli import tables
    from monitor.pipeline import case_lines
    from monitor.pipeline import triage as desk
    from monitor.render import keepers

    with histories.History(context.obj.store, read_only=True) as history:
        case = desk.case_of(history, what)
        line = case_lines.why(history, case)
    if as_json:
        tables.print_json(line)
        return
    for text in (*keepers.explained(case, line.case.what), *_further(line)):
        say(text)


def _do(context: typer.Context, wish: "desk.Wish", by: str) -> None:
    """By the monitor that runs, else by ourselves; then say how it stands."""
    from monitor import history as histories
    from monitor.cli import ordering
    from monitor.cli.setting import Setting
    from monitor.history import handling
    from monitor.pipeline import case_lines
    from monitor.pipeline import triage as desk

    setting: Setting = context.obj
    name = who(by)
    person, key = Person(f"{LOGIN}{name}", name), desk.new_key()
    with histories.History(setting.store, read_only=True) as history:
        asked = desk.asked(history, setting.config, setting.registry, wish, person, key, datetime.now(UTC))
    undelivered = ordering.triaged(setting.config, setting.store, asked)
    with histories.History(setting.store, read_only=True) as history:
        handled = history(handling.of_key, key)
    if handled:
        about = handled.event or handled.to
        outcome = case_lines.stands(handled.after) if handled.event else case_lines.handling_words(handled)
        say(f"{about}: {handled.verb}; {outcome}" if wish.verb in _BESIDE else f"{about}: {outcome}")
    for text in undelivered or ():
        note(f"monitor: not delivered yet: {text}")
    if undelivered:
        raise typer.Exit(1)


_BESIDE = (Verb.MUTE, Verb.UNMUTE, Verb.TELL)  # after which an event stands as before


def _further(line: "case_lines.WhyLine") -> Iterator[str]:
    """What stands in no modal: the days of law, and all that was done."""
    from monitor.pipeline import case_lines

    for day, what in line.dates.items():
        yield f"{day}: {what}"
    for step in line.done:
        said = f": {step.said}" if step.said else ""
        refused = f"; refused: {step.refused}" if step.refused else ""
        yield f"{case_lines.minute(step.at)} {step.did} by {step.by} ({step.via}){said}{refused}"
