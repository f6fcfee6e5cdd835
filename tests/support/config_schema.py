"""The JSON Schema of config.toml, by which editors complete and check it; `python -m tests.support.config_schema` writes it anew.

It says what the settings' own types say; the words are those of config.toml's comments and of the settings' docstrings.
"""

import json
import re
import typing
from collections.abc import Iterator, Mapping
from enum import StrEnum
from inspect import cleandoc
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from monitor.config import Config, DestinationSettings
from monitor.config.pages import WAYS as WATCHED
from monitor.config.pages import PageSettings
from monitor.config.times import DailyTime, DayHours, Duration, Place, QuietHours, Weekdays, WeeklyTime, WorkingHours
from monitor.config.variables import Variable
from monitor.deliver import apprise, slack, webhook

ROOT = Path(__file__).parent.parent.parent
FILE = ROOT / "config.schema.json"
NAMED = "#:schema ./config.schema.json"
WAYS = (slack, webhook, apprise)
TABLE = re.compile(r"(?:# )?\[+([\w.\"-]+)\]+\s*(?:#.*)?")
KEY = re.compile(r"(?:# )?(\w+) = .*?(?:\s{2,}# (.*))?")
PLAIN = {bool: "boolean", int: "integer", float: "number", str: "string"}
WRITTEN: Mapping[type, dict[str, Any]] = {  # what a setting of this type looks like
    Duration: {"pattern": r"^[0-9]+(\.[0-9]+)?\s*(second|minute|hour|day)s?$", "examples": ["5 minutes", "2 hours"]},
    QuietHours: {"pattern": r"^\d\d:\d\d-\d\d:\d\d \S+$", "examples": ["22:00-07:00 Asia/Shanghai"]},
    WorkingHours: {
        "pattern": r"^[A-Z][a-z]{2}-[A-Z][a-z]{2} \d\d:\d\d-\d\d:\d\d \S+$",
        "examples": ["Mon-Fri 09:00-18:00 Asia/Shanghai"],
    },
    Weekdays: {"pattern": r"^[A-Z][a-z]{2}-[A-Z][a-z]{2}$", "examples": ["Mon-Fri"]},
    DayHours: {"pattern": r"^\d\d:\d\d-\d\d:\d\d$", "examples": ["08:30-17:30"]},
    WeeklyTime: {"pattern": r"^[A-Z][a-z]{2} \d\d:\d\d \S+$", "examples": ["Mon 09:00 Asia/Shanghai"]},
    DailyTime: {"pattern": r"^\d\d:\d\d \S+$", "examples": ["09:00 Asia/Shanghai"]},
    ZoneInfo: {"examples": ["Europe/Berlin", "Asia/Shanghai"]},
    Variable: {"description": "The name of a variable of the environment.", "examples": ["SLACK_BOT_TOKEN"]},
    Place: {"pattern": r"^\S+:\d+$", "examples": ["127.0.0.1:9464"]},
}


def schema() -> dict[str, Any]:
    """The whole schema."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "config.toml of the regulatory monitor",
        **_of_struct(Config, comments(), ""),
    }


def text() -> str:
    """The file as it has to be."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def comments() -> dict[str, str]:
    """What config.toml says of each key, by the table that it stands in: `fetch.deadline`."""
    said: dict[str, str] = {}
    table, above = "", list[str]()
    for line in (ROOT / "config.toml").read_text(encoding="utf-8").splitlines():
        if head := TABLE.fullmatch(line):
            table, above = head[1].partition(".")[0], []
        elif key := KEY.fullmatch(line):
            words = key[2] or (" ".join(above) if not line.startswith("#") else "")
            if words:
                said.setdefault(f"{table}.{key[1]}".lstrip("."), words[0].upper() + words[1:])
            above = []
        else:
            above = [*above, line.lstrip("# ")] if line.startswith("#") else []
    return said


def _of_struct(kind: type[msgspec.Struct], said: Mapping[str, str], path: str) -> dict[str, Any]:
    """A table: its keys, those that it needs, and no other."""
    fields = list(_fields(kind))
    properties = {field.name: _of_field(field, hints, said, path) for field, hints in fields}
    required = [field.name for field, _ in fields if field.required]
    about = {"description": " ".join(cleandoc(kind.__doc__ or "").split())} if path else {}
    needed = {"required": required} if required and kind is not DestinationSettings else {}
    one_way = {"oneOf": [{"required": [way]} for way in WATCHED]} if kind is PageSettings else {}
    return {**about, "type": "object", "properties": properties, **needed, **one_way, "additionalProperties": False}


def _fields(kind: type[msgspec.Struct]) -> Iterator[tuple[msgspec.structs.FieldInfo, Any]]:
    """The keys of a table; those of a destination are beside those of its way out."""
    hints = get_type_hints(kind, include_extras=True)
    for field in msgspec.structs.fields(kind):
        if kind is DestinationSettings and field.name == "way":
            for way in WAYS:
                yield from _fields(way.Settings)
        else:
            yield field, hints[field.name]


def _of_field(field: msgspec.structs.FieldInfo, hint: Any, said: Mapping[str, str], path: str) -> dict[str, Any]:
    place = f"{path}.{field.name}".lstrip(".")
    about = {"description": said[place]} if place in said else {}
    default = field.default
    shown = {"default": default} if isinstance(default, str | int | float | bool) and not isinstance(default, Variable) else {}
    return {**_of(hint, said, place), **about, **shown}


def _of(hint: Any, said: Mapping[str, str], path: str) -> dict[str, Any]:
    """The schema of one type, with its bounds."""
    if get_origin(hint) is typing.Annotated:
        kind, bounds = get_args(hint)
        return {**_of(kind, said, path), "minimum": bounds.ge, "maximum": bounds.le}
    return _of_type(hint, said, path)


def _of_type(hint: Any, said: Mapping[str, str], path: str) -> dict[str, Any]:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is typing.Literal:
        return {"enum": list(inner)}
    if type(None) in inner:
        return _or_empty([_of(part, said, path) for part in inner if part is not type(None)])
    if inner and origin not in (tuple, dict):
        return {"anyOf": [_of(part, said, path) for part in inner]}
    if origin is tuple:
        return {"type": "array", "items": _of(inner[0], said, path)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _of(inner[1], said, path)}
    return _of_plain(hint, said, path)


def _of_plain(kind: type, said: Mapping[str, str], path: str) -> dict[str, Any]:
    if kind in WRITTEN:
        return {"type": "string", **WRITTEN[kind]}
    if issubclass(kind, StrEnum):
        return {"enum": [str(member) for member in kind]}
    if issubclass(kind, msgspec.Struct):
        return _of_struct(kind, said, path)
    return {"type": PLAIN[kind]}


def _or_empty(kinds: list[dict[str, Any]]) -> dict[str, Any]:
    """What may be left empty: TOML has no null, and an empty text says that there is none."""
    texts = [kind for kind in kinds if kind.get("type") == "string" and "pattern" not in kind]
    if texts and len(kinds) == 1:
        return kinds[0]
    empty = [] if texts else [{"const": ""}]
    return {"anyOf": [*kinds, *empty]}


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
