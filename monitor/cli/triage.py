"""`monitor triage …`, `mute`, `review`: take alerts, decide on them, silence them, and correct what
was read; with the same core as the buttons in Slack.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Context, Option

from monitor.cli import overview
from monitor.cli.setting import Json, Orderer, Reason, Setting, end_after_delivery, parse_person
from monitor.clock import SystemClock, format_minute
from monitor.config.outward import note, say
from monitor.errors import ConfigError
from monitor.triage.values import About, Person, Verb

if TYPE_CHECKING:
    from monitor.store import History
    from monitor.watch.match import Dismissal

app = typer.Typer(cls=overview.Commands, name="triage")

LOGIN = "login:"
NOTHING = "nothing waits for anybody"

What = Annotated[
    str,
    Argument(metavar="WHAT", help="An alert: the key of its event or act, or its message number."),
]


@app.callback(invoke_without_command=True)
def triage(
    context: Context,
    every: Annotated[bool, Option("--all", help="Decided ones too.")] = False,
    as_json: Json = False,
) -> None:
    """List alerts without a decision, newest first, with who has each; take one, decide, dismiss
    its matches.
    """
    from monitor.ask import cases
    from monitor.cli import output
    from monitor.run import triage as desk
    from monitor.store import handling

    if context.invoked_subcommand:
        return
    with context.obj.history() as history:
        told = history(handling.list_cases, every=every, limit=desk.SHOWN + 1)
        lines = [cases.make_case_line(history, case) for case in told[: desk.SHOWN]]
    output.print_all(lines, cases.CASE_HEADS, cases.make_case_row, NOTHING, as_json=as_json)
    if len(told) > desk.SHOWN:
        note(
            f"monitor: these are the newest {desk.SHOWN}; `monitor show --why WHAT` shows an"
            " older one"
        )


@app.command("take")
def take(context: Context, what: What, by: Orderer = "") -> None:
    """Take an alert: it is yours. A decided one is open again."""
    order(context.obj, by, Verb.TAKE, what)


@app.command("done")
def done(
    context: Context,
    what: What,
    decision: Annotated[
        str, Option("--decision", metavar="TEXT", help="The decision, such as 'no effect'.")
    ],
    remark: Annotated[str, Option("--note", metavar="TEXT", help="A note.")] = "",
    by: Orderer = "",
) -> None:
    """Record the decision on an alert."""
    order(context.obj, by, Verb.DONE, what, decision=decision, text=remark)


@app.command("not-ours")
def not_ours(
    context: Context,
    what: Annotated[
        str,
        Argument(
            metavar="WHAT", help="An alert, as for take; or with --entry who is listed, by name."
        ),
    ],
    entry: Annotated[
        list[str] | None,
        Option(
            "--entry", metavar="ENTRY", help="Only this entry of the watch list, by key or name."
        ),
    ] = None,
    undo: Annotated[bool, Option("--undo", help="With --entry: take the dismissal back.")] = False,
    reason: Reason = "",
    by: Orderer = "",
) -> None:
    """Dismiss matches: your entries are not those that are listed. They stay visible, with your
    name and reason.
    """
    setting: Setting = context.obj
    if undo and reason:
        raise ConfigError("--reason: none is kept of what is taken back")
    if undo and not entry:
        raise ConfigError("--undo: name the entry with --entry, and who is listed as WHAT")
    apart = _list_apart(setting, what, entry, undo=undo) if entry else []
    for one, subject in apart:
        _record_dismissal(setting, one, subject, by, reason, undo=undo)
    if not apart:
        order(setting, by, Verb.NOT_OURS, what, text=reason, entries=tuple(entry or ()))


def _list_apart(
    setting: Setting, what: str, entries: list[str], *, undo: bool
) -> Sequence[tuple[str, str]]:
    """List the entries to dismiss without an alert, each with who is listed."""
    from monitor.run import triage as desk

    if undo or not is_alert(setting, what):
        return [(one, what) for one in entries]
    # entries that match an alert's act may be on the watch list only since it was sent
    now = datetime.now(UTC)
    return desk.list_untouched(setting.store, setting.config, what, entries, now)


def _record_dismissal(
    setting: Setting, entry: str, subject: str, by: str, reason: str, *, undo: bool = False
) -> None:
    """Record that an entry of the watch list is not this listed subject, or take that back."""
    from monitor.run.triage import dismiss_match

    now, name = datetime.now(UTC), parse_person(by)
    person = Person(f"{LOGIN}{name}", name)
    dismissal = dismiss_match(
        setting.store, setting.config, entry, subject, person, now, reason=reason, undo=undo
    )
    if undo:
        say(f"{dismissal.entry} may be {dismissal.subject_name} again")
    else:
        say(f"{dismissal.entry} is not {dismissal.subject_name}, says {name}; --undo takes it back")
        _note_unlisted(setting, dismissal)


def _note_unlisted(setting: Setting, dismissal: "Dismissal") -> None:
    """Say that nothing on record has the dismissed name, with the nearest."""
    from monitor.ask.answers import explain_unknown
    from monitor.ask.knowledge import Knowledge
    from monitor.watch.match import is_called

    with setting.history() as history:
        known = Knowledge(history)
        if not any(is_called(one, dismissal.subject) for one in known.records.subjects()):
            note(f"monitor: {explain_unknown(dismissal.subject_name, known)}")


def is_alert(setting: Setting, what: str) -> bool:
    """Return whether an event of this name has an alert."""
    from monitor.store import handling, has_store

    if not has_store(setting.store):
        return False
    with setting.history() as history:
        return history(handling.find_case, what) is not None


def explain_alert(setting: Setting, what: str, *, as_json: bool) -> None:
    """Print why it was sent: the rule, the match, the evidence, when it was first seen, who got it,
    its triage.
    """
    from monitor.ask import cases
    from monitor.cli import output
    from monitor.render import dates, keepers
    from monitor.run import triage as desk

    with setting.history() as history:
        case = desk.load_case_or_fail(history, what)
        line = cases.explain_case(history, case)
    if as_json:
        output.print_json(line)
        return
    for text in keepers.explain_event(case, line.case.what):
        say(text)
    # not in any form in Slack: the key dates, and all past actions
    for on, dated in line.dates.items():
        say(f"{dates.format_local_date(on, case.authority)}: {dated}, as an act prints it")
    for step in line.done:
        said = f": {step.said}" if step.said else ""
        refused = f"; refused: {step.refused}" if step.refused else ""
        say(f"{format_minute(step.at)} {step.did} by {step.by} ({step.via}){said}{refused}")


def order(setting: Setting, by: str, verb: Verb, what: str = "", **words: Any) -> None:
    """Run an action by the running monitor, or here; then print the event's status."""
    from monitor.ask import cases
    from monitor.cli import once
    from monitor.run import triage as desk
    from monitor.store import handling

    name = parse_person(by)
    person, key = Person(f"{LOGIN}{name}", name), desk.make_key()
    with setting.history() as history:
        asked = desk.make_triage_request(
            history,
            setting.config,
            setting.registry,
            desk.Wish(verb, what, **words),
            person,
            key,
            datetime.now(UTC),
        )
    undelivered = once.give_order(setting, asked, without="nothing was sent")
    with setting.history() as history:
        handled = history(handling.find_handling, key)
    if handled:
        about = handled.event or handled.to
        outcome = (
            cases.describe_case_state(handled.after)
            if handled.event
            else cases.join_handling_words(handled)
        )
        say(f"{about}: {handled.verb}; {outcome}" if verb in _BESIDE else f"{about}: {outcome}")
    end_after_delivery(undelivered)


