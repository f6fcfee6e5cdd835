"""What `read`, `sources`, `status` and `doctor` print: tables for people, one JSON object a line for programs."""

import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.clock import iso
from monitor.config.outward import fit, redacted
from monitor.model import Announcement, FieldValue, Measure, RegisterRead, Row, RowChange, to_json
from monitor.source.schedule import next_poll
from monitor.source.scraper import Source

if TYPE_CHECKING:
    from monitor.cli.captures import Capture
    from monitor.cli.doctor.finding import Finding
    from monitor.cli.read import Answer
    from monitor.history import History, RegisterStatus
    from monitor.pipeline.screen import Screened
    from monitor.watch.lists import Entry
    from monitor.watch.match import Dismissal, Match

NEWEST = 10
NOTHING_ALIKE = "nothing alike on the watch list or on record"


def print_json(value: object) -> None:
    """One object, one line."""
    sys.stdout.write(redacted(to_json(value).decode()) + "\n")


def legible(text: object, style: str = "") -> Text:
    """Text for a terminal: what a page, a file or a person said is never markup, never a control code."""
    return Text(fit(text), style=style)


def show_answer(answer: "Answer", *, as_json: bool) -> None:
    """What was understood of one file."""
    from monitor.cli.read import to_line  # noqa: PLC0415 - the readers are for `monitor read` alone

    if as_json:
        sys.stdout.write(redacted(to_line(answer)) + "\n")
        return
    console = Console()
    console.print(legible(f"{answer.file}  sha256 {answer.sha256[:12]}", style="dim"))
    for fact in answer.facts:
        if isinstance(fact, RegisterRead | Row):
            console.print(legible(_listed(fact)))
            continue
        console.print(legible(f"{fact.title}", style="bold"))
        for line in _announced(fact) if isinstance(fact, Announcement) else [f"{msgspec.to_builtins(fact)}"]:
            console.print(legible(f"  {line}"))
    if not answer.facts and not answer.problems:
        console.print(legible("  announces nothing"))


def _listed(fact: RegisterRead | Row) -> str:
    if isinstance(fact, RegisterRead):
        return f"{fact.register}  published {fact.published or 'unknown'}  {fact.rows:,} rows"
    more = "; ".join(f"{name}: {_value(value)}" for name, value in fact.fields.items())
    return f"  {fact.id}  {' / '.join(fact.subject.names.values())}  {more}".rstrip()


def _announced(act: Announcement) -> Iterable[str]:
    yield f"{act.key}  {act.number or 'no number'}  published {act.published or 'unknown'}  understood: {act.understood}"
    for measure in act.measures:
        yield from _measured(measure)
    for part in act.not_read:
        yield f"not read: {part.what}: {part.why}"


def _measured(measure: Measure) -> Iterable[str]:
    starts = f" from {measure.starts.on}" if measure.starts else ""
    ends = f" to {measure.ends.on}" if measure.ends else ""
    yield f"{measure.action} {measure.register or ''}{starts}{ends} {', '.join(target.key for target in measure.amends)}".rstrip()
    for entity in measure.entities:
        yield f"    {' / '.join(entity.names.values())}"
    for item in measure.items:
        yield f"    {' '.join(item.codes)} {' / '.join(item.names.values())} {' '.join(item.hs)}".rstrip()


def show_changes(changes: Sequence[RowChange], *, as_json: bool) -> None:
    """What changed in a register, row by row."""
    for change in changes:
        if as_json:
            sys.stdout.write(redacted(_change(change)) + "\n")
        else:
            Console(soft_wrap=True).print(legible(_changed(change)))
    if not changes and not as_json:
        Console().print(legible("no row has changed"))


def show_capture(capture: "Capture", *, as_json: bool) -> None:
    """What one capture would have brought; as JSON its empty lists are said too, and a problem that there is none."""
    if as_json:
        said = ",".join(f'"{name}":[{",".join(map(_change, rows))}]' for name, rows in _told(capture))
        problem = to_json(capture.problem).decode()
        head = to_json({"file": capture.file, "at": capture.at}).decode()
        sys.stdout.write(redacted(f'{head[:-1]},{said},"problem":{problem}}}\n'))
        return
    console = Console(soft_wrap=True)
    console.print(legible(f"{capture.at}  {capture.file}", style="dim"))
    if capture.problem:
        console.print(legible(f"  {capture.problem.kind}: {capture.problem.text}"))
    for name, rows in _told(capture):
        for change in rows:
            console.print(legible(f"  {'held: ' if name == 'held' else ''}{_changed(change)}"))


def _told(capture: "Capture") -> tuple[tuple[str, tuple[RowChange, ...]], ...]:
    return (("changes", capture.changes), ("held", capture.held))


def _change(change: RowChange) -> str:
    """A change as its contract has it: `fields` are said of an amendment alone."""
    said = {"action": change.action, "id": change.id, "name": change.name, "fields": change.fields}
    return to_json(said).decode()


def _changed(change: RowChange) -> str:
    fields = "; ".join(f"{name}: {_value(old)} → {_value(new)}" for name, (old, new) in change.fields.items())
    return f"{change.action}  {change.id}  {change.name}  {fields}".rstrip()


def _value(value: FieldValue) -> str:
    return (value if isinstance(value, str) else ", ".join(value)) or "nothing"


def show_sources(sources: Sequence[Source], *, as_json: bool) -> None:
    """Every source, its address and pace."""
    rows = [(source.id, source.name, source.authority, source.request.url, _pace(source)) for source in sources]
    heads = ("id", "name", "authority", "address", "looked at")
    if as_json:
        for row in rows:
            print_json(dict(zip(("id", "name", "authority", "url", "every"), row, strict=True)))
    else:
        print_table(heads, rows)


