"""What `asof`, `show` and `calendar` answer: from the history, as tables for people and one JSON object a line for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from monitor import vocabulary
from monitor.cli.tables import legible, print_json, print_table
from monitor.clock import iso
from monitor.config.harmless import clean
from monitor.errors import MonitorError
from monitor.history import History, Recorded, Stay
from monitor.model import Announcement, Entity, Item, KeyDate
from monitor.render import dates, words
from monitor.render.ics import ics
from monitor.render.phrases import clauses, items, names
from monitor.render.reminders import said
from monitor.render.text import capital, cut
from monitor.timeline import Asked, Cause, Life, Sighting, Span, Status, Stood, Timeline, known
from monitor.timeline.calendar import calendar

QUOTE = 120
NEAR = 60.0  # of 100; below, a name is not what somebody may have meant
STYLES = {Status.IN_FORCE: "green", Status.SUSPENDED: "yellow", Status.SUSPENSION_ENDED: "yellow", Status.ANNOUNCED: "cyan"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of a measure on a day, and of what it names that which was asked for."""

    stood: Stood
    entities: tuple[Entity, ...]
    items: tuple[Item, ...]


def asof(history: History, day: date, known_on: date | None, asked: Asked, *, as_json: bool) -> None:
    """How everything that is about what is asked stood on a day, as it is known now or was known at the end of another day."""
    timeline = Timeline(known(history.sightings(), known_on))
    found = sorted(timeline.on(day, asked), key=_order)
    every = [_as_known(stay, known_on) for stay in history.stays(asked.entity)] if asked.entity else []
    stays = [stay for stay in every if stay and _stood(stay, day)]
    if as_json:
        for line in (*map(_stood_json, (_narrowed(each, asked) for each in found)), *map(_stay_json, stays)):
            print_json(line)
        return
    for each in found:
        _print_stood(_narrowed(each, asked))
    _table(("whole register", "row", "name", "first seen (UTC)", "gone (UTC)"), [_stay_row(stay) for stay in stays])
    if not found and not stays:
        Console().print(legible("nothing that is known by then is about this"))


def _print_stood(shown: Shown) -> None:
    """One part of a measure: how it stands and since when, what it is, and why, in lines that fit any terminal."""
    status, act, what, since, until, because = _stood_row(shown)
    console = Console(soft_wrap=True)
    style = STYLES.get(shown.stood.span.status, "")
    console.print(Text.assemble(legible(status, style), "  ", legible(act, "bold"), legible(f"  {what}")))
    console.print(legible(f"    from {since}{f' to {until}' if until else ''}"))
    for line in because.splitlines():
        console.print(legible(f"    {line}", style="dim"))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if rows:
        print_table(heads, rows)


def _order(stood: Stood) -> tuple[int, str, str]:
    return list(Status).index(stood.span.status), stood.life.act.published or "", stood.life.act.key


def _as_known(stay: Stay, on: date | None) -> Stay | None:
    """What was known of a record at the end of a day; None where it had not been seen."""
    if on is None:
        return stay
    gone = stay.gone if stay.gone and vocabulary.today(stay.register, stay.gone) <= on else None
    return replace(stay, gone=gone) if vocabulary.today(stay.register, stay.first_seen) <= on else None


def _stood(stay: Stay, day: date) -> bool:
    """Whether a record stood on its register on a day; days are those of the publisher."""
    left = vocabulary.today(stay.register, stay.gone) if stay.gone else date.max
    return vocabulary.today(stay.register, stay.first_seen) <= day < left


def _narrowed(stood: Stood, asked: Asked) -> Shown:
    life = stood.life
    named = tuple(each for each in life.entities if not asked.entity or asked.names(each))
    controlled = tuple(each for each in life.items if not asked.item or asked.about(each))
    return Shown(stood, named, controlled)


def _stood_json(shown: Shown) -> dict[str, Any]:
    span = shown.stood.span
    return _life_json(shown.stood.life, shown.entities, shown.items) | _span_json(span)


def _life_json(life: Life, entities: Sequence[Entity], controlled: Sequence[Item]) -> dict[str, Any]:
    line = {
        "act": life.act.key,
        "title": life.act.title,
        "authority": life.act.authority,
        "url": life.act.url,
        "published": life.act.published,
        "action": life.measure.action if life.seen else None,
        "register": life.measure.register,
        "clauses": life.clauses,
        "all_but_clauses": life.apart,
        "amends": life.measure.amends,
        "starts": life.measure.starts,
        "ends": life.measure.ends,
        "destinations": life.destinations,
        "entities": entities,
        "items": controlled,
    }
    return {key: value for key, value in line.items() if value} | ({} if life.seen else {"act_seen": False})


