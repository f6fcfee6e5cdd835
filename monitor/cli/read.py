"""Read saved files: what the monitor understands of one (`monitor read`), and what changed between
two (`diff`, `replay DIR`). Comparisons record and send nothing; confirmed and withheld removals are
decided as in a poll.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from bs4 import BeautifulSoup

from monitor import extract, model
from monitor.cli.output import print_json, print_text
from monitor.clock import format_instant
from monitor.config import files
from monitor.config.outward import note
from monitor.diff.held import Standing, Verdict, split_removals
from monitor.diff.rows import Changes, Scanned, Version, compare, scan
from monitor.document import Document, decode, has_markup, read_binary, read_html, read_text, weigh
from monitor.document.article import find_article
from monitor.document.error_pages import refuse
from monitor.errors import MonitorError, NotThePage, SourceError
from monitor.extract.why import Reason
from monitor.model import Entity, FieldValue, Item, Problem, RowChange, Value
from monitor.render.phrases import phrase_clauses
from monitor.render.text import word_value
from monitor.render.words import format_count
from monitor.source.habits import Expected
from monitor.source.lists import judge_days
from monitor.source.page import Body, Found, Link, Page, Reader, Register
from monitor.source.scraper import guard_reader, make_reader_name, read_all, read_with_days

LARGEST = 200 * files.MEGABYTE
DOCUMENT_NUMBER = b'"document_number"'  # what only the Federal Register's JSON has


class Linked(Value, kw_only=True, tag="link"):
    """A page that a reader would follow, and the reader of its scraper that would read it."""

    url: str
    title: str = ""
    read: str


class RegisterRead(Value, kw_only=True, tag="register"):
    """A register as it was read whole: when it was published, how many records it declares, how
    many were read.
    """

    register: str
    published: str | None = None
    declared: int | None = None
    rows: int


class Row(Value, kw_only=True, tag="row"):
    """One record of a register; only ever written, since `subject` has no tag to be read back
    by.
    """

    register: str
    id: str
    subject: Entity | Item
    fields: dict[str, FieldValue] = msgspec.field(default_factory=dict)


Said = model.Fact | model.Excerpt | Linked | RegisterRead | Row
FoundOrWrong = Said | Problem
Read = Callable[[bytes, str], Iterable[FoundOrWrong]]


class Answer(model.Value):
    """One line: the file, its hash, its facts, and the reason if there are none."""

    file: str
    sha256: str
    facts: tuple[Said, ...]
    problems: tuple[model.Problem, ...]


def read_file(path: Path, *, reader: Read | None = None, url: str = "") -> Answer:
    """Read a saved file; a given reader gets the bytes and the address.

    Raises:
        MonitorError: there is no such file, or it can't be opened.
    """
    body = files.read_file_bytes(path, most=LARGEST)
    facts: tuple[Said, ...] = ()
    problems: tuple[model.Problem, ...] = ()
    try:
        found = tuple((reader or understand_page)(body, url))
        facts = tuple(part for part in found if not isinstance(part, Problem))
        problems = tuple(part for part in found if isinstance(part, Problem))
    except SourceError as error:
        problems = (model.Problem(kind=error.kind, text=str(error)),)
    return Answer(
        file=files.make_path_text(path),
        sha256=hashlib.sha256(body).hexdigest(),
        facts=facts,
        problems=problems,
    )


def understand_page(body: bytes, url: str = "") -> list[model.Fact]:
    """Read a page with the generic grammar.

    Raises:
        SourceError: the bytes are no page.
    """
    if DOCUMENT_NUMBER in body and (loaded := _parse_json(body)) is not None:
        return extract.us.federal_register(loaded)
    return extract.understand(read_document(body, url), url=url)


def _parse_json(body: bytes) -> object:
    """Parse the bytes as JSON; None if they are none."""
    try:
        return json.loads(body) if body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[") else None
    except (ValueError, RecursionError):
        return None


def read_document(body: bytes, url: str = "") -> Document:
    """The words of a saved page of any kind; of a whole HTML page only its article.

    Raises:
        Unreadable: the bytes are empty, of no kind or charset we know, or too much to read.
        NotThePage: the words were ruined, or are an error's.
    """
    if packed := read_binary(body):
        return packed
    text = decode(body, declared="")
    refuse(text)
    if not has_markup(text):
        return read_text(text)
    weigh(text)
    soup = BeautifulSoup(text, "lxml")
    return read_html(soup, root=find_article(soup), url=url)


def make_read(read: Reader, expected: Expected | None = None, now: datetime | None = None) -> Read:
    """Turn a scraper's reader into a reader of saved bytes: links become lines, a register comes
    row by row. On a source's own page, `expected` is its usual behaviour: problems of its list's
    days `now` come last.
    """

    def facts(body: bytes, url: str) -> Iterator[FoundOrWrong]:
        page = Page(url=url, body=Body(body), fetched_at=now)
        content, days = read_with_days(read, page)
        with guard_reader(read, url):
            yield from iterate_found(content)
        if expected and now:
            yield from (
                Problem(kind=fault.kind, text=fault.text)
                for fault in judge_days(days, expected.absence, now)
            )

    return facts


def iterate_found(content: Sequence[Found] | Register) -> Iterator[Said]:
    """Iterate over what was read as facts; a link names the reader that would follow it.

    Raises:
        SourceError: a register is incomplete.
    """
    if isinstance(content, Register):
        yield from iterate_rows(content)
        return
    for fact in content:
        if isinstance(fact, Link):
            reader = make_reader_name(fact.read).partition(".")[2]
            yield Linked(url=fact.url, title=fact.title, read=reader)
        else:
            yield fact


def iterate_rows(register: Register) -> Iterator[RegisterRead | Row]:
    """Iterate over a register as facts: first its description, then every record.

    Raises:
        SourceError: it is incomplete.
    """
    records = list(register.records)
    register.refuse_short(len(records))
    yield RegisterRead(
        register=register.register,
        published=register.published,
        declared=register.declared,
        rows=len(records),
    )
    for record in records:
        listing = register.read_checked(record.id, record.raw)
        yield Row(
            register=register.register, id=record.id, subject=listing.subject, fields=listing.fields
        )


def show_answer(answer: Answer, reasons: Iterable[Reason], *, as_json: bool) -> None:
    """Print the reading of one file, and why its page announces nothing; JSON includes empty
    lists.
    """
    if as_json:
        print_json(answer)
        return
    print_text(f"{answer.file}  sha256 {answer.sha256[:12]}", "dim")
    for fact in answer.facts:
        if isinstance(fact, RegisterRead):
            print_text(
                f"{fact.register}  published {fact.published or 'unknown'}"
                f"  {format_count(fact.rows, 'row')}"
            )
            continue
        if isinstance(fact, Row):
            more = "; ".join(f"{name}: {word_value(value)}" for name, value in fact.fields.items())
            print_text(
                f"{fact.id}  {' / '.join(fact.subject.names.values())}  {more}".rstrip(), indent=2
            )
            continue
        print_text(f"{fact.title}", "bold")
        for line in _list_fact_words(fact):
            print_text(line, indent=2)
    if not answer.facts and not answer.problems:
        of_page = dict.fromkeys(reason.why for reason in reasons if reason.of == "page")
        print_text(": ".join(filter(None, ("announces nothing", "; ".join(of_page)))), indent=2)


def show_reasons(reasons: Iterable[Reason], *, as_json: bool) -> None:
    """Explain each page and sentence that could decide something: its result, or why it has
    none.
    """
    if as_json:
        for reason in reasons:
            print_json(
                {
                    "type": "why",
                    "of": reason.of,
                    "fact" if reason.fact else "why": reason.why,
                    "quote": reason.quote,
                }
            )
        return
    for reason in reasons:
        print_text(f"{reason.of}: {'gives ' if reason.fact else ''}{reason.why}", indent=2)
        if reason.quote:
            print_text(reason.quote, "dim", indent=6)


def _list_fact_words(fact: Said) -> Iterable[str]:
    if isinstance(fact, model.Announcement):
        return _list_act_words(fact)
    if isinstance(fact, Linked):
        return [f"{fact.url}  read by {fact.read}"]
    return [f"{name}: {words}" for name, words in msgspec.to_builtins(fact).items() if words]


def _list_act_words(act: model.Announcement) -> Iterable[str]:
    yield (
        f"{act.key}  {act.number or 'no number'}  published {act.published or 'unknown'} "
        f" understood: {act.understood}"
    )
    for measure in act.measures:
        yield from _list_measure_words(measure)
    yield from _list_terms(act.terms)
    yield from (f"also says: {quote}" for quote in act.beside)
    for part in act.not_read:
        yield f"not read: {part.what}: {part.why}"
        if part.quote:
            yield f"    {part.quote}"


def _list_measure_words(measure: model.Measure) -> Iterable[str]:
    starts = f" from {measure.starts.on}" if measure.starts else ""
    ends = f" to {measure.ends.on}" if measure.ends else ""
    yield (
        f"{measure.action} {measure.register or ''}{starts}{ends}"
        f" {', '.join(map(_describe_target, measure.amends))}".rstrip()
    )
    for entity in measure.entities:
        yield f"    {' / '.join(entity.names.values())}"
    for item in measure.items:
        yield (
            f"    {' '.join(item.codes)} {' / '.join(item.names.values())} {' '.join(item.hs)}".rstrip()
        )
    yield from _list_terms(measure.terms)


def _describe_target(target: model.Target) -> str:
    return f"{target.key} ({phrase_clauses(target.clauses)})" if target.clauses else target.key


def _list_terms(terms: Iterable[model.Term]) -> Iterable[str]:
    for term in terms:
        yield f"    {term.kind}: {term.text}"


LARGEST_REGISTER = 1024 * files.MEGABYTE
NAMED_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d):?(\d\d):?(\d\d)Z)?")


class Capture(Value):
    """The effect of one capture: its changes, the withheld ones, or why it is no edition of the
    register. `remarks` are on the publisher's form, each with the first capture that showed it.
    """

    file: str
    at: str
    changes: tuple[RowChange, ...] = ()
    held: tuple[RowChange, ...] = ()
    problem: Problem | None = None
    remarks: tuple[str, ...] = ()


@dataclass
class Memory:
    """A register after some captures."""

    versions: dict[str, Version] = field(default_factory=dict)
    standing: Standing | None = None

    def take(self, read: Reader, path: Path, url: str) -> tuple[Changes, Verdict]:
        """Read one capture, which then is the known state. The first one is the baseline, without
        changes.

        Raises:
            MonitorError: there is no such file, or it can't be opened.
            SourceError: it is no edition of the register, or incomplete; the known state stays.
        """
        register = _read_register(read, path, url)
        with guard_reader(read, str(path)):
            if self.standing is None:
                scanned, changes, verdict = scan(register, {}), Changes(), Verdict(())
            else:
                known = {name: version.digest for name, version in self.versions.items()}
                scanned, changes = compare(
                    register, known, lambda names: {name: self.versions[name].raw for name in names}
                )
                verdict = split_removals(
                    register,
                    scanned.count,
                    changes.rows,
                    self.standing,
                    _get_file_time(path),
                    handed=True,
                )
        self._remember(
            scanned,
            register.published,
            {change.id for change in verdict.held},
            _get_file_time(path),
        )
        return changes, verdict

    def _remember(self, seen: Scanned, published: str | None, held: set[str], at: datetime) -> None:
        """Let what was seen be the known state, with the rows that are `held` back."""
        before = self.standing
        since = before.held_since if before and before.held == held else at
        for name in seen.missing - held:
            del self.versions[name]
        self.versions |= seen.moved
        days = (published, before.published if before else None)
        day = max(filter(None, days), default=None)
        self.standing = Standing(
            seen.count + len(held), day, frozenset(held), since if held else None
        )


def _read_register(read: Reader, path: Path, url: str) -> Register:
    """The register in a saved body.

    Raises:
        MonitorError: there is no such file, or it can't be opened.
        SourceError: it is another thing; NotThePage if its reader reads no register.
    """
    files.refuse(path, most=LARGEST_REGISTER)
    try:
        content = read_all(read, Page(url, Body(path)))
    except OSError as error:
        raise MonitorError(
            f"{files.shorten_path(path)}: can't be read: {files.describe_os_error(error)}"
        ) from error
    if not isinstance(content, Register):
        raise NotThePage(f"{path}: {make_reader_name(read)} does not read a register")
    return content


def compare_bodies(read: Reader, old: Path, new: Path, *, url: str) -> Changes:
    """Compare two saved bodies.

    Raises:
        MonitorError: a file can't be opened; a SourceError names the one that is not the whole
            register.
    """
    memory = Memory()
    for path in (old, new):
        try:
            changes, _ = memory.take(read, path, url)
        except SourceError as error:
            error.args = (f"{path}: {error}",)
            raise
    return changes


def iterate_captures(read: Reader, folder: Path, *, url: str) -> Iterator[Capture]:
    """Iterate over the effects of a folder's captures, in the order of their names.

    Raises:
        MonitorError: there is no such folder.
    """
    if not files.is_folder(folder):
        raise MonitorError(f"{files.shorten_path(folder)}: not a folder of captures")
    memory, remarked = Memory(), set[str]()
    for path in sorted(
        path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")
    ):
        try:
            changes, verdict = memory.take(read, path, url)
            new = tuple(remark for remark in changes.remarks if remark not in remarked)
            remarked.update(new)
            yield Capture(
                file=files.make_path_text(path),
                at=format_instant(_get_file_time(path)),
                changes=verdict.believed,
                held=verdict.held,
                remarks=new,
            )
        except SourceError as error:
            yield Capture(
                file=files.make_path_text(path),
                at=format_instant(_get_file_time(path)),
                problem=Problem(kind=error.kind, text=str(error)),
            )


def _get_file_time(path: Path) -> datetime:
    """Return the time of a capture: from its name, or else the file's time."""
    if named := NAMED_TIME.search(path.name):
        day, *clock = named.groups(default="00")
        try:
            return datetime.fromisoformat(f"{day}T{':'.join(clock)}+00:00")
        except ValueError:
            pass  # a name with the form of a time, such as 2025-13-45T00:00:00Z
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def show_changes(changes: Changes, new: Path, *, as_json: bool) -> None:
    """Print a register's changes, row by row."""
    for change in changes.rows:
        if as_json:
            print_json(_encode_change(change))
        else:
            print_text(_describe_change(change))
    if not changes.rows and not as_json:
        print_text("no row has changed")
    for remark in changes.remarks:
        note(f"monitor: {new}: {remark}")