# time after which an event returns to its old status
_BESIDE = (Verb.MUTE, Verb.REVIEW, Verb.UNMUTE, Verb.TELL)


# `monitor review`: a person completes or corrects what was read of an act; what the machine read
# stays beside it.

Add = Annotated[
    list[str] | None,
    Option(
        "--add",
        metavar="WHAT=VALUE",
        help="1.org=NAME, 1.code=1C905 NAME, 1.ends=2026-11-10, new=add REGISTER, s1.",
    ),
]


def review(
    context: Context,
    act: Annotated[str, Argument(metavar="ACT", help="The key of an act, such as mofcom-2025-61.")],
    add: Add = None,
    strike: Annotated[
        list[str] | None,
        Option("--strike", metavar="NUMBER", help="The wrong part, by its number."),
    ] = None,
    quote: Annotated[str, Option("--quote", metavar="WORDS", help="The page's words for it.")] = "",
    reason: Reason = "",
    by: Orderer = "",
    as_json: Json = False,
) -> None:
    """Print the monitor's reading of an act, numbered; or add and strike parts, with quotes from
    its page.
    """
    from monitor.ask import reviewing
    from monitor.store.archive import open_archive

    setting: Setting = context.obj
    if not (add or strike):
        with setting.history() as history:
            _show_reading(history, act, as_json=as_json)
        return
    name = parse_person(by)
    with setting.history() as history:
        proposal = reviewing.make_proposal(
            history, open_archive(setting.store), act, add or (), strike or (), quote, reason
        )
    order(setting, name, Verb.REVIEW, act, text=reason, to=act, proposal=proposal)