def _span_json(span: Span) -> dict[str, Any]:
    line = {
        "status": span.status,
        "why": span.why,
        "said": _said(span),
        "since": span.since.isoformat(),
        "until": None if span.until == date.max else span.until.isoformat(),
        "because": [_cause_json(cause) for cause in span.because],
    }
    return {key: value for key, value in line.items() if value}


def _cause_json(cause: Cause) -> dict[str, Any]:
    measure = cause.measure
    line = {"act": cause.act.key, "action": measure.action, "quote": measure.quote, "url": cause.act.url}
    return {key: value for key, value in {**line, "starts": measure.starts, "ends": measure.ends}.items() if value}


def _quote(cause: Cause) -> str:
    """The words that carry the verb and those that give the days, each once."""
    measure = cause.measure
    days = [part.quote for part in (measure.starts, measure.ends) if part and part.quote not in measure.quote]
    return " … ".join(filter(None, (cut(measure.quote, QUOTE), *days)))


def _said(span: Span) -> str:
    """The status in words: facts, and what was not seen."""
    if span.status is Status.SUSPENSION_ENDED and span.last:
        return f"suspension ended on {dates.day(span.last.isoformat())} with no extension seen"
    return f"ended: {span.why}" if span.status is Status.ENDED else str(span.status)


def _stood_row(shown: Shown) -> tuple[str, ...]:
    life, span = shown.stood.life, shown.stood.span
    until = "" if span.until == date.max else span.until.isoformat()
    return _said(span), _name(life.act), _what(life, shown.entities, shown.items), span.since.isoformat(), until, _because(span)


def _name(act: Announcement) -> str:
    return clean(words.act(act))


def _what(life: Life, entities: Sequence[Entity], controlled: Sequence[Item]) -> str:
    """Which part of the act: its clauses, its register, and whom or what it names."""
    parts = [
        clauses(life.clauses) if life.clauses else "",
        f"all but {clauses(life.apart)}" if life.apart else "",
        str(life.measure.action) if life.seen else "act not seen",
        vocabulary.register(life.measure.register) if life.measure.register else "",
        names(tuple(entities)) if entities else "",
        items(tuple(controlled)) if controlled else "",
        f"to {', '.join(life.destinations)}" if life.destinations else "",
        f"of {words.act_names([target.key for target in life.measure.amends])}" if life.measure.amends else "",
    ]
    return clean(" · ".join(filter(None, parts)))


def _because(span: Span) -> str:
    return "\n".join(clean(f"{words.act(cause.act)}: “{_quote(cause)}”") for cause in span.because)


def _stay_json(stay: Stay) -> dict[str, Any]:
    line = {"register": stay.register, "row": stay.row, "name": stay.name, "first_seen": iso(stay.first_seen)}
    return line | ({"gone": iso(stay.gone)} if stay.gone else {})


def _stay_row(stay: Stay) -> tuple[str, ...]:
    return stay.register, stay.row, clean(stay.name), iso(stay.first_seen), iso(stay.gone) if stay.gone else ""


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known of what somebody asks for: acts, the lives in them, what was recorded, rows of whole registers."""

    acts: tuple[Sighting, ...]
    lives: tuple[Life, ...]
    recorded: tuple[Recorded, ...]
    stays: tuple[Stay, ...]


def show(history: History, about: str, *, as_json: bool) -> None:
    """The whole story of an act, an entity or a code, with its evidence.

    Raises:
        MonitorError: nothing that is known is called that.
    """
    story = _story(history, about)
    if not story.acts and not story.lives and not story.stays:
        raise MonitorError(f"{about}: no act, name or code that is known is called that; {_nearest(history, about)}")
    if as_json:
        for line in _story_json(story):
            print_json(line)
    else:
        _print_story(story)


def _nearest(history: History, about: str) -> str:
    """The act or name that somebody may have meant."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a wrong name pays for it

    acts = [each.now for each in history.sightings()]
    entities = [entity for act in acts for measure in act.measures for entity in measure.entities]
    names = dict.fromkeys([*(act.key for act in acts), *(name for each in entities for name in each.names.values())])
    best = process.extractOne(about, names.keys(), scorer=fuzz.WRatio, score_cutoff=NEAR)
    return f"did you mean {best[0]!r}?" if best else "`monitor status` lists the newest acts"