def show_capture(capture: Capture, *, as_json: bool) -> None:
    """Print the effect of one capture; JSON includes empty lists and an empty problem."""
    if as_json:
        lists = {
            "changes": list(map(_encode_change, capture.changes)),
            "held": list(map(_encode_change, capture.held)),
        }
        remarks = {"remarks": capture.remarks} if capture.remarks else {}
        print_json(
            {"file": capture.file, "at": capture.at, **lists, "problem": capture.problem, **remarks}
        )
        return
    print_text(f"{capture.at}  {capture.file}", "dim")
    if capture.problem:
        print_text(f"{capture.problem.kind}: {capture.problem.text}", indent=2)
    for remark in capture.remarks:
        print_text(remark, "dim", indent=2)
    for change in capture.changes:
        print_text(_describe_change(change), indent=2)
    for change in capture.held:
        print_text(f"held: {_describe_change(change)}", indent=2)


def _encode_change(change: RowChange) -> dict[str, object]:
    """Return a change in its contract's form: only an amendment has `fields`."""
    return {"action": change.action, "id": change.id, "name": change.name, "fields": change.fields}


def _describe_change(change: RowChange) -> str:
    fields = "; ".join(
        f"{name}: {word_value(old)} → {word_value(new)}"
        for name, (old, new) in change.fields.items()
    )
    return f"{change.action}  {change.id}  {change.name}  {fields}".rstrip()
