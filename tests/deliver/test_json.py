"""A notice as a program reads it: the facts that it is about, and nothing where there is
nothing.
"""

from dataclasses import replace

import pytest
from cases import read_cases
from notices import saturated, saved

from monitor.model import Severity
from monitor.render.alert import compose_alert
from monitor.render.csv_rows import encode_notice


def as_json(name: str, **more: object) -> dict:
    notice = replace(saved(name), **more)
    return encode_notice(notice, compose_alert(notice))


@pytest.mark.parametrize(
    ("name", "has"),
    read_cases(
        """
        act-largest | measures
        press-smallest | title
        edition-smallest | changes
        page-smallest | rewordings
        reminder-smallest | dates
        """
    ),
)
def test_what_a_notice_is_about_is_among_its_facts(name, has):
    assert has in as_json(name)["facts"]


def test_of_what_is_not_there_there_is_no_word():
    bare = as_json("act-smallest", evidence=None, severity=Severity.NORMAL)

    assert (
        not {
            "before",
            "evidence",
            "problem",
            "trouble",
            "touches",
            "severity",
            "repeated",
            "thread",
        }
        & bare.keys()
    )
    assert "facts" not in as_json("recovered-smallest")


def test_what_was_known_before_what_went_wrong_and_whom_it_touches_is_told_whole():
    amended, updated, evidence = (
        as_json("amended-largest"),
        as_json("updated-largest"),
        saved("act-largest").evidence,
    )
    touches = saturated("Acme")[0].touches
    touching = as_json("act-largest", severity=Severity.CRITICAL, repeated=True, touches=touches)

    assert "measures" in amended["before"]
    assert updated["problem"]["kind"]
    assert updated["trouble"]["since"]
    assert [match["entry"] for match in touching["touches"]["found"]] == ["Acme"] * 3
    assert evidence
    assert touching["evidence"]["url"] == evidence.url
    assert (touching["severity"], touching["repeated"]) == ("critical", True)


def test_an_event_is_named_by_its_key_else_by_its_first_act():
    (first, *_) = saved("act-largest").acts

    assert as_json("act-largest", event="cn-mofcom:57")["event"] == "cn-mofcom:57"
    assert as_json("act-largest", event="")["event"] == first.key
    assert "event" not in as_json("problem-smallest", event="")
