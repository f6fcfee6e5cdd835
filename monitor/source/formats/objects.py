"""Records that are JSON objects, taken apart by their keys."""

from collections.abc import Mapping
from typing import Any

import msgspec

from monitor.source.page import Shape


def _read_parts(raw: bytes) -> dict[str, tuple[str, ...]]:
    told = msgspec.json.decode(raw, type=dict[str, Any])
    return {
        name: tuple(map(str, value if isinstance(value, list) else [value]))
        for name, value in told.items()
        if value not in (None, "", [], {})
    }


def _rename_parts(raw: bytes, names: Mapping[str, str | None]) -> bytes:
    told = msgspec.json.decode(raw, type=dict[str, Any])
    return msgspec.json.encode(
        {name: value for old, value in told.items() if (name := names.get(old, old)) is not None}
    )


SHAPE = Shape(_read_parts, _rename_parts)
