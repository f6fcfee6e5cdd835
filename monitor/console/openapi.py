"""What programs may ask, as OpenAPI 3.1, made of the types of the answers."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, get_type_hints

import msgspec

from monitor.config import VERSION
from monitor.console import records
from monitor.console.answering import JSON, Given
from monitor.console.desk import ConsoleDesk

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


@dataclass(frozen=True, slots=True)
class Question:
    """What can be asked: `needs` has to be said, `takes` may be; the docstring of `answer` tells
    what it gives.
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
        """How it is asked."""
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
    """The whole document."""
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
    """What comes back: the answer, that it is the one that the asker has, or why there is none."""
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
