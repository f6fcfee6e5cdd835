"""The JSON Schema of config.toml for editors, and docs/config.md for people; `python -m
tests.support.config_schema` writes both.

They say what the settings' types, comments and docstrings say.
"""

import json
import re
import typing
from collections.abc import Iterator, Mapping
from enum import StrEnum
from inspect import cleandoc, getsource
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from monitor.config import Config, DestinationSettings
from monitor.config.pages import WAYS as WATCHED
from monitor.config.pages import PageSettings
from monitor.config.settings import OLD_KEYS
from monitor.config.times import (
    DailyTime,
    DayHours,
    Duration,
    Place,
    QuietHours,
    Weekdays,
    WeeklyTime,
    WorkingHours,
)
from monitor.config.variables import Variable
from monitor.deliver import apprise, slack, webhook

ROOT = Path(__file__).parent.parent.parent
FILE = ROOT / "config.schema.json"
DOCUMENT = ROOT / "docs/config.md"
HEAD = """# Settings

Every key of [`config.toml`](../config.toml), which shows those that a deployment sets first. `make schema` writes this page and
[`config.schema.json`](../config.schema.json) for editors. An unknown key is an error that names the nearest one.
"""
NAMED = "#:schema ./config.schema.json"
WAYS = (slack, webhook, apprise)
COMMENTED = re.compile(r"((?:^    # .*\n)+)    (\w+):", re.MULTILINE)  # a key of a table
TABLES = {
    "page": "[[page]]",
    "routes": "[[routes]]",
    "screen_against": "[[screen_against]]",
    "sources": '[sources."…"]',
}
TABLES |= {"destinations": "[destinations.…]", "triage.desks": "[triage.desks.…]"}
UNITS = {"days": 86_400, "minutes": 60, "seconds": 1}
PLAIN = {bool: "boolean", int: "integer", float: "number", str: "string"}
WRITTEN: Mapping[type, dict[str, Any]] = {  # what a setting of this type looks like
    Duration: {
        "pattern": r"^[0-9]+(\.[0-9]+)?\s*(second|minute|hour|day)s?$",
        "examples": ["5 minutes", "2 hours"],
    },
    QuietHours: {
        "pattern": r"^\d\d:\d\d-\d\d:\d\d \S+$",
        "examples": ["22:00-07:00 Asia/Shanghai"],
    },
    WorkingHours: {
        "pattern": r"^[A-Z][a-z]{2}-[A-Z][a-z]{2} \d\d:\d\d-\d\d:\d\d \S+$",
        "examples": ["Mon-Fri 09:00-18:00 Asia/Shanghai"],
    },
    Weekdays: {"pattern": r"^[A-Z][a-z]{2}-[A-Z][a-z]{2}$", "examples": ["Mon-Fri"]},
    DayHours: {"pattern": r"^\d\d:\d\d-\d\d:\d\d$", "examples": ["08:30-17:30"]},
    WeeklyTime: {
        "pattern": r"^[A-Z][a-z]{2} \d\d:\d\d \S+$",
        "examples": ["Mon 09:00 Asia/Shanghai"],
    },
    DailyTime: {"pattern": r"^\d\d:\d\d \S+$", "examples": ["09:00 Asia/Shanghai"]},
    ZoneInfo: {"examples": ["Europe/Berlin", "Asia/Shanghai"]},
    Variable: {
        "description": "The name of a variable of the environment.",
        "examples": ["SLACK_BOT_TOKEN"],
    },
    Place: {"pattern": r"^\S+:\d+$", "examples": ["127.0.0.1:9464"]},
}


def schema() -> dict[str, Any]:
    """The whole schema."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "config.toml of the regulatory monitor",
        **_of_struct(Config, ""),
    }


def text() -> str:
    """The file as it has to be."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def document() -> str:
    """The page as it has to be."""
    return HEAD + "".join(_sections(schema(), ""))


def _sections(table: Mapping[str, Any], path: str) -> Iterator[str]:
    """A table with its keys, then those within it."""
    inner = {
        name: one
        for name, said in table["properties"].items()
        if (one := _table(said)) and name != "busy"
    }
    keys = {
        name: said
        for name, said in table["properties"].items()
        if name not in inner and not said.get("deprecated")
    }
    if keys:
        title = f"`{TABLES.get(path) or f'[{path}]'}`" if path else "Above all tables"
        rows = "".join(
            f"- `{name}`{_default(said)}: {said['description']}\n" for name, said in keys.items()
        )
        about = table.get("description", "").partition(": ")[2]
        yield "\n".join(
            ["", f"## {title}", "", *([about[0].upper() + about[1:], ""] if about else []), rows]
        )
    for name, one in inner.items():
        yield from _sections(one, f"{path}.{name}".lstrip("."))