def _show_reading(history: "History", key: str, *, as_json: bool) -> None:
    from monitor.ask import reviewing
    from monitor.cli import output
    from monitor.render import acts
    from monitor.store import reviews

    act = reviewing.load_act_or_fail(history, key)
    machine = history(reviews.load_machine_reading, key)
    if as_json:
        output.print_json({"act": act, **({"machine": machine} if machine else {})})
        return
    facts = list(reviewing.list_facts(act))
    for mark, text in facts:
        say(f"{mark:<9} {text}")
    for mark, text in reviewing.word_opinions(history, act):
        say(f"{mark:<9} second reader, unconfirmed: {text}")
    if machine and act.reviewed:
        say(acts.describe_review(act.reviewed))
        known = {text for _, text in facts}
        read = [text for _, text in reviewing.list_facts(machine)]
        for text in read:
            say(f"- {text}") if text not in known else None
        for _, text in facts:
            say(f"+ {text}") if text not in read else None


# `monitor mute`: no messages on a source, a register, a topic, a product or an alert for a while.

MUTE_HEADS = ("what", "until (UTC)", "by", "since (UTC)", "why")


Subject = Annotated[
    str | None,
    Argument(
        metavar="SUBJECT",
        help=(
            "A source (its failures); source:NAME, register:NAME, topic:NAME or product:KEY"
            " (its news); an alert."
        ),
    ),
]


def mute(
    context: Context,
    subject: Subject = None,
    until: Annotated[
        str,
        Option(
            metavar="WHEN",
            help="2030-12-01, '3 days', or the day on which an alert's act `begins` or `ends`.",
        ),
    ] = "",
    reason: Reason = "",
    off: Annotated[bool, Option("--off", help="End the mute.")] = False,
    by: Orderer = "",
    as_json: Json = False,
) -> None:
    """Send no messages on SUBJECT until WHEN. Without SUBJECT: list what is muted."""
    setting: Setting = context.obj
    if subject is None:
        if until or reason or off:
            raise ConfigError("name what to mute: monitor mute SUBJECT --until WHEN")
    elif bool(until) == off:
        raise ConfigError(
            f"give an end, or end it: monitor mute {subject} --until '3 days', or --off"
        )
    elif subject.partition(":")[0] in list(About):
        order(setting, by, Verb.UNMUTE if off else Verb.MUTE, text=reason, until=until, to=subject)
        return
    elif until and is_alert(setting, subject):
        order(setting, by, Verb.SNOOZE, subject, until=until)
        return
    else:
        _mute_failures(setting, subject, until, parse_person(by), reason.strip())
    _list_muted(setting, as_json=as_json)


def _mute_failures(setting: Setting, source: str, until: str, by: str, reason: str) -> None:
    """Have it done by the monitor that runs, else here; without `until` end it."""
    from monitor.cli import once
    from monitor.run.orders import MuteOrder
    from monitor.source import health

    try:
        setting.registry.named([source])
    except ConfigError as error:
        raise ConfigError(f"{error}; `monitor triage` lists alerts") from error
    if until:
        health.end_of(until, SystemClock().now())  # before any prompt
    once.give_order(setting, MuteOrder(source, by, until, reason), without="nothing is sent")


def _list_muted(setting: Setting, *, as_json: bool) -> None:
    from monitor.ask import cases, lines
    from monitor.cli import output
    from monitor.source.health import SourceMute
    from monitor.store import mutes

    now = SystemClock().now()
    with setting.history() as history:
        news = [
            lines.make_line(cases.NewsMuteLine, mute)
            for mute in history(mutes.list_news_mutes, now)
        ]
        muted: list[SourceMute | cases.NewsMuteLine] = [
            *history(mutes.list_source_mutes, now),
            *news,
        ]
    output.print_all(
        muted,
        MUTE_HEADS,
        lambda one: (
            one.source if isinstance(one, SourceMute) else one.subject,
            format_minute(str(one.until)),
            one.by,
            format_minute(str(one.at)),
            one.reason,
        ),
        "nothing is muted",
        as_json=as_json,
    )
