"""`monitor triage …`: take alerts and decide on them; with the same core as the buttons in
Slack.
"""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from typer import Argument, Context, Option

from monitor.cli import overview
from monitor.cli.setting import Json, Orderer, Reason, Setting, end_after_delivery, parse_person
from monitor.clock import format_minute
from monitor.config.outward import note, say
from monitor.errors import ConfigError
from monitor.triage.values import Person, Verb

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
    if entry and (undo or not is_alert(setting, what)):
        for one in entry:
            _record_dismissal(setting, one, what, parse_person(by), undo=undo)
    elif undo:
        raise ConfigError("--undo: name the entry with --entry, and who is listed as WHAT")
    else:
        order(setting, by, Verb.NOT_OURS, what, text=reason, entries=tuple(entry or ()))


def _record_dismissal(setting: Setting, entry: str, subject: str, by: str, *, undo: bool) -> None:
    """Record that an entry of the watch list is not this listed subject, or take that back."""
    from monitor.run.triage import dismiss_match

    now = datetime.now(UTC)
    dismissal = dismiss_match(setting.store, setting.config, entry, subject, by, now, undo=undo)
    if undo:
        say(f"{dismissal.entry} may be {dismissal.subject_name} again")
    else:
        say(f"{dismissal.entry} is not {dismissal.subject_name}, says {by}; --undo takes it back")


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
    from monitor.render import keepers
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
        say(f"{on}: {dated}")
    for step in line.done:
        said = f": {step.said}" if step.said else ""
        refused = f"; refused: {step.refused}" if step.refused else ""
        say(f"{format_minute(step.at)} {step.did} by {step.by} ({step.via}){said}{refused}")


def order(setting: Setting, by: str, verb: Verb, what: str = "", **words: Any) -> None:
    """Run an action by the running monitor, or here; then print the event's status."""
    from monitor.ask import cases
    from monitor.cli import once
    from monitor.run import control
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
    undelivered = once.give_order(
        setting.config, setting.store, control.Poll(triage=asked), without="nothing was told"
    )
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
