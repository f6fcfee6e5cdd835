"""The same questions for programs: JSON with ids that stay, a page at a time, each answer with what it rests on."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache, partial
from itertools import dropwhile, islice
from typing import TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitor.clock import iso
from monitor.console import listings, look, openapi, pages, records, views
from monitor.console.answering import respond, status_of, wrong
from monitor.console.desk import ConsoleDesk
from monitor.console.question import Given, Question, day
from monitor.console.turns import Answer, Turns
from monitor.errors import ConfigError, MonitorError
from monitor.history import registers as stored_registers
from monitor.history import sightings
from monitor.model import Entity, Item
from monitor.pipeline import asking, lines
from monitor.pipeline.answers import recall
from monitor.pipeline.screen import findings, summary, with_standings
from monitor.pipeline.standing import Standings
from monitor.timeline import Lifecycle, Sighting

ROOT = "/api/"
V1 = "/api/v1"
JSON = "application/json"
MOST, USUAL = 1_000, 100  # results on one page
PAGED = ("after", "limit")
EMPTY = "the watch list is empty, so that nothing is held against it"


K = TypeVar("K", bound=records.Found)
V = TypeVar("V")


def limit(given: Given) -> int:
    """How many results a page shall have.

    Raises:
        ConfigError: no number from 1 to 1,000.
    """
    text = given["limit"] or str(USUAL)
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MOST):
        raise ConfigError(f"limit: a number from 1 to {MOST}")
    return int(text)


def page(
    desk: ConsoleDesk, results: Iterable[K], given: Given, about: str = "", remarks: tuple[str, ...] = ()
) -> records.Listing[K]:
    """One page of all results, after the one that the asker had last.

    Raises:
        ConfigError: there is none of that id any more, or the limit is none.
    """
    covered, most = desk.resting(about, remarks), limit(given)
    left = iter(results)
    if after := given["after"]:
        left = dropwhile(lambda one: one.id != after, left)
        if next(left, None) is None:
            raise ConfigError(gone(after))
    shown = list(islice(left, most + 1))
    return records.Listing(results=tuple(shown[:most]), next=shown[most - 1].id if len(shown) > most else None, coverage=covered)


def gone(after: str) -> str:
    """That no result has an id."""
    return f"after: no result has the id {after[:60]!r} now; begin without it"


def asof(desk: ConsoleDesk, given: Given) -> records.Listing[records.StoodFound]:
    """What was in force, announced or suspended on a day."""
    asked, answer = views.stood(desk, given)
    last = given["after"].rpartition(":")[0]  # of the acts before that of the last one no line need be made
    left = replace(answer, on_day=list(_from_act(last, answer.on_day, lambda on_day: on_day.lifecycle)))
    return page(desk, records.stood(lines.of_asof(left)), given, asked.register, answer.remarks)


def acts(desk: ConsoleDesk, given: Given) -> records.Listing[records.ActFound]:
    """All acts on record."""
    whose = given["authority"]
    covered, most, after = desk.resting(whose), limit(given), given["after"]
    acts = desk.knowledge.law.acts
    if after and after not in acts:
        raise ConfigError(gone(after))
    left = dropwhile(lambda key: after not in ("", key), acts)
    of_it = (acts[key] for key in left if key != after and whose in ("", acts[key].now.authority))
    seen = list(islice(of_it, most + 1))
    shown = tuple(map(_act_found, seen[:most]))
    return records.Listing(results=shown, next=shown[-1].id if len(seen) > most else None, coverage=covered)


def _act_found(seen: Sighting) -> records.ActFound:
    return lines.line_of(records.ActFound, seen.now, id=seen.now.key, first_seen=iso(seen.first_seen))


def act(desk: ConsoleDesk, given: Given) -> records.ActAnswer:
    """One act."""
    key = given["key"]
    seen = desk.knowledge.law.acts.get(key)
    lives = desk.knowledge.timeline.of_act(key)
    if seen is None and not lives:
        raise MonitorError(f"no act has the key {key!r}; {V1}/acts lists all")
    return records.ActAnswer(
        id=key,
        act=lines.of_act(seen) if seen else None,
        measures=tuple(records.parts(lines.of_measure(life, (), desk.now) for life in lives)),
        changes=tuple(map(lines.of_change, desk.history(sightings.recorded, [key]))),
        coverage=desk.resting(),
    )


def measures(desk: ConsoleDesk, given: Given) -> records.Listing[records.PartFound]:
    """All measures on record, part by part; of one register where that is said."""
    register = asking.register(given["register"]) if given["register"] else ""
    parts = (life for life in desk.knowledge.timeline.lifecycles if register in ("", life.measure.register))
    last = given["after"].rpartition(":")[0]  # of the acts before that of the last one no line need be made
    lives = _from_act(last, parts, lambda life: life)
    return page(desk, records.parts(lines.of_measure(life, (), desk.now) for life in lives), given, register)


def _from_act(act: str, lines: Iterable[V], life: Callable[[V], Lifecycle]) -> Iterator[V]:
    """The lines from the first one of an act on; all where none is said."""
    return dropwhile(lambda line: act not in ("", life(line).act.key), lines)


def entities(desk: ConsoleDesk, given: Given) -> records.Listing[records.HitFound]:
    """Whom on record a name may mean, the surest first."""
    return _recalled(desk, given["name"], Entity, given)


def items(desk: ConsoleDesk, given: Given) -> records.Listing[records.HitFound]:
    """Which goods on record a name or a code may mean, the surest first."""
    return _recalled(desk, given["code"], Item, given)


def _recalled(desk: ConsoleDesk, text: str, kind: type, given: Given) -> records.Listing[records.HitFound]:
    standings = Standings(desk.knowledge.parts_of, desk.now)
    found = (hit for hit in recall(text, desk.knowledge.records, desk.thresholds) if isinstance(hit.match.subject, kind))
    return page(desk, records.hits(with_standings(found, standings)), given)


def registers(desk: ConsoleDesk, given: Given) -> records.Listing[records.RegisterFound]:
    """The registers that are published whole."""
    read = (
        records.RegisterFound(id=status.reader, register=lines.of_register(status))
        for status in desk.history(stored_registers.statuses)
    )
    return page(desk, read, given)


def rows(desk: ConsoleDesk, given: Given) -> records.Listing[records.RowFound]:
    """The rows of a register, on a day where that is said."""
    status, most = listings.register_of(desk, given["reader"]), limit(given)
    shown = listings.rows_of(desk, status, given, most + 1)
    return records.Listing(
        results=tuple(map(records.row, shown[:most])),
        next=shown[most - 1].row if len(shown) > most else None,
        coverage=desk.resting(status.code, listings.too_early(status, given, "on")),
    )


def changes(desk: ConsoleDesk, given: Given) -> records.Listing[records.RowChanged]:
    """The rows that came, went or were amended between two days, the newest first."""
    status = listings.register_of(desk, given["reader"])
    remarks = listings.too_early(status, given, "since", "until")
    return page(desk, records.changed(listings.changes(desk, status, given)), given, status.code, remarks)


def matches(desk: ConsoleDesk, given: Given) -> records.Listing[records.HitFound]:
    """What of the watch list is on record; what of the list could not be used, or that it is empty, is a remark."""
    answer = desk.matches()
    remarks = answer.unusable if answer.watched else (*answer.unusable, EMPTY)
    return page(desk, records.hits(answer.found), given, remarks=remarks)


def events(desk: ConsoleDesk, given: Given) -> records.Listing[records.EventFound]:
    """What was recorded since the event of this id, in its order: ask again with `next`, or with the last id that you have."""
    after, most = given["after"] or "0", limit(given)
    if not (after.isascii() and after.isdigit() and len(after) < 19):
        raise ConfigError("after: the id of an event, which is a number")
    found = desk.history(sightings.events, int(after), most + 1)
    shown = [records.event(event, lines.of_change(event.recorded)) for event in found[:most]]
    return records.Listing(results=tuple(shown), next=shown[-1].id if len(found) > most else None, coverage=desk.resting())


def dates(desk: ConsoleDesk, given: Given) -> records.Listing[records.DateFound]:
    """The days on which the law changes by itself."""
    since, until = day(given, "since") or desk.now.date(), day(given, "until") or date.max
    return page(desk, records.dates(desk.key_dates(since, until).dates), given)


def sources(desk: ConsoleDesk, given: Given) -> records.Listing[records.SourceFound]:
    """How each source is doing."""
    states = (records.SourceFound(id=state.source, state=lines.of_source_state(state)) for state in desk.state().sources)
    return page(desk, states, given)


Listing = records.Listing
QUESTIONS = (
    Question(
        f"{V1}/asof",
        "What was in force, announced or suspended on a day",
        asof,
        Listing[records.StoodFound],
        ("day",),
        ("known", "register", "entity", "item", "destination", *PAGED),
    ),
    Question(f"{V1}/acts", "All acts on record", acts, Listing[records.ActFound], (), ("authority", *PAGED)),
    Question(f"{V1}/acts/{{key:path}}", "One act", act, records.ActAnswer),
    Question(f"{V1}/measures", "All measures, part by part", measures, Listing[records.PartFound], (), ("register", *PAGED)),
    Question(f"{V1}/entities", "Whom on record a name may mean", entities, Listing[records.HitFound], ("name",), PAGED),
    Question(f"{V1}/items", "Which goods a name or a code may mean", items, Listing[records.HitFound], ("code",), PAGED),
    Question(f"{V1}/registers", "The registers that are published whole", registers, Listing[records.RegisterFound], (), PAGED),
    Question(
        f"{V1}/registers/{{reader}}/rows", "The rows of a register", rows, Listing[records.RowFound], (), ("q", "on", *PAGED)
    ),
    Question(
        f"{V1}/registers/{{reader}}/changes",
        "What changed in a register",
        changes,
        Listing[records.RowChanged],
        (),
        ("since", "until", *PAGED),
    ),
    Question(f"{V1}/matches", "What of the watch list is on record", matches, Listing[records.HitFound], (), PAGED),
    Question(f"{V1}/events", "What was recorded since a cursor", events, Listing[records.EventFound], (), PAGED),
    Question(f"{V1}/dates", "Days on which the law changes", dates, Listing[records.DateFound], (), ("since", "until", *PAGED)),
    Question(f"{V1}/sources", "How each source is doing", sources, Listing[records.SourceFound], (), PAGED),
)
SCREEN = f"{V1}/screen"


def routes(turns: Turns) -> list[Route]:
    """All that programs may ask."""
    return [
        *(Route(question.path, partial(_asked, turns, question)) for question in QUESTIONS),
        Route(SCREEN, partial(_screened, turns), methods=["POST"]),
        Route(f"{V1}/evidence/{{sha256}}", partial(pages.archived, turns)),
        Route("/openapi.json", _openapi),
    ]


async def _asked(turns: Turns, question: Question, request: Request) -> Response:
    takes = (*question.needs, *question.takes)
    if strange := request.query_params.keys() - {*takes}:  # a word that is left out would be answered as if it had been asked
        raise ConfigError(f"{min(strange)[:60]!r} can't be asked for here: {', '.join(takes) or 'nothing'} can")
    asked = pages.given(request, takes)
    known = (question.path, tuple(asked.items()))
    return respond(request, await turns.answer(known, partial(_answered, question, asked)), JSON)


def _answered(question: Question, asked: Given, desk: ConsoleDesk) -> Answer:
    try:
        if missing := [name for name in question.needs if not asked[name]]:
            raise ConfigError(f"{missing[0]}: has to be said")
        return Answer(look.json_of(question.answer(desk, asked)))
    except MonitorError as error:
        return Answer(look.json_of(records.Problem(problem=wrong(error))), status_of(error))


async def _screened(turns: Turns, request: Request) -> Response:
    body = await request.body()
    return respond(request, await turns.once(partial(_screening, body)), JSON)


def _screening(body: bytes, desk: ConsoleDesk) -> Answer:
    try:
        asked = msgspec.json.decode(body, type=records.Asked)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Answer(look.json_of(records.Problem(problem=f"no names to screen: {error}")), 400)
    covered = desk.resting()
    answer = desk.screening(listings.asked_of("\n".join(asked.names)), desk.lists_of_others)
    told = records.ScreeningAnswer(
        results=tuple(records.hits((*answer.found, *answer.by_others))),
        lists=answer.lists,
        summary=tuple(summary(answer, findings(answer))),
        coverage=covered,
    )
    return Answer(look.json_of(told))


async def _openapi(request: Request) -> Response:
    return respond(request, _description(), JSON)


@cache
def _description() -> Answer:
    return Answer(look.json_of(openapi.document(QUESTIONS, SCREEN, f"{V1}/evidence/{{sha256}}")))
