"""`monitor mute`: nobody is told of a source's troubles for a while, with an end that always comes."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import Json, Orderer, who
from monitor.clock import SystemClock
from monitor.config.outward import say
from monitor.config.stores import Store
from monitor.errors import ConfigError

if TYPE_CHECKING:
    from monitor.cli.setting import Setting
    from monitor.pipeline import control

HEADS = ("source", "until (UTC)", "by", "since (UTC)", "why")
NONE = "no source is muted"


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
    from monitor.cli.setting import Setting
    from monitor.pipeline import control
    from monitor.source import mute as rules

    setting: Setting = context.obj
    if source is None:
        if until or reason or off:
            raise ConfigError("name the source: monitor mute SOURCE --until WHEN")
    elif bool(until) == off:
        raise ConfigError(f"say until when, or that it is over: monitor mute {source} --until '3 days', or --off")
    else:
        if until:
            rules.end_of(until, SystemClock().now())  # before anybody is asked
        _do(setting, control.Muting(source, who(by), until, reason.strip()))
    _show(setting.store, as_json=as_json)


def _do(setting: "Setting", order: "control.Muting") -> None:
    from monitor.cli import ordering
    from monitor.history.threaded import HistoryThread
    from monitor.pipeline import control

    async def here(history: "HistoryThread") -> None:
        await control.carry_out(history, setting.registry, order, SystemClock().now())

    ordering.by_whoever_writes(setting.store, here, control.Poll(mute=order), without="nothing is told")


def _show(store: Store, *, as_json: bool) -> None:
    from monitor import history as histories
    from monitor.cli import tables
    from monitor.history import mutes

    with histories.History(store, read_only=True) as history:
        standing = history(mutes.standing, SystemClock().now())
    if as_json:
        for muted in standing:
            tables.print_json(muted)
    elif standing:
        rows = [(muted.source, _minute(muted.until), muted.by, _minute(muted.at), muted.reason) for muted in standing]
        tables.print_table(HEADS, rows)
    else:
        say(NONE)


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
