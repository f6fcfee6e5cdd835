"""Records that are JSON objects, taken apart by their keys."""

from collections.abc import Mapping
from typing import Any

import msgspec

from monitor.source.page import Shape


def _parts(raw: bytes) -> dict[str, tuple[str, ...]]:
    return {name: tuple(_words(value)) for name, value in _object(raw).items() if value not in (None, "", [], {})}


def _object(raw: bytes) -> dict[str, Any]:
    return msgspec.json.decode(raw, type=dict[str, Any])


def _words(value: Any) -> list[str]:
    return [str(part) for part in value] if isinstance(value, list) else [str(value)]


def _reshaped(raw: bytes, names: Mapping[str, str | None]) -> bytes:
    told = {name: value for old, value in _object(raw).items() if (name := names.get(old, old)) is not None}
    return msgspec.json.encode(told)


SHAPE = Shape(_parts, _reshaped)
