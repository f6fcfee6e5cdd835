"""`monitor mute`: no messages on a source, a register, a topic, a product or an alert for a
while.
"""

from typing import Annotated

from typer import Argument, Context, Option

from monitor.cli import triage
from monitor.cli.setting import Json, Orderer, Reason, Setting, parse_person
from monitor.clock import SystemClock, format_minute
from monitor.errors import ConfigError
from monitor.triage.values import About, Verb

HEADS = ("what", "until (UTC)", "by", "since (UTC)", "why")


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
            help="2026-12-01, '3 days', or the day on which an alert's act `begins` or `ends`.",
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
        triage.order(
            setting, by, Verb.UNMUTE if off else Verb.MUTE, text=reason, until=until, to=subject
        )
        return
    elif until and triage.is_alert(setting, subject):
        triage.order(setting, by, Verb.SNOOZE, subject, until=until)
        return
    else:
        _mute_failures(setting, subject, until, parse_person(by), reason.strip())
    _list_muted(setting, as_json=as_json)


def _mute_failures(setting: Setting, source: str, until: str, by: str, reason: str) -> None:
    """Have it done by the monitor that runs, else here; without `until` end it."""
    from monitor.cli import once
    from monitor.run import control
    from monitor.source import health

    try:
        setting.registry.named([source])
    except ConfigError as error:
        raise ConfigError(f"{error}; `monitor triage` lists alerts") from error
    if until:
        health.end_of(until, SystemClock().now())  # before any prompt
    order = control.Muting(source, by, until, reason)
    once.give_order(
        setting.config, setting.store, control.Poll(mute=order), without="nothing is told"
    )


def _list_muted(setting: Setting, *, as_json: bool) -> None:
    from monitor.ask import cases, lines
    from monitor.cli import output
    from monitor.source.health import Mute
    from monitor.store import mutes

    now = SystemClock().now()
    with setting.history() as history:
        news = [
            lines.make_line(cases.SilenceLine, silence)
            for silence in history(mutes.list_muted_news, now)
        ]
        muted: list[Mute | cases.SilenceLine] = [*history(mutes.list_active_mutes, now), *news]
    output.print_all(
        muted,
        HEADS,
        lambda one: (
            one.source if isinstance(one, Mute) else one.subject,
            format_minute(str(one.until)),
            one.by,
            format_minute(str(one.at)),
            one.reason,
        ),
        "nothing is muted",
        as_json=as_json,
    )
