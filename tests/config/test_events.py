import re

import pytest
from command import ROOT

from monitor.config.events import CARRIES, Happened, log_event


def in_the_document() -> dict[str, tuple[str, ...]]:
    """The list of docs/operate.md: what is logged, with its fields."""
    section = (
        (ROOT / "docs/operate.md").read_text().partition("\n## Logs\n")[2].partition("\n## ")[0]
    )
    rows = re.findall(r"^- `(\w+)`(?: \(([^)]*)\))?: ", section, re.MULTILINE)
    return {event: tuple(re.findall(r"`(\w+)`", fields)) for event, fields in rows}


def test_the_document_lists_what_is_logged_with_its_fields():
    assert in_the_document() == {
        **{what.value: CARRIES[what] for what in Happened},
        "remark": ("text",),
        "note": ("text",),
    }


@pytest.mark.parametrize("what", Happened)
def test_a_field_that_an_event_does_not_carry_is_not_logged(what: Happened, caplog):
    caplog.set_level("INFO", logger="monitor")
    log_event(what, **dict.fromkeys((*CARRIES[what], "strange"), "a word"))
    (record,) = caplog.records

    assert tuple(record.fields) == CARRIES[what]
