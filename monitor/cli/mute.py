"""`monitor mute`: nobody is told of a source's troubles for a while, with an end that always comes."""

from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.setting import Json, Orderer, Setting, parse_person
from monitor.clock import SystemClock
from monitor.errors import ConfigError

if TYPE_CHECKING:
    from monitor.source.health import Mute
    from monitor.store.threaded import HistoryThread

HEADS = ("source", "until (UTC)", "by", "since (UTC)", "why")


def mute(
    context: typer.Context,
    source: Annotated[str | None, typer.Argument(metavar="SOURCE", help="cn_mofcom or cn_mofcom.announcements")] = None,
    until: Annotated[str, typer.Option("--until", metavar="WHEN", help="2026-12-01, 2026-12-01T09:00 (UTC) or '3 days'.")] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")] = "",
    off: Annotated[bool, typer.Option("--off", help="Tell of it again.")] = False,
    by: Orderer = "",
    as_json: Json = False,
) -> None:
    """Tell nobody of a source's troubles until WHEN; its news is told, and status names it. Without SOURCE: what is muted."""
    from monitor.cli import once, output
    from monitor.run import control
    from monitor.source import health as rules
    from monitor.store import mutes

    setting: Setting = context.obj
    if source is None:
        if until or reason or off:
            raise ConfigError("name the source: monitor mute SOURCE --until WHEN")
    elif bool(until) == off:
        raise ConfigError(f"say until when, or that it is over: monitor mute {source} --until '3 days', or --off")
    else:
        if until:
            rules.end_of(until, SystemClock().now())  # before anybody is asked
        order = control.Muting(source, parse_person(by), until, reason.strip())

        async def here(history: "HistoryThread") -> None:
            await control.apply_mute_order(history, setting.registry, order, SystemClock().now())

        once.run_or_ask_daemon(setting.store, here, control.Poll(mute=order), without="nothing is told")
    with setting.history() as history:
        standing = history(mutes.list_active_mutes, SystemClock().now())
    output.print_all(standing, HEADS, _make_row, "no source is muted", as_json=as_json)


def _make_row(muted: "Mute") -> tuple[str, ...]:
    return muted.source, f"{muted.until:%Y-%m-%d %H:%M}", muted.by, f"{muted.at:%Y-%m-%d %H:%M}", muted.reason
