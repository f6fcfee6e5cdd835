"""Saved bodies of one register → what changed from one to the next: `monitor diff`, `monitor replay DIR --source`.

Nothing is kept and nobody is told; what is believed and what is held is decided as in a poll.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from monitor.clock import iso
from monitor.config import files
from monitor.diff.held import Standing, Verdict, judged
from monitor.diff.rows import Changes, Scanned, Version, compare, scan
from monitor.errors import MonitorError, NotThePage, SourceError
from monitor.model import Problem, RowChange, Value
from monitor.source.page import Body, Page, Reader, Register
from monitor.source.scraper import guard_reader, read_all, reader_name

LARGEST = 1024 * files.MEGABYTE
NAMED_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d):?(\d\d):?(\d\d)Z)?")


class Capture(Value, frozen=True):
    """What one capture would have brought: its changes, those held back, or why it is no edition of the register.

    `remarks` are on the publisher's form, each with the first capture that showed it.
    """

    file: str
    at: str
    changes: tuple[RowChange, ...] = ()
    held: tuple[RowChange, ...] = ()
    problem: Problem | None = None
    remarks: tuple[str, ...] = ()


@dataclass
class Memory:
    """A register as it stands after some captures."""

    versions: dict[str, Version] = field(default_factory=dict)
    standing: Standing | None = None

    def take(self, read: Reader, path: Path, url: str) -> tuple[Changes, Verdict]:
        """Read one capture, and stand as it says from then on. The first one is the baseline: nothing in it has changed.

        Raises:
            MonitorError: there is no such file, or it can't be opened.
            SourceError: it is no edition of the register, or not whole; all stands as before.
        """
        register = register_of(read, path, url)
        with guard_reader(read, str(path)):
            if self.standing is None:
                scanned, changes, verdict = scan(register, {}), Changes(), Verdict(())
            else:
                known = {name: version.digest for name, version in self.versions.items()}
                scanned, changes = compare(register, known, self._raws)
                verdict = judged(register, scanned.count, changes.rows, self.standing, _at(path), handed=True)
        self._keep(register, scanned, verdict, _at(path))
        return changes, verdict

    def _raws(self, names: Collection[str]) -> Mapping[str, bytes]:
        return {name: self.versions[name].raw for name in names}

    def _keep(self, register: Register, scanned: Scanned, verdict: Verdict, at: datetime) -> None:
        held = frozenset(change.id for change in verdict.held)
        before = self.standing
        since = before.held_since if before and before.held == held else at
        for name in scanned.missing - held:
            del self.versions[name]
        self.versions |= scanned.moved
        published = max((day for day in (register.published, self.standing and self.standing.published) if day), default=None)
        self.standing = Standing(scanned.count + len(held), published, held, since if held else None)


def register_of(read: Reader, path: Path, url: str) -> Register:
    """The register in a saved body.

    Raises:
        MonitorError: there is no such file, or it can't be opened.
        SourceError: it is another thing; NotThePage if its reader reads no register.
    """
    files.refuse(path, most=LARGEST)
    try:
        content = read_all(read, Page(url, Body(path)))
    except OSError as error:
        raise MonitorError(f"{files.shown_path(path)}: can't be read: {files.reason(error)}") from error
    if not isinstance(content, Register):
        raise NotThePage(f"{path}: {reader_name(read)} does not read a register")
    return content


def between(read: Reader, old: Path, new: Path, *, url: str) -> Changes:
    """What changed from one saved body to another.

    Raises:
        MonitorError: a file can't be opened; a SourceError names the one that is not the whole register.
    """
    memory = Memory()
    for path in (old, new):
        try:
            changes, _ = memory.take(read, path, url)
        except SourceError as error:
            error.args = (f"{path}: {error}",)
            raise
    return changes


def captures(read: Reader, folder: Path, *, url: str) -> Iterator[Capture]:
    """What each capture in a folder would have brought, in the order of their names.

    Raises:
        MonitorError: there is no such folder.
    """
    if not files.is_folder(folder):
        raise MonitorError(f"{files.shown_path(folder)}: not a folder of captures")
    memory, remarked = Memory(), set[str]()
    for path in sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")):
        try:
            changes, verdict = memory.take(read, path, url)
            new = tuple(remark for remark in changes.remarks if remark not in remarked)
            remarked.update(new)
            yield Capture(file=files.text_of(path), at=iso(_at(path)), changes=verdict.believed, held=verdict.held, remarks=new)
        except SourceError as error:
            yield Capture(file=files.text_of(path), at=iso(_at(path)), problem=Problem(kind=error.kind, text=str(error)))


def _at(path: Path) -> datetime:
    """When it was captured: as its name says, else when the file was written."""
    if named := NAMED_TIME.search(path.name):
        day, *clock = named.groups(default="00")
        try:
            return datetime.fromisoformat(f"{day}T{':'.join(clock)}+00:00")
        except ValueError:
            pass  # a name with the form of a time, such as 2025-13-45T00:00:00Z
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
