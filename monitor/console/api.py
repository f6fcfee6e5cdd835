"""Answer the same questions for programs, in JSON: stable ids, one page at a time, each answer with
its coverage.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from itertools import dropwhile, islice
from typing import Any, TypeVar, get_type_hints

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitor.ask import asking, lines, stories
from monitor.ask.answers import recall
from monitor.ask.exports import ExportedMeasure, number_measures
from monitor.ask.findings import make_findings, summarize_screening
from monitor.ask.screen import add_standings
from monitor.ask.standing import Standings
from monitor.clock import format_instant
from monitor.config import VERSION
from monitor.console import law, pages, records, registers, screenings
from monitor.console.desk import (
    JSON,
    Answer,
    ConsoleDesk,
    Given,
    Turns,
    encode_json,
    read_day,
    respond,
)
from monitor.console.guard import ASKER
from monitor.errors import ConfigError, MonitorError
from monitor.model import Entity, Item, frozen
from monitor.store import registers as stored_registers
from monitor.store import sightings

ROOT = "/api/"
PAGED = ("after", "limit")
EMPTY = "the watch list is empty, so that nothing is compared with it"


K = TypeVar("K", bound="records.Found | ExportedMeasure")
A = TypeVar("A", bound=Callable[[ConsoleDesk, Given], object])


# What programs may ask, as OpenAPI 3.1, made of the types of the answers.

V1 = "/api/v1"
SCREEN = f"{V1}/screen"
EVIDENCE = f"{V1}/evidence/{{sha256}}"
MOST, USUAL = 1_000, 100  # results on one page
SAID = {
    "after": "The id of the last result that you have; the results after it are given.",
    "limit": "How many results, from 1 to 1,000; 100 without it.",
    "authority": "The code of an authority, such as cn-mofcom.",
    "code": "Goods, a control code or a tariff number.",
    "day": "A day, such as 2025-11-15.",
    "destination": "A country that a measure names, such as US.",
    "entity": "A listed name, in either language.",
    "item": "A control code or an HS number, or the beginning of one; or goods.",
    "key": "The key of an act, such as mofcom-2025-61.",
    "known": "A day: only by what was known at its end.",
    "name": "A name, in either language.",
    "on": "A day: the rows that stood at its end.",
    "q": "Words that the name or the id of a row has to hold.",
    "reader": "A register's reader or code, as /api/v1/registers has it.",
    "register": "A register's code or name, such as cn-unreliable-entities.",
    "sha256": "The SHA-256 of the bytes.",
    "since": "The first day.",
    "until": "The last day.",
    "words": (
        "Words as they follow each other on a page, in any language; nothing of them is syntax."
    ),
}
ABOUT = "What is in force, what changed, whom it touches. Each answer says what it rests on (`coverage`)."
Schema = dict[str, Any]


@frozen
class Question:
    """A question of the API.

    `needs` are required parameters, `takes` optional ones. The docstring of `answer` becomes the
    summary in OpenAPI.
    """

    path: str
    answer: Callable[[ConsoleDesk, Given], object]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()

    @property
    def gives(self) -> Any:
        """The type of the answer."""
        return get_type_hints(self.answer)["return"]

    @property
    def operation(self) -> Schema:
        """Describe the question as an operation in OpenAPI."""
        path = self.path.replace(":path}", "}")
        named = [part.strip("{}") for part in path.split("/") if part.startswith("{")]
        return {
            "summary": (self.answer.__doc__ or "").rstrip("."),
            "operationId": re.sub(r"\W", "", path.removeprefix(V1).title()),
            "parameters": [
                *(_describe_parameter(name, "path", required=True) for name in named),
                *(_describe_parameter(name, "query", required=True) for name in self.needs),
                *(_describe_parameter(name, "query", required=False) for name in self.takes),
            ],
        }


def describe_api(questions: Sequence[Question]) -> Schema:
    """Describe the whole API in OpenAPI."""
    types = [question.gives for question in questions]
    fixed = [records.Problem, records.Asked, records.ScreeningAnswer]
    schemas, components = msgspec.json.schema_components(
        [*types, *fixed], ref_template="#/components/schemas/{name}"
    )
    *gives, problem, body, screened = schemas
    paths = {
        SCREEN: {"post": _describe_screening(body) | _describe_answers(screened, problem)},
        EVIDENCE: {
            "get": EVIDENCE_ASKED | _describe_answers(BYTES, problem, "application/octet-stream")
        },
    }
    for question, schema in zip(questions, gives, strict=True):
        answers = _describe_answers(schema, problem)
        paths[question.path.replace(":path}", "}")] = {"get": question.operation | answers}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Regulatory monitor", "version": VERSION, "description": ABOUT},
        "paths": paths,
        "components": {"schemas": components},
    }


def _describe_answers(answer: Schema, problem: Schema, kind: str = JSON) -> Schema:
    """Describe the responses: the answer, "unchanged", or the reason why there is none."""
    return {
        "responses": {
            "200": {"description": "The answer", "content": {kind: {"schema": answer}}},
            "304": {"description": "The answer is the one whose ETag was sent as If-None-Match"},
            "default": {
                "description": "Why there is none",
                "content": {JSON: {"schema": problem}, "text/plain": {}},
            },
        }
    }


def _describe_screening(body: Schema) -> Schema:
    return {
        "summary": "Hold names against the watch list and all on record; a record of it is kept",
        "operationId": "Screen",
        "requestBody": {"required": True, "content": {JSON: {"schema": body}}},
    }


def _describe_parameter(name: str, where: str, *, required: bool) -> dict[str, Any]:
    schema = (
        {"type": "integer", "minimum": 1, "maximum": MOST}
        if name == "limit"
        else {"type": "string"}
    )
    return {
        "name": name,
        "in": where,
        "required": required,
        "description": SAID[name],
        "schema": schema,
    }


BYTES: Schema = {"type": "string", "format": "binary"}
EVIDENCE_ASKED: Schema = {
    "summary": "The bytes of a page that something on record rests on, as they came",
    "operationId": "Evidence",
    "parameters": [_describe_parameter("sha256", "path", required=True)],
}


def read_limit(given: Given) -> int:
    """Read how many results a page may have.

    Raises:
        ConfigError: it is not a number from 1 to 1,000.
    """
    text = given["limit"] or str(USUAL)
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MOST):
        raise ConfigError(f"limit: a number from 1 to {MOST}")
    return int(text)


def make_page(
    desk: ConsoleDesk,
    results: Iterable[K],
    given: Given,
    about: str = "",
    remarks: tuple[str, ...] = (),
) -> records.Listing[K]:
    """Make one page of all results, after the last one that the asker has.

    Raises:
        ConfigError: no result has that id any more, or the limit is invalid.
    """
    covered, most = desk.resting(about, remarks), read_limit(given)
    left = iter(results)
    if after := given["after"]:
        left = dropwhile(lambda one: one.id != after, left)
        if next(left, None) is None:
            raise ConfigError(f"after: no result has the id {after[:60]!r} now; begin without it")
    shown = list(islice(left, most + 1))
    return records.Listing(
        results=tuple(shown[:most]),
        next=shown[most - 1].id if len(shown) > most else None,
        coverage=covered,
    )


QUESTIONS: list[Question] = []


def _add_question(path: str, *takes: str, needs: tuple[str, ...] = ()) -> Callable[[A], A]:
    """Have a question answered at this address under `/api/v1/`."""

    def add(answer: A) -> A:
        QUESTIONS.append(Question(f"{V1}/{path}", answer, needs, takes))
        return answer

    return add


@_add_question("asof", "known", "register", "entity", "item", "destination", *PAGED, needs=("day",))
def answer_as_of(desk: ConsoleDesk, given: Given) -> records.Listing[records.StoodFound]:
    """What was in force, announced or suspended on a day."""
    asked, answer = law.query_as_of(desk, given)
    return make_page(
        desk,
        records.list_stood(lines.list_as_of_lines(answer)),
        given,
        asked.register,
        answer.remarks,
    )


@_add_question("acts", "authority", *PAGED)
def answer_acts(desk: ConsoleDesk, given: Given) -> records.Listing[records.ActFound]:
    """All acts on record."""
    whose = given["authority"]
    found = (
        lines.make_line(
            records.ActFound, seen.now, id=seen.now.key, first_seen=format_instant(seen.first_seen)
        )
        for seen in desk.knowledge.law.acts.values()
        if whose in ("", seen.now.authority)
    )
    return make_page(desk, found, given, whose)


@_add_question("acts/{key:path}")
def answer_act(desk: ConsoleDesk, given: Given) -> records.ActAnswer:
    """One act."""
    key = given["key"]
    seen = desk.knowledge.law.acts.get(key)
    lives = desk.knowledge.timeline.of_act(key)
    if seen is None and not lives:
        raise MonitorError(f"no act has the key {key!r}; {V1}/acts lists all")
    return records.ActAnswer(
        id=key,
        act=lines.make_act_line(seen) if seen else None,
        measures=tuple(measure for _, measure in number_measures(lives, desk.now)),
        changes=tuple(map(lines.make_change_line, desk.history(sightings.list_recorded, [key]))),
        coverage=desk.resting(),
    )


@_add_question("measures", "register", *PAGED)
def answer_measures(desk: ConsoleDesk, given: Given) -> records.Listing[ExportedMeasure]:
    """All measures on record, part by part; of one register where that is said."""
    register = asking.parse_register(given["register"]) if given["register"] else ""
    lives = (
        life
        for life in desk.knowledge.timeline.lifecycles
        if register in ("", life.measure.register)
    )
    return make_page(
        desk, (measure for _, measure in number_measures(lives, desk.now)), given, register
    )


@_add_question("entities", *PAGED, needs=("name",))
def answer_entities(desk: ConsoleDesk, given: Given) -> records.Listing[records.HitFound]:
    """Whom on record a name may mean, the surest first."""
    return _search_records(desk, given["name"], Entity, given)


@_add_question("items", *PAGED, needs=("code",))
def answer_items(desk: ConsoleDesk, given: Given) -> records.Listing[records.HitFound]:
    """Which goods on record a name or a code may mean, the surest first."""
    return _search_records(desk, given["code"], Item, given)


def _search_records(
    desk: ConsoleDesk, text: str, kind: type, given: Given
) -> records.Listing[records.HitFound]:
    standings = Standings(desk.knowledge.parts_of, desk.now)
    found = (
        hit
        for hit in recall(text, desk.knowledge.records, desk.thresholds)
        if isinstance(hit.match.subject, kind)
    )
    return make_page(desk, records.list_hits(add_standings(found, standings)), given)


@_add_question("registers", *PAGED)
def answer_registers(desk: ConsoleDesk, given: Given) -> records.Listing[records.RegisterFound]:
    """The registers that are published whole."""
    read = (
        records.RegisterFound(id=status.reader, register=lines.make_register_line(status))
        for status in desk.history(stored_registers.list_register_statuses)
    )
    return make_page(desk, read, given)


@_add_question("registers/{reader}/rows", "q", "on", *PAGED)
def answer_rows(desk: ConsoleDesk, given: Given) -> records.Listing[records.RowFound]:
    """The rows of a register, on a day where that is said."""
    status, most = registers.find_register(desk, given["reader"]), read_limit(given)
    shown = registers.find_rows(desk, status, given, most + 1)
    return records.Listing(
        results=tuple(lines.make_line(records.RowFound, row, id=row.row) for row in shown[:most]),
        next=shown[most - 1].row if len(shown) > most else None,
        coverage=desk.resting(status.code, registers.warn_too_early(status, given, "on")),
    )


@_add_question("registers/{reader}/changes", "since", "until", *PAGED)
def answer_changes(desk: ConsoleDesk, given: Given) -> records.Listing[records.RowChanged]:
    """The rows that came, went or were amended between two days, the newest first."""
    status = registers.find_register(desk, given["reader"])
    remarks = registers.warn_too_early(status, given, "since", "until")
    return make_page(
        desk,
        records.list_changed_rows(registers.find_changes(desk, status, given)),
        given,
        status.code,
        remarks,
    )


@_add_question("matches", *PAGED)
def answer_matches(desk: ConsoleDesk, given: Given) -> records.Listing[records.HitFound]:
    """What of the watch list is on record; what of the list could not be used, or that it is
    empty, is a remark.
    """
    answer = desk.matches()
    remarks = answer.unusable if answer.watched else (*answer.unusable, EMPTY)
    return make_page(desk, records.list_hits(answer.found), given, remarks=remarks)


@_add_question("events", *PAGED)
def answer_events(desk: ConsoleDesk, given: Given) -> records.Listing[records.EventFound]:
    """What was recorded since the event of this id, in its order: ask again with `next`, or with
    the last id that you have.
    """
    after, most = given["after"] or "0", read_limit(given)
    if not (after.isascii() and after.isdigit() and len(after) < 19):
        raise ConfigError("after: the id of an event, which is a number")
    found = desk.history(sightings.list_events, int(after), most + 1)
    shown = [
        records.EventFound(
            id=str(event.id), title=event.title, change=lines.make_change_line(event.recorded)
        )
        for event in found[:most]
    ]
    return records.Listing(
        results=tuple(shown),
        next=shown[-1].id if len(found) > most else None,
        coverage=desk.resting(),
    )


@_add_question("dates", "since", "until", *PAGED)
def answer_dates(desk: ConsoleDesk, given: Given) -> records.Listing[records.DateFound]:
    """The days on which the law changes by itself."""
    since, until = read_day(given, "since") or desk.now.date(), read_day(given, "until") or date.max
    return make_page(desk, records.list_dates(desk.key_dates(since, until).dates), given)


@_add_question("sources", *PAGED)
def answer_sources(desk: ConsoleDesk, given: Given) -> records.Listing[records.SourceFound]:
    """How each source is doing."""
    states = (
        records.SourceFound(id=state.source, state=lines.make_source_state_line(state))
        for state in desk.state().sources
    )
    return make_page(desk, states, given)


@_add_question("screenings", *PAGED, needs=("name",))
def answer_screenings(desk: ConsoleDesk, given: Given) -> records.Listing[records.ScreenedFound]:
    """Our screenings of a name that the asker may read, of the newest on record."""
    shown = (
        records.ScreenedFound(
            id=f"{kept.number}:{place}",
            screening=kept.number,
            at=format_instant(kept.at),
            by=kept.by,
            asked=answer.name,
            found=answer.found,
        )
        for kept, place, answer in screenings.find_answers_about(desk, given["name"], given.asker)
    )
    return make_page(desk, shown, given, remarks=(f"screenings: {screenings.WITHIN}",))


@_add_question("passages", *PAGED, needs=("words",))
def answer_passages(desk: ConsoleDesk, given: Given) -> records.Listing[records.PassageFoundOn]:
    """Where archived pages have these words, those of acts first that bind most today."""
    found = lines.list_passage_lines(
        stories.find_passages(desk.knowledge, given["words"]), desk.now
    )
    shown = (
        records.PassageFoundOn(id=lines.hash_parts(line.sha256, line.url), passage=line)
        for line in found
    )
    return make_page(desk, shown, given, remarks=tuple(stories.warn_unsearched(desk.history)))


def make_api_routes(turns: Turns) -> list[Route]:
    """Make the routes of all questions for programs."""
    return [
        *(
            Route(question.path, partial(_answer_question, turns, question))
            for question in QUESTIONS
        ),
        Route(SCREEN, partial(_answer_screening, turns), methods=["POST"]),
        Route(EVIDENCE, partial(pages.serve_archived, turns)),
        Route("/openapi.json", _serve_description),
    ]


async def _answer_question(turns: Turns, question: Question, request: Request) -> Response:
    takes = (*question.needs, *question.takes)
    # a word that is left out would be answered as if it had been asked
    if strange := request.query_params.keys() - {*takes}:
        raise ConfigError(
            f"{min(strange)[:60]!r} can't be asked for here: {', '.join(takes) or 'nothing'} can"
        )
    asked = pages.read_given(request, takes)
    if missing := [name for name in question.needs if not asked[name]]:
        raise ConfigError(f"{missing[0]}: has to be said")
    return respond(
        request,
        await turns.once(lambda desk: Answer(encode_json(question.answer(desk, asked)), JSON)),
    )


async def _answer_screening(turns: Turns, request: Request) -> Response:
    try:
        asked = msgspec.json.decode(await request.body(), type=records.Asked)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"no names to screen: {error}") from error
    return respond(
        request, await turns.once(partial(_screen_names, asked, request.scope[ASKER].who))
    )


def _screen_names(asked: records.Asked, who: str, desk: ConsoleDesk) -> Answer:
    covered = desk.resting()
    answer = desk.screening(
        screenings.parse_questions("\n".join(asked.names)), desk.lists_of_others
    )
    told = records.ScreeningAnswer(
        results=tuple(records.list_hits(answer.hits)),
        lists=answer.lists,
        summary=tuple(summarize_screening(answer, make_findings(answer))),
        coverage=covered,
        recorded=desk.keep_record(answer, who) if asked.record else 0,
    )
    return Answer(encode_json(told), JSON)


async def _serve_description(request: Request) -> Response:
    return respond(request, Answer(encode_json(describe_api(QUESTIONS)), JSON))
