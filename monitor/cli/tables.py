"""What `read`, `diff`, `sources`, `doctor` and others print: tables for people, one JSON object a line for programs."""

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console
from rich.text import Text

from monitor.cli.layout import print_rows
from monitor.config.outward import fit, note, redacted
from monitor.model import Announcement, FieldValue, Measure, RegisterRead, Row, RowChange, to_json

if TYPE_CHECKING:
    from monitor.cli import read as reading
    from monitor.cli.captures import Capture
    from monitor.cli.doctor.finding import Finding
    from monitor.cli.trial import Trial
    from monitor.extract.why import Reason
    from monitor.pipeline.answers import Learnt, Listed
    from monitor.watch.entries import Entry
    from monitor.watch.match import Dismissal


def print_json(value: object) -> None:
    """One object, one line."""
    sys.stdout.write(redacted(to_json(value).decode()) + "\n")


def legible(text: object, style: str = "") -> Text:
    """Text for a terminal: what a page, a file or a person said is never markup, never a control code."""
    return Text(fit(text), style=style)


def show_answer(answer: "reading.Answer", *, as_json: bool) -> None:
    """What was understood of one file."""
    from monitor.cli import read as reading

    if as_json:
        sys.stdout.write(redacted(reading.to_line(answer)) + "\n")
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


def show_reasons(reasons: "Iterable[Reason]", *, as_json: bool) -> None:
    """For each page and sentence that could have decided something: what it gave, or why it gave nothing."""
    if as_json:
        for reason in reasons:
            print_json({"type": "why", "of": reason.of, "fact" if reason.fact else "why": reason.why, "quote": reason.quote})
        return
    console = Console()
    for reason in reasons:
        console.print(legible(f"  {reason.of}: {'gives ' if reason.fact else ''}{reason.why}"))
        if reason.quote:
            console.print(legible(f"      {reason.quote}", style="dim"))


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


def show_trial(trial: "Trial", *, as_json: bool) -> None:
    """What would be watched of a page, what differs by itself, and the lines to be pasted, as they are pasted."""
    if as_json:
        print_json(trial)
        return
    console = Console(soft_wrap=True)
    console.print(legible(f"would watch {trial.count:,} {trial.what}; the first:", style="bold"))
    for said in trial.first:
        console.print(legible(f"  {said}"))
    for said in trial.differs:
        console.print(legible(f"  differs each time it is asked, and would not be told: {said}", style="dim"))
    if trial.remark:
        console.print(legible(trial.remark, style="bold"))
    console.print(legible("to watch it, put into config.toml:", style="bold"))
    for line in trial.lines:
        console.print(legible(line))


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
        lists = ",".join(f'"{name}":[{",".join(map(_change, rows))}]' for name, rows in _lists(capture))
        problem = to_json(capture.problem).decode()
        head = to_json({"file": capture.file, "at": capture.at}).decode()
        remarks = f',"remarks":{to_json(capture.remarks).decode()}' if capture.remarks else ""
        sys.stdout.write(redacted(f'{head[:-1]},{lists},"problem":{problem}{remarks}}}\n'))
        return
    console = Console(soft_wrap=True)
    console.print(legible(f"{capture.at}  {capture.file}", style="dim"))
    if capture.problem:
        console.print(legible(f"  {capture.problem.kind}: {capture.problem.text}"))
    for remark in capture.remarks:
        console.print(legible(f"  {remark}", style="dim"))
    for name, rows in _lists(capture):
        for change in rows:
            console.print(legible(f"  {'held: ' if name == 'held' else ''}{_changed(change)}"))


def _lists(capture: "Capture") -> tuple[tuple[str, tuple[RowChange, ...]], ...]:
    return (("changes", capture.changes), ("held", capture.held))


def _change(change: RowChange) -> str:
    """A change as its contract has it: `fields` are said of an amendment alone."""
    parts = {"action": change.action, "id": change.id, "name": change.name, "fields": change.fields}
    return to_json(parts).decode()


def _changed(change: RowChange) -> str:
    fields = "; ".join(f"{name}: {_value(old)} → {_value(new)}" for name, (old, new) in change.fields.items())
    return f"{change.action}  {change.id}  {change.name}  {fields}".rstrip()


def _value(value: FieldValue) -> str:
    return (value if isinstance(value, str) else ", ".join(value)) or "nothing"


def show_sources(sources: Sequence["Listed"], *, as_json: bool) -> None:
    """Every source, its address and pace."""
    if as_json:
        for source in sources:
            print_json(source)
    else:
        rows = [
            (source.id, source.name, source.authority, source.url, source.every, "; ".join(map(_learnt, source.learnt)))
            for source in sources
        ]
        print_table(("id", "name", "authority", "address", "looked at", "learnt"), rows)


def _learnt(hours: "Learnt") -> str:
    """`1 min Thu 16:00-17:00 Asia/Shanghai`."""
    return f"{hours.every} {hours.day} {hours.hours} {hours.zone}"


def show_checkup(findings: Sequence["Finding"], *, as_json: bool) -> None:
    """Everything that was looked at, what was seen, and the way out of what is wrong."""
    if as_json:
        for finding in findings:
            subject = {"source" if finding.is_source else "check": finding.subject}
            print_json({**subject, "ok": finding.ok, "seen": finding.seen, "remedy": finding.remedy, **finding.details})
        return
    rows = [(finding.subject, "ok" if finding.ok else "wrong", finding.seen, finding.remedy) for finding in findings]
    print_table(("what", "is", "seen", "way out"), rows)


def show_watch_list(entries: Sequence["Entry"], dismissals: Sequence["Dismissal"], *, as_json: bool) -> None:
    """Every entry of the watch list, and whom people said it is not."""
    if as_json:
        for value in (*entries, *dismissals):
            print_json(value)
        return
    rows = [(entry.key, entry.name, entry.origin or "the store", entry.owner) for entry in entries]
    print_table(("entry", "name", "from", "owner"), rows)
    if not rows:
        note(
            "monitor: the watch list is empty; fill it with monitor watch import FILE, or name files under [watch] in config.toml"
        )
    for dismissal in dismissals:
        Console().print(legible(f"{dismissal.entry} is not {dismissal.subject_name}: {dismissal.by}, {dismissal.at}"))


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows under their heads, for whoever reads them; what a page said is never markup."""
    print_rows(heads, list(rows))