def _story(history: History, about: str) -> Story:
    sightings = history.sightings()
    timeline = Timeline(known(sightings))
    lives = timeline.of_act(about)
    if lives or any(each.now.key == about for each in sightings):
        keys, stays = {about, *_touching(timeline, about)}, []
    else:
        lives = [life for life in timeline.lives if Asked(entity=about).meets(life) or Asked(item=about).meets(life)]
        keys, stays = {life.act.key for life in lives}, history.stays(about)
        keys |= {cause.act.key for life in lives for span in life.spans for cause in span.because}
    acts = tuple(each for each in sightings if each.now.key in keys)
    return Story(acts, tuple(lives), tuple(history.recorded(keys)), tuple(stays))


def _touching(timeline: Timeline, key: str) -> set[str]:
    """The acts that name an act, and those it names."""
    amends = {(life.act.key, target.key) for life in timeline.lives for target in life.measure.amends}
    return {by for by, target in amends if target == key} | {target for by, target in amends if by == key}


def _story_json(story: Story) -> Iterator[dict[str, Any]]:
    for each in story.acts:
        yield {"type": "act", "act": each.now, "first_seen": iso(each.first_seen), "baseline": each.baseline}
    for life in story.lives:
        spans = [_span_json(span) for span in life.spans]
        yield {"type": "measure", **_life_json(life, life.entities, life.items), "life": spans}
    for change in story.recorded:
        yield {"type": "change", **_recorded_json(change)}
    for stay in story.stays:
        yield {"type": "row", **_stay_json(stay)}


def _recorded_json(change: Recorded) -> dict[str, Any]:
    evidence = change.evidence
    return {
        "at": iso(change.at),
        "kind": change.kind,
        "act": change.key,
        "source": change.source,
        "url": evidence.url,
        "sha256": evidence.sha256,
        "fetched_at": evidence.fetched_at,
    }


def _print_story(story: Story) -> None:
    for seen in story.acts:
        _print_act(seen)
    for life in story.lives:
        for span in life.spans:
            _print_stood(Shown(Stood(life, span), life.entities, life.items))
    _table(("whole register", "row", "name", "first seen (UTC)", "gone (UTC)"), [_stay_row(stay) for stay in story.stays])
    for change in story.recorded:
        _print_evidence(change)


def _print_act(seen: Sighting) -> None:
    act, console = seen.now, Console(soft_wrap=True)
    console.print(Text.assemble(legible(act.key, "bold"), legible(f"  {act.title}")))
    console.print(
        legible(f"    published {act.published or 'unknown'}, first seen {iso(seen.first_seen)}  {act.url}", style="dim")
    )


def _print_evidence(change: Recorded) -> None:
    evidence = change.evidence
    told = f"{iso(change.at)}  {change.kind}  {change.key}  {change.source}  {evidence.url}  sha256 {evidence.sha256}"
    Console(soft_wrap=True).print(legible(told, style="dim"))


def key_dates(history: History, since: date, until: date, file: Path | None, now: datetime, *, as_json: bool) -> int:
    """The days on which the law changes and no page does, on the terminal and as a calendar file; how many there are."""
    seen = known(history.sightings())
    acts = {act.key: act for act, _ in seen}
    found = calendar(Timeline(seen), since, until)
    if file is not None:
        _write(file, ics(found, acts, now))
    if as_json:
        for each in found:
            print_json(each)
    else:
        _table(("day", "authority", "what", "basis", "because"), [_key_date_row(each, acts) for each in found])
    return len(found)


def _write(file: Path, calendar: bytes) -> None:
    try:
        file.write_bytes(calendar)
    except OSError as error:
        raise MonitorError(f"{file}: can't be written: {error.strerror}") from error


def _key_date_row(each: KeyDate, acts: dict[str, Announcement]) -> tuple[str, ...]:
    computed = f"computed from {dates.duration(each.duration)}" if each.duration else "computed"
    what = clean(capital(said([each], acts)))
    return (
        each.on,
        vocabulary.authority(each.authority),
        what,
        computed if each.computed else "explicit",
        f"“{clean(each.quote)}”",
    )
