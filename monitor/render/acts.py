"""One act as a person needs it at nine in the morning: a sentence, the dates, the meaning, and whom or what it lists."""

from collections.abc import Callable, Iterator, Mapping

from monitor import vocabulary
from monitor.model import Action, Announcement, Entity, Item, Measure
from monitor.render import dates, words
from monitor.render.parts import ANNEX, Line, Table, filled
from monitor.render.phrases import Operation, clauses, does, operations, spoken
from monitor.render.text import capital, cut, listed

NAMED = 3  # how many names the sentence says before the table does


def summary(act: Announcement) -> str:
    """Who does what to whom, and when, in one sentence."""
    return f"{vocabulary.authority(act.authority)} {does(act, own=True)}{_including(act)}{in_force(act)}."


def in_force(act: Announcement) -> str:
    """`, in force 9 Oct 2025 (on publication), until …`, or the days on which its parts begin."""
    start, end = _shared(act, _start) or _in_parts(act), _shared(act, _end)
    until = f", until {end}" if end and "until" not in does(act) else ""
    return f"{f', in force {start}' if start else ''}{until}"


def _including(act: Announcement) -> str:
    entities = [entity for operation in operations(act) for entity in operation.entities]
    items = [item for operation in operations(act) for item in operation.items]
    if len(entities) < 2 and not items:
        return ""
    said = [cut(spoken(entity), 50) for entity in entities[:NAMED]] or [cut(_item(item), 40) for item in items[:NAMED]]
    return f" ({'among them ' if len(entities or items) > NAMED else ''}{listed(said)})"


def _item(item: Item) -> str:
    return item.names.get("en") or next(filter(None, item.names.values()), "") or ", ".join(item.codes) or "an unnamed item"


def _in_parts(act: Announcement) -> str:
    days = sorted({measure.starts.on for measure in act.measures if measure.starts})
    return f"in parts on {listed([dates.day(on) for on in days])}" if days else ""


def facts(act: Announcement, known: Mapping[str, Announcement]) -> Iterator[Line]:
    """What it says besides names, most needed first."""
    yield Line("In force", _when(act, _start) or "not stated in what was read")
    if ends := _when(act, _end):
        yield Line("Ends", ends)
    yield from meanings(act)
    yield from targets(act, known)
    if places := _destinations(act):
        yield Line("Destinations", places)
    if count := counted(act):
        yield Line("Read", count)
    yield from identity(act)


def identity(act: Announcement) -> Iterator[Line]:
    """What the act is called, where its annexes are, on which laws it rests."""
    name = words.act(act)
    yield Line("Act number", " · ".join(dict.fromkeys(filter(None, [name, act.number]))), act.url)
    if act.title and act.title not in (name, act.number):
        yield Line("Title", act.title)
    if act.published:
        yield Line("Published", dates.day(act.published))
    for attachment in act.attachments:
        yield Line(ANNEX, attachment.title or "attachment", attachment.url)
    if act.legal_basis:
        yield Line("Legal basis", ", ".join(act.legal_basis))


def meanings(act: Announcement) -> Iterator[Line]:
    """What standing on each register means, where the act puts somebody or something there."""
    codes = dict.fromkeys(
        operation.register for operation in operations(act) if operation.action is Action.ADD and operation.register
    )
    meant = {code: vocabulary.meaning(code) for code in codes if vocabulary.meaning(code)}
    for code, meaning in meant.items():
        yield Line("What it means" if len(meant) == 1 else capital(vocabulary.register(code)), capital(meaning))


def targets(act: Announcement, known: Mapping[str, Announcement]) -> Iterator[Line]:
    """The earlier acts it changes, with their titles where we have them."""
    seen = dict.fromkeys((measure.action, target) for measure in act.measures for target in measure.amends)
    for action, target in seen:
        earlier = known.get(target.key)
        part = f"{clauses(target.clauses)} of " if target.clauses else ""
        title = f": {earlier.title}" if earlier and earlier.title else ""
        name = words.act(earlier) if earlier else words.act_names((target.key,))
        yield Line(capital(words.DONE[action]), f"{part}{name}{title}", earlier.url if earlier else "")


def when(act: Announcement) -> tuple[str, str]:
    """Start and end, to be compared with another reading of the same act."""
    return _when(act, _start), _when(act, _end)


def _start(measure: Measure) -> str:
    return dates.start(measure.starts) if measure.starts else ""


def _end(measure: Measure) -> str:
    return dates.end(measure.ends) if measure.ends else ""


