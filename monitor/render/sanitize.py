"""A notice whose foreign text can do nothing but be read: controls, direction marks and
invisible characters are gone.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import msgspec

from monitor.alert.notice import Notice
from monitor.config.redact import clean, clean_json

OURS = {"key", "event"}  # of a notice: by them it is found, so they stay as they are


def sanitize_notice(notice: Notice) -> Notice:
    """The same notice, clean."""
    clean_notice: Notice = _sanitized(notice)
    return clean_notice


def _sanitized(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        return msgspec.convert(clean_json(msgspec.to_builtins(value)), type(value))
    if isinstance(value, tuple):
        return tuple(map(_sanitized, value))
    if isinstance(value, Mapping):
        return {key: _sanitized(held) for key, held in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        names = {field.name for field in fields(value)} - (
            OURS if isinstance(value, Notice) else set()
        )
        return replace(value, **{name: _sanitized(getattr(value, name)) for name in names})
    return clean(value) if type(value) is str else value
