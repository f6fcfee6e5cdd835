"""Which parts of an answer are shown: by authority, register, year and state, with how many there
are of each.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from monitor import vocabulary
from monitor.ask import exports, rows
from monitor.ask.standing import get_today
from monitor.ask.stories import Story
from monitor.console.answering import Given
from monitor.console.desk import ConsoleDesk
from monitor.store import OnRecord
from monitor.timeline import Lifecycle, StatusOnDay

FACETS = ("authority", "register", "year", "state")
HEADS = ("subject", "state", "list", "since", "act", "key", "link")
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how many parts have it, and the address that shows these alone; of the
    one that is chosen, the address that shows all.
    """

    label: str
    number: int
    address: str
    is_chosen: bool


def narrow_story(story: Story, given: Given, now: datetime) -> Story:
    """The parts of a story that have the chosen values, with their acts and passages."""
    chosen = {name: given[name] for name in FACETS if given[name]}
    if not chosen:
        return story
    lives = tuple(life for life in story.lifecycles if _fits(_find_values(life, now), chosen))
    keys = {life.act.key for life in lives}
    return replace(
        story,
        lifecycles=lives,
        acts=tuple(seen for seen in story.acts if seen.now.key in keys),
        recorded=tuple(change for change in story.recorded if change.key in keys),
        periods=tuple(one for one in story.periods if _fits(_find_row_values(one), chosen)),
        passages=tuple(
            one
            for one in story.passages
            if any(_fits(_find_values(life, now), chosen) for life in one.parts)
        ),
    )


def list_facets(story: Story, given: Given, now: datetime) -> list[tuple[str, list[Choice]]]:
    """Each facet that parts or leaves the answer, the value of most parts first; a count is of what
    the other facets leave.
    """
    every = list(_list_values(story, now))
    facets = []
    for name in FACETS:
        others = {other: given[other] for other in FACETS if other != name and given[other]}
        counted = Counter(values[name] for values in every if _fits(values, others))
        choices = [
            _make_choice(given, name, value, number)
            for value, number in counted.most_common()
            if value
        ]
        if len(choices) > 1 or given[name]:
            facets.append((name, choices))
    return facets


def _make_choice(given: Given, name: str, value: str, number: int) -> Choice:
    is_chosen = given[name] == value
    asked = {**given, name: "" if is_chosen else value}
    address = urlencode({key: text for key, text in asked.items() if text})
    label = {"authority": vocabulary.authority, "register": vocabulary.register}.get(name, str)
    return Choice(label(value), number, f"/search?{address}", is_chosen)


def _list_values(story: Story, now: datetime) -> Iterator[Values]:
    """The values of all that stands or stood: what is not announced by now has no line."""
    lives = [*story.lifecycles, *(life for one in story.passages for life in one.parts)]
    once = {id(life): _find_values(life, now) for life in lives}
    yield from (values for values in once.values() if values["state"])
    yield from map(_find_row_values, story.periods)


def _find_values(life: Lifecycle, now: datetime) -> Values:
    span = life.on(get_today(life, now))
    return {
        "authority": life.act.authority,
        "register": life.measure.register or "",
        "year": (life.act.published or "")[:4],
        "state": span.status if span else "",
    }


def _find_row_values(row: OnRecord) -> Values:
    state = "ended" if row.gone else "in force"
    return {"authority": "", "register": row.register, "year": row.since[:4], "state": state}


def _fits(values: Values, chosen: Values) -> bool:
    return all(values[name] == value for name, value in chosen.items())


def write_csv(desk: ConsoleDesk, given: Given) -> bytes:
    """The parts that a search shows, all of them, with a mark for spreadsheets."""
    story = narrow_story(desk.story(given["q"], most=None), given, desk.now)
    lines = (
        (rows.make_row_on_day(StatusOnDay(life, span), story.hits)[0], life.act.key)
        for life, span in rows.sort_by_surety(story, desk.now)
    )
    cells = (
        (one.subject, one.state, one.register, one.since, one.act, key, one.link)
        for one, key in lines
    )
    return exports.write_sheet(HEADS, cells)
