"""`monitor triage audit | export | erase`: what is on record of triage, as a file; and of one person."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.options import Orderer, day, who
from monitor.cli.triage import LOGIN
from monitor.config.outward import note, say
from monitor.errors import MonitorError
from monitor.triage.values import Person

Whom = Annotated[str, typer.Argument(metavar="PERSON", help="A name, or an id such as slack:U0123456.")]


def audit(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new CSV file.")],
    every_step: Annotated[bool, typer.Option("--steps", help="A row for each thing that was done, not for each alert.")] = False,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE", help="The first day (UTC).")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day (UTC).")] = None,
) -> None:
    """Write what was told, when it was taken by whom and what was decided, a row an alert, as CSV that runs nothing."""
    from monitor import history as histories
    from monitor.pipeline import audit as audits

    first = _begins(day("--from", since)) if since else None
    last = _begins(day("--to", until)) + timedelta(days=1) if until else None
    with histories.History(context.obj.store, read_only=True) as history:
        text = (audits.steps if every_step else audits.alerts)(history, first, last)
    try:
        with file.open("x", encoding="utf-8", newline="") as out:
            out.write(text)
    except OSError as error:
        raise MonitorError(f"{file}: can't be written: {error.strerror}") from error
    note(f"monitor: {file}: {max(text.count(chr(10)) - 1, 0)} rows")


def export(context: typer.Context, person: Whom) -> None:
    """All that is kept of somebody who clicked or said something, one JSON object a line."""
    from monitor import history as histories
    from monitor.cli import tables
    from monitor.pipeline import audit as audits

    with histories.History(context.obj.store, read_only=True) as history:
        for line in audits.lines(history, audits.person(history, person)):
            tables.print_json(line)


def erase(context: typer.Context, person: Whom, by: Orderer = "") -> None:
    """Take somebody's name and id out of all that is kept: what they did stays, with their role."""
    from monitor import history as histories
    from monitor.cli import ordering
    from monitor.pipeline import audit as audits
    from monitor.pipeline import triage as desk

    setting = context.obj
    name = who(by)
    with histories.History(setting.store, read_only=True) as history:
        order = audits.erasure(audits.person(history, person), Person(f"{LOGIN}{name}", name), desk.new_key())
    undelivered = ordering.triaged(setting.config, setting.store, order)
    say("erased: what was done stays, without the name; backups that were made before still have it")
    for text in undelivered or ():
        note(f"monitor: not delivered yet: {text}")
    if undelivered:
        raise typer.Exit(1)


def _begins(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=UTC)
