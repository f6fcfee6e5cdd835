"""The OpenAPI of the console: what can be asked, and what every answer is made of, as the types themselves say it. Pure."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from monitor.config import VERSION
from monitor.console import records
from monitor.console.question import Question

REF = "#/components/schemas/{name}"
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
}


def document(questions: Iterable[Question], screen: str, evidence: str) -> dict[str, Any]:
    """The whole document, OpenAPI 3.1."""
    asked = tuple(questions)
    types = [*(question.gives for question in asked), records.Problem, records.Asked, records.ScreeningAnswer]
    schemas, components = msgspec.json.schema_components(types, ref_template=REF)
    *gives, problem, body, screened = schemas
    paths = {
        _plain(question.path): {"get": _get(question, schema, problem)} for question, schema in zip(asked, gives, strict=True)
    }
    paths[screen] = {"post": _post(body, screened, problem)}
    paths[evidence] = {"get": _bytes(problem)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Regulatory monitor",
            "version": VERSION,
            "description": "What is in force, what changed, whom it touches. Each answer says what it rests on (`coverage`).",
        },
        "paths": paths,
        "components": {"schemas": components},
    }


def _plain(path: str) -> str:
    return path.replace(":path}", "}")


def _get(question: Question, schema: Any, problem: Any) -> dict[str, Any]:
    return {
        "summary": question.about,
        "operationId": "".join(part.title() for part in _plain(question.path).replace("{", "").replace("}", "").split("/")[3:]),
        "parameters": list(_parameters(question)),
        "responses": _responses("The answer", "application/json", schema, problem),
    }


def _parameters(question: Question) -> Iterator[dict[str, Any]]:
    for name in question.in_path:
        yield _parameter(name, "path", required=True)
    for name in question.needs:
        yield _parameter(name, "query", required=True)
    for name in question.takes:
        yield _parameter(name, "query", required=False)


def _parameter(name: str, where: str, *, required: bool) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 1, "maximum": 1_000} if name == "limit" else {"type": "string"}
    return {"name": name, "in": where, "required": required, "description": SAID[name], "schema": schema}


def _responses(about: str, kind: str, schema: Any, problem: Any) -> dict[str, Any]:
    return {
        "200": {"description": about, "content": {kind: {"schema": schema}}},
        "304": {"description": "The answer is the one whose ETag was sent as If-None-Match"},
        "default": {"description": "Why there is none", "content": {"application/json": {"schema": problem}, "text/plain": {}}},
    }


def _post(body: Any, screened: Any, problem: Any) -> dict[str, Any]:
    return {
        "summary": "Hold names against the watch list and all on record; nothing of it is kept",
        "operationId": "Screen",
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": _responses("What was found", "application/json", screened, problem),
    }


def _bytes(problem: Any) -> dict[str, Any]:
    return {
        "summary": "The bytes of a page that something on record rests on, as they came",
        "operationId": "Evidence",
        "parameters": [_parameter("sha256", "path", required=True)],
        "responses": _responses("The bytes", "application/octet-stream", {"type": "string", "format": "binary"}, problem),
    }
