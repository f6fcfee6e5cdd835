"""The JSON Schema of what `monitor export` writes as JSON lines; `python -m
tests.support.exports_schema` writes it anew.
"""

import json
from inspect import cleandoc
from pathlib import Path
from typing import Any

import msgspec

from monitor.ask.exports import (
    ExportedAlert,
    ExportedEntity,
    ExportedItem,
    ExportedMeasure,
    FtmEntity,
)
from monitor.ask.unconfirmed import Unconfirmed
from monitor.store.exported import ExportedAct, ExportedRow

EXPORTED = (
    ExportedAct,
    ExportedMeasure,
    ExportedEntity,
    ExportedItem,
    ExportedRow,
    ExportedAlert,
    Unconfirmed,
    FtmEntity,
)
FILE = Path(__file__).parent.parent.parent / "docs/exports.schema.json"
REF = "#/$defs/{name}"


def text() -> str:
    """The file as it has to be."""
    _, defs = msgspec.json.schema_components(EXPORTED, ref_template=REF)
    # Python before 3.13 keeps the indentation of a docstring.
    for kind in defs.values():
        kind["description"] = cleandoc(kind["description"])
    whole: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of monitor export, by its kind",
        "$defs": defs,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
