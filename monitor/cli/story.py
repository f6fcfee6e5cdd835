"""How `show` looks: what it is and how it stands today, what became of it, and the bytes that say so."""

from collections.abc import Iterator
from datetime import datetime

from rich.console import Console

from monitor.cli.answers import is_sure, moment, named, on_day_row, print_lines, print_some
from monitor.cli.layout import BENEATH, print_sentence
from monitor.cli.records import print_named, print_standings, print_wrapped
from monitor.cli.tables import legible
from monitor.config.harmless import clean
from monitor.history import KnownPage, Recorded, RegisterStatus
from monitor.pipeline import lines
from monitor.pipeline.standing import of_part, of_period, today
from monitor.pipeline.stories import Story
from monitor.render import dates, opposed, words
from monitor.render.lifecycle import during, state
from monitor.timeline import Lifecycle, Sighting, Span, StatusOnDay

ACTS = ("act", "title", "published", "first seen", "link")
LIFE = ("when", "what became of it", "act", "by")
EVIDENCE = ("recorded", "what", "act", "source", "SHA-256", "page")
PAGES = ("page", "read", "what came of it", "link")
REGISTERS = ("register", "rows", "published", "last read")
NOTHING_CAME = "nothing that is on record: no listing and no control was found in it"
SHOWN = 40  # changes that a person is shown; a program gets all of them


def show_story(story: Story, now: datetime, *, as_json: bool) -> None:
    """How all that is asked for stands, what became of it, the rows of whole registers, the acts and the bytes that say so."""
    if as_json:
        print_lines(lines.of_story(story, now))
        return
    if story.title:
        print_sentence(story.title, "bold")
    print_some(REGISTERS, list(map(_register, story.registers)))
    print_standings([on_day_row(StatusOnDay(life, span), story.hits) for life, span in _by_surety(story, now)])
    print_named(named(((life, life.on(today(life, now))) for life in story.parts), story.hits))
    print_standings([(of_period(period), ()) for period in story.periods])
    for line in opposed.lines(story.opposed):
        print_wrapped(f"{line.label}: {line.text}")
        print_wrapped(line.url, BENEATH, "dim") if line.url else None
    print_some(PAGES, list(map(_page, story.pages)))
    if story.acts and Console().is_terminal:
        _print_history(story)
    elif story.acts:
        print_some(LIFE, list(_lives(story)))
        print_some(ACTS, list(map(_act, story.acts)))
        print_some(EVIDENCE, list(map(_change, story.recorded)))
    if not (story.lifecycles or story.periods or story.pages or story.registers):
        Console().print(legible("nothing on record is about it"))


def _by_surety(story: Story, now: datetime) -> list[tuple[Lifecycle, Span]]:
    """What is surely meant first, then what may be."""
    standing = [(life, span) for life in story.parts if (span := life.on(today(life, now)))]
    return sorted(standing, key=lambda pair: not is_sure(pair[0], story.hits))


def _print_history(story: Story) -> None:
    """What became of it, by which acts, and the bytes that say so; of each an address that was not said above."""
    printed = {life.act.url for life in story.lifecycles}
    lives = list(_lives(story))
    several = len({act for _, _, act, _ in lives}) > 1
    if lives:
        print_wrapped("What became of it", style="bold")
    for when, life_state, act, by in lives:
        print_wrapped(f"{when}: {f'{act}, ' if several else ''}{life_state}{'' if by == act else f', by {by}'}", BENEATH)
    print_wrapped("Acts", style="bold")
    for key, title, published, seen, link in map(_act, story.acts):
        print_wrapped(f"{key} · {title} · published {published}, first seen {seen}", BENEATH)
        _print_link(link, printed)
    print_wrapped("Evidence", style="bold")
    for change in story.recorded[:SHOWN]:
        at, kind, key, source, sha256, page = _change(change)
        print_wrapped(f"{at} · {key} {kind} · {source} · SHA-256 {sha256[:12]}", BENEATH)
        _print_link(page, printed)
    if len(story.recorded) > SHOWN:
        print_wrapped(f"and {len(story.recorded) - SHOWN:,} more, see --json", BENEATH)


def _print_link(url: str, printed: set[str]) -> None:
    if url and url not in printed:
        printed.add(url)
        print_wrapped(url, 2 * BENEATH, "dim")


def _register(status: RegisterStatus) -> tuple[str, ...]:
    return status.reader, f"{status.rows:,}", dates.day(status.published or ""), moment(status.read_at)


def _lives(story: Story) -> Iterator[tuple[str, ...]]:
    """What became of that which is surely meant, day by day."""
    for life in story.parts:
        for span in life.spans if is_sure(life, story.hits) else ():
            by = words.act_names(dict.fromkeys(cause.act.key for cause in span.because))
            yield during(life, span), state(life, span), of_part(life, span).act, by


def _act(seen: Sighting) -> tuple[str, ...]:
    act = seen.now
    published = dates.local(act.published, act.authority) if act.published else "unknown"
    return act.key, clean(act.title), published, moment(seen.first_seen), act.url


def _change(change: Recorded) -> tuple[str, ...]:
    evidence = change.evidence
    return moment(change.at), change.kind, change.key, change.source, evidence.sha256, evidence.url


def _page(page: KnownPage) -> tuple[str, ...]:
    read = moment(page.first_read) if page.first_read else "not read"
    came = page.failure or (NOTHING_CAME if page.first_read else "still to be read")
    return clean(page.title), read, came, page.url