def _table(said: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The table that a key is, or that each of its parts is like."""
    parts = (said, said.get("items"), said.get("additionalProperties"), *said.get("anyOf", ()))
    return next((part for part in parts if isinstance(part, dict) and "properties" in part), None)


def _default(said: Mapping[str, Any]) -> str:
    return (
        f" = `{json.dumps(said['default'], ensure_ascii=False)}`"
        if said.get("default") not in (None, "")
        else ""
    )


def _of_struct(kind: type[msgspec.Struct], path: str) -> dict[str, Any]:
    """A table: its keys, those that it needs, and no other."""
    fields = list(_fields(kind))
    properties = {field.name: _of_field(field, hint, said, path) for field, hint, said in fields}
    required = [field.name for field, _, _ in fields if field.required]
    about = {"description": " ".join(cleandoc(kind.__doc__ or "").split())} if path else {}
    needed = {"required": required} if required and kind is not DestinationSettings else {}
    one_way = {"oneOf": [{"required": [way]} for way in WATCHED]} if kind is PageSettings else {}
    return {
        **about,
        "type": "object",
        "properties": properties,
        **needed,
        **one_way,
        "additionalProperties": False,
    }


def _fields(kind: type[msgspec.Struct]) -> Iterator[tuple[msgspec.structs.FieldInfo, Any, str]]:
    """The keys of a table with what is said of each; those of a destination are beside those of
    its way out.
    """
    hints = get_type_hints(kind, include_extras=True)
    said = {
        key: " ".join(above.replace("#", " ").split())
        for above, key in COMMENTED.findall(getsource(kind))
    }
    for field in msgspec.structs.fields(kind):
        if kind is DestinationSettings and field.name == "way":
            for way in WAYS:
                yield from _fields(way.Settings)
        else:
            yield field, hints[field.name], said.get(field.name, "")


def _of_field(field: msgspec.structs.FieldInfo, hint: Any, said: str, path: str) -> dict[str, Any]:
    place, default = f"{path}.{field.name}".lstrip("."), field.default
    if isinstance(default, Duration):
        default = _spell(default)
    elif isinstance(default, tuple) and default:
        default = list(default)
    about = {"description": said} if said else {}
    shown = (
        {"default": default}
        if isinstance(default, str | int | float | bool | list)
        and not isinstance(default, Variable)
        else {}
    )
    old = {"deprecated": True, "description": OLD_KEYS[place]} if place in OLD_KEYS else {}
    return {**_of(hint, place), **about, **shown, **old}


def _of(hint: Any, path: str) -> dict[str, Any]:
    """The schema of one type, with its bounds."""
    if get_origin(hint) is typing.Annotated:
        kind, bounds = get_args(hint)
        return {**_of(kind, path), "minimum": bounds.ge, "maximum": bounds.le}
    return _of_type(hint, path)


def _of_type(hint: Any, path: str) -> dict[str, Any]:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is typing.Literal:
        return {"enum": list(inner)}
    if type(None) in inner:
        return _or_empty([_of(part, path) for part in inner if part is not type(None)])
    if inner and origin not in (tuple, dict):
        return {"anyOf": [_of(part, path) for part in inner]}
    if origin is tuple:
        return {"type": "array", "items": _of(inner[0], path)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _of(inner[1], path)}
    return _of_plain(hint, path)


def _of_plain(kind: type, path: str) -> dict[str, Any]:
    if kind in WRITTEN:
        return {"type": "string", **WRITTEN[kind]}
    if issubclass(kind, StrEnum):
        return {"enum": [str(member) for member in kind]}
    if issubclass(kind, msgspec.Struct):
        return _of_struct(kind, path)
    return {"type": PLAIN[kind]}


def _spell(span: Duration) -> str:
    """`90 days`, as a person writes it."""
    seconds = span.total_seconds()
    unit, size = next((unit, size) for unit, size in UNITS.items() if seconds >= size or size == 1)
    number = f"{seconds / size:g}"
    return f"{number} {unit[:-1] if number == '1' else unit}"


def _or_empty(kinds: list[dict[str, Any]]) -> dict[str, Any]:
    """What may be left empty: TOML has no null, and an empty text says that there is none."""
    texts = [kind for kind in kinds if kind.get("type") == "string" and "pattern" not in kind]
    if texts and len(kinds) == 1:
        return kinds[0]
    empty = [] if texts else [{"const": ""}]
    return {"anyOf": [*kinds, *empty]}


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
    DOCUMENT.write_text(document(), encoding="utf-8")