def _shared(act: Announcement, moment: Callable[[Measure], str]) -> str:
    found = {moment(measure) for measure in act.measures}
    return found.pop() if len(found) == 1 else ""


def _when(act: Announcement, moment: Callable[[Measure], str]) -> str:
    """The date all measures share, or each date with its clauses."""
    if shared := _shared(act, moment):
        return shared
    found: dict[str, list[Measure]] = {}
    for measure in act.measures:
        if moment(measure):
            found.setdefault(moment(measure), []).append(measure)
    return "; ".join(f"{_part(measures)}: {said}" for said, measures in found.items())


def _part(measures: list[Measure]) -> str:
    marks = tuple(mark for measure in measures for mark in measure.clauses)
    return clauses(marks) if marks else listed(list(dict.fromkeys(words.DONE[measure.action] for measure in measures)))


def _destinations(act: Announcement) -> str:
    codes = dict.fromkeys(code for measure in act.measures for code in measure.destinations)
    return ", ".join(f"{words.country(code)} ({code})" for code in codes)


def counted(act: Announcement) -> str:
    """How many were read, in how many entries."""
    parts = []
    entities = [entity for operation in operations(act) for entity in operation.entities]
    if entities:
        entries = sum(entity.parent is None for entity in entities)
        parts.append(
            words.things(len(entities), "name") + (f" in {words.entries(entries)}" if 0 < entries < len(entities) else "")
        )
    if items := sum(len(operation.items) for operation in operations(act)):
        parts.append(words.things(items, "item"))
    return ", ".join(parts)


def shortfalls(act: Announcement) -> Iterator[str]:
    """What was not understood, and every count of the text that what was read does not meet."""
    for unread in act.not_read:
        quoted = f": “{unread.quote}”" if unread.quote else ""
        yield f"{unread.what} ({unread.why}){quoted}"
    for measure in act.measures:
        yield from _miscounts(measure)
    if act.understood == "part" and not act.not_read:
        yield "parts of the text; read the notice"


def _miscounts(measure: Measure) -> Iterator[str]:
    if measure.stated is None:
        return
    entries = sum(entity.parent is None for entity in measure.entities)
    counts = ((measure.stated.entities, len(measure.entities), "names"), (measure.stated.entries, entries, "entries"))
    for stated, read, noun in counts:
        if stated is not None and stated != read:
            yield f"the text states {stated:,} {noun}; {read:,} were read"


def tables(act: Announcement) -> tuple[Table, ...]:
    """Who is listed, and what is controlled."""
    return filled(_entities(act), _items(act))


def _entities(act: Announcement) -> Table:
    several = [operation for operation in operations(act) if operation.entities]
    rows = tuple(
        (_list(operation) if len(several) > 1 else "", *row(entity)) for operation in several for entity in operation.entities
    )
    return Table("Names", ("List", "Name", "English name", "Note"), rows)


def _list(operation: Operation) -> str:
    return f"{operation.action}: {vocabulary.register(operation.register)}" if operation.register else str(operation.action)


def row(entity: Entity) -> tuple[str, str, str]:
    """Own name, English name, and what else a reader should know of it."""
    own = next((name for language, name in entity.names.items() if language != "en"), "")
    member = "↳ " if entity.parent else ""
    english = entity.names.get("en", "")
    return (f"{member}{own}" if own else "", english if own else f"{member}{english}", note(entity))


def note(entity: Entity) -> str:
    """Role, group, country, kind, other names."""
    parts = [
        entity.role or "",
        f"member of {entity.parent}" if entity.parent else "",
        words.country(entity.country) if entity.country else "",
        entity.kind if entity.kind in {"person", "vessel", "aircraft"} and not entity.role else "",
        f"also {', '.join(entity.aliases)}" if entity.aliases else "",
    ]
    return "; ".join(filter(None, parts))


def _items(act: Announcement) -> Table:
    rows = tuple(item_row(item) for operation in operations(act) for item in operation.items)
    return Table("Items", ("Code", "Item", "English name", "HS", "Note"), rows)


def item_row(item: Item) -> tuple[str, str, str, str, str]:
    """Code, name, English name, HS numbers, note."""
    own = next((name for language, name in item.names.items() if language != "en"), "")
    return (", ".join(item.codes), own, item.names.get("en", ""), ", ".join(item.hs), item.note)


def quotes(act: Announcement) -> tuple[str, ...]:
    """The words that carry the verbs, each once."""
    return tuple(dict.fromkeys(measure.quote for measure in act.measures if measure.quote))