def show_checkup(findings: Sequence["Finding"], *, as_json: bool) -> None:
    """Everything that was looked at, what was seen, and the way out of what is wrong."""
    if as_json:
        for finding in findings:
            subject = {"source" if finding.is_source else "check": finding.subject}
            print_json({**subject, "ok": finding.ok, "seen": finding.seen, "remedy": finding.remedy, **finding.details})
        return
    rows = [(finding.subject, "ok" if finding.ok else "wrong", finding.seen, finding.remedy) for finding in findings]
    print_table(("what", "is", "seen", "way out"), rows)


def _pace(source: Source) -> str:
    minutes = f"{source.every.total_seconds() / 60:g} min"
    if source.busy is None:
        return minutes
    return f"{minutes}; {source.busy.every} {source.busy.days} {source.busy.hours} {source.busy.zone}"


def show_status(sources: Sequence[Source], history: "History", *, as_json: bool) -> None:
    """How each source is doing, what is owed, the newest acts."""
    rows = _standing(sources, history)
    counts, acts = history.counts(), history.acts(NEWEST)
    if as_json:
        for row in rows:
            print_json({key: value for key, value in row.items() if value})
        for register in history.registers():
            print_json(register)
        print_json({"outbox": counts})
        for act in acts:
            print_json({"act": act.key, "title": act.title, "first_seen": iso(act.first_seen)})
        return
    keys = ("source", "last_ok", "next", "problem", "unread")
    heads = ("source", "last good poll (UTC)", "due", "problem", "pages still owed a read")
    print_table(heads, [[_minute(row[key]) if key in ("last_ok", "next") else row[key] for key in keys] for row in rows])
    _show_registers(history.registers())
    owed = ", ".join(f"{number} {state}" for state, number in sorted(counts.items()))
    Console().print(legible(f"messages: {owed or 'none yet'}"))
    print_table(("act", "first seen (UTC)", "title"), [(act.key, _minute(iso(act.first_seen)), act.title) for act in acts])


def _show_registers(registers: Sequence["RegisterStatus"]) -> None:
    """Each register that is read whole: its size, and what of it is not believed to be gone yet."""
    rows = [(each.reader, f"{each.rows:,}", each.published or "", _minute(iso(each.read_at)), _held(each)) for each in registers]
    if rows:
        print_table(("register", "rows", "published", "last read anew (UTC)", "held back"), rows)


def _held(register: "RegisterStatus") -> str:
    if not register.held:
        return ""
    way = f"monitor release {register.reader}" if register.asks else "until the next read agrees"
    return f"{register.held:,} ({way})"


def _minute(moment: str) -> str:
    """`2025-10-09T01:00:41Z` as `2025-10-09 01:00`; a word stays a word."""
    return moment[:16].replace("T", " ")


def _standing(sources: Sequence[Source], history: "History") -> list[dict[str, str]]:
    now, health, tried = datetime.now(UTC), history.health(), history.tried()
    rows = []
    for source in sources:
        state = health.get(source.id)
        rows.append({
            "source": source.id,
            "last_ok": iso(state.last_ok) if state and state.last_ok else "never",
            "next": iso(max(next_poll(source, tried.get(source.id), now), now)),
            "problem": f"{state.problem.kind}: {state.problem.text}" if state and state.problem else "",
            "unread": "; ".join(history.unread(source.id)),
        })  # fmt: skip
    return rows


def show_screened(asked: Sequence["Entry"], found: Iterable["Screened"], *, as_json: bool) -> None:
    """Every match of what was asked for, with its reason; a dismissed one too, with whose word it is."""
    rows = list(found)
    if as_json:
        for row in rows:
            print_json(row)
        return
    console = Console(soft_wrap=True)
    for name in dict.fromkeys(entry.name for entry in asked):
        console.print(legible(name, style="bold"))
        for line in [line for row in rows if row.asked == name for line in _screened(row)] or [NOTHING_ALIKE]:
            console.print(legible(f"  {line}"))


def _screened(row: "Screened") -> Iterable[str]:
    yield f"{_verdict(row.match)}  {row.match.score:.2f}  {row.match.kind}  {_whom(row)}"
    yield f"    {row.match.reason}"


def _verdict(match: "Match") -> str:
    said = match.dismissed
    return f"{match.verdict}, dismissed by {said.by} on {said.at[:10]}" if said else match.verdict


def _whom(row: "Screened") -> str:
    found = row.on_record
    if found is None:
        return f"watch list: {row.match.entry.key}"
    name = " / ".join(row.match.subject.names.values()) or " ".join(getattr(row.match.subject, "codes", ()))
    where = " ".join(part for part in (found.register, found.action, found.act) if part)
    gone = f", gone since {found.gone[:10]}" if found.gone else ""
    return f"on record: {name}, {where}{gone}"


def show_watch_list(entries: Sequence["Entry"], dismissals: Sequence["Dismissal"], *, as_json: bool) -> None:
    """Every entry of the watch list, and whom people said it is not."""
    if as_json:
        for value in (*entries, *dismissals):
            print_json(value)
        return
    rows = [(one.key, one.name, one.origin or "the store", one.owner) for one in entries]
    print_table(("entry", "name", "from", "owner"), rows)
    for said in dismissals:
        Console().print(legible(f"{said.entry} is not {said.subject_name}: {said.by}, {said.at}"))


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows under their heads; what a page said is never markup."""
    table = Table(box=None, pad_edge=False)
    for head in heads:
        table.add_column(
            head, no_wrap=head == heads[0] or "UTC" in head or head == "due", overflow="fold"
        )  # a name or address is never cut
    for row in rows:
        table.add_row(*map(legible, row))
    Console().print(table)
