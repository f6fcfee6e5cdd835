"""How `show` looks: what it is and how it stands today, what became of it, and the bytes that say so."""

from datetime import datetime

from rich.console import Console

from monitor.cli.answers import print_lines, print_some
from monitor.cli.layout import BENEATH, print_sentence
from monitor.cli.records import print_named, print_standings, print_wrapped
from monitor.cli.tables import legible
from monitor.pipeline import lines, rows
from monitor.pipeline.standing import of_period, today
from monitor.pipeline.stories import Story
from monitor.render import acts
from monitor.timeline import StatusOnDay

SHOWN = 40  # changes that a person is shown; a program gets all of them


def show_story(story: Story, now: datetime, *, as_json: bool) -> None:
    """How all that is asked for stands, what became of it, the rows of whole registers, the acts and the bytes that say so."""
    if as_json:
        print_lines(lines.of_story(story, now))
        return
    if story.title:
        print_sentence(story.title, "bold")
    print_some(rows.REGISTERS[:4], list(map(rows.register_read, story.registers)))
    print_standings([rows.on_day_row(StatusOnDay(life, span), story.hits) for life, span in rows.by_surety(story, now)])
    print_named(rows.names_of_parts(((life, life.on(today(life, now))) for life in story.parts), story.hits))
    print_standings([(of_period(period), ()) for period in story.periods])
    for line in acts.lines(story.opposed):
        print_wrapped(f"{line.label}: {line.text}")
        print_wrapped(line.url, BENEATH, "dim") if line.url else None
    print_some(rows.PAGES, list(map(rows.page, story.pages)))
    if story.acts and Console().is_terminal:
        _print_history(story)
    elif story.acts:
        print_some(rows.LIFE, list(rows.lives(story)))
        print_some(rows.ACTS, list(map(rows.act, story.acts)))
        print_some(rows.EVIDENCE, list(map(rows.change, story.recorded)))
    if nothing := rows.nothing(story):
        Console().print(legible(nothing))


def _print_history(story: Story) -> None:
    """What became of it, by which acts, and the bytes that say so; of each an address that was not said above."""
    printed = {life.act.url for life in story.lifecycles}
    lives = list(rows.lives(story))
    several = len({act for _, _, act, _ in lives}) > 1
    if lives:
        print_wrapped("What became of it", style="bold")
    for when, life_state, act, by in lives:
        print_wrapped(f"{when}: {f'{act}, ' if several else ''}{life_state}{'' if by == act else f', by {by}'}", BENEATH)
    print_wrapped("Acts", style="bold")
    for key, title, published, seen, link in map(rows.act, story.acts):
        print_wrapped(f"{key} · {title} · published {published}, first seen {seen}", BENEATH)
        _print_link(link, printed)
    print_wrapped("Evidence", style="bold")
    for change in story.recorded[:SHOWN]:
        at, kind, key, source, sha256, page = rows.change(change)
        print_wrapped(f"{at} · {key} {kind} · {source} · SHA-256 {sha256[:12]}", BENEATH)
        _print_link(page, printed)
    if len(story.recorded) > SHOWN:
        print_wrapped(f"and {len(story.recorded) - SHOWN:,} more, see --json", BENEATH)


def _print_link(url: str, printed: set[str]) -> None:
    if url and url not in printed:
        printed.add(url)
        print_wrapped(url, 2 * BENEATH, "dim")
