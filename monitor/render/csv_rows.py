"""The full list of an act or a register's edition as CSV, for the thread of an alert that shows
only its first rows.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from monitor.alert.event import Notice, ToldAct, Trouble
from monitor.config.redact import clean
from monitor.model import Announcement, Edition, Entity, FieldValue, Item, Measure, Severity
from monitor.render.values import Alert

COLUMNS = (
    "change", "register", "id", "name", "name_zh", "aliases", "kind", "country", "role", "parent", "ids", "addresses",
    "codes", "hs", "note", "quote", "starts", "ends", "details",
)  # fmt: skip
# what a spreadsheet would run, after it has made full-width signs narrow (OWASP: CSV injection)
FORMULA = tuple("=+-@＝＋－＠")


def make_file_name(key: str) -> str:
    """Name the file of the message with this key; the name is as unique as the key, for
    searches.
    """
    return f"{re.sub(r'[^A-Za-z0-9._-]+', '_', key)}.csv"


def render_csv(notice: Notice) -> str:
    """Every row, UTF-8 with a mark for spreadsheets; clean; what one would take for a formula
    begins with an apostrophe.
    """
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in _list_rows(notice):
        writer.writerow({name: disarm_cell(value) for name, value in row.items() if value})
    return out.getvalue()


def list_lines(notice: Notice) -> list[str]:
    """Every row as a line of text, clean."""
    return [
        " | ".join(clean(value) for value in row.values() if value) for row in _list_rows(notice)
    ]


def disarm_cell(value: str) -> str:
    """The cell, clean, and no formula: it has no tab, no line's end and no space before its
    first sign.
    """
    value = clean(value)
    return f"'{value}" if value.startswith(FORMULA) else value


def _list_rows(notice: Notice) -> Iterator[dict[str, str]]:
    fact = notice.fact
    if isinstance(fact, Edition):
        for change in fact.changes:
            subject = change.entity or change.item
            details = "; ".join(
                f"{name}: {_join_values(value)}" for name, value in change.details.items()
            )
            edits = "; ".join(
                f"{name}: {_join_values(old)} -> {_join_values(new)}"
                for name, (old, new) in change.fields.items()
            )
            about = {
                "change": change.action,
                "register": fact.register,
                "id": change.id,
                "details": edits or details,
            }
            yield {**(_describe_subject(subject) if subject else {}), **about, "name": change.name}
    if isinstance(fact, Announcement):
        for measure in fact.measures:
            yield from _list_measure_rows(measure)


def _list_measure_rows(measure: Measure) -> Iterator[dict[str, str]]:
    about = {
        "change": str(measure.action),
        "register": measure.register or "",
        "starts": measure.starts.on if measure.starts else "",
        "ends": measure.ends.on if measure.ends else "",
    }
    subjects: tuple[Entity | Item, ...] = (*measure.entities, *measure.items)
    yield from ({**about, **_describe_subject(subject)} for subject in subjects)


def _describe_subject(subject: Entity | Item) -> dict[str, str]:
    names = {"name": subject.names.get("en", ""), "name_zh": subject.names.get("zh", "")}
    if isinstance(subject, Item):
        return {
            **names,
            "codes": " ".join(subject.codes),
            "hs": " ".join(subject.hs),
            "note": subject.note,
            "quote": subject.quote,
        }
    return {
        **names,
        "aliases": "; ".join(subject.aliases),
        "kind": subject.kind,
        "country": subject.country or "",
        "role": subject.role or "",
        "parent": subject.parent or "",
        "ids": "; ".join(f"{name} {value}" for name, value in subject.ids.items()),
        "addresses": "; ".join(subject.addresses),
    }


def _join_values(value: FieldValue) -> str:
    return value if isinstance(value, str) else ", ".join(value)


# A notice as JSON, for whatever reads alerts instead of a person. Pure.


def encode_notice(notice: Notice, alert: Alert) -> dict[str, Any]:
    """The notice as JSON; what is absent is left out."""
    told = notice.body if isinstance(notice.body, ToldAct) else None
    trouble = notice.body if isinstance(notice.body, Trouble) else None
    whole = {
        "at": notice.first_seen,
        "key": notice.key,
        "kind": str(notice.kind),
        "source": notice.source,
        "authority": notice.authority,
        "event": notice.event or (notice.acts[0].key if notice.acts else None),
        "thread": alert.thread,
        "headline": alert.headline,
        "summary": alert.summary,
        "status": list(alert.status),
        "facts": msgspec.to_builtins(notice.fact),
        "before": msgspec.to_builtins(told.before) if told else None,
        "not_read": list(alert.not_read),
        "back_dated": msgspec.to_builtins(told.back_dated) if told else None,
        "evidence": msgspec.to_builtins(notice.evidence),
        "problem": msgspec.to_builtins(notice.problem),
        "trouble": msgspec.to_builtins(trouble),
        "touches": msgspec.to_builtins(notice.touches),
        "severity": notice.severity if notice.severity is not Severity.NORMAL else None,
        "repeated": notice.repeated,
    }
    return {name: value for name, value in whole.items() if value}
