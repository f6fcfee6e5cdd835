"""The summary of a day: what is well is said only of what was read."""

from dataclasses import replace

from notices import saved

from monitor.alert.notice import Freshness
from monitor.model import Problem
from monitor.render.alert import compose

READ = Freshness("cn_mofcom.announcements", "2025-10-09T08:02:00Z")


def headline(*sources: Freshness) -> str:
    return compose(replace(saved("daily-smallest"), sources=sources)).headline


def test_all_are_well_where_all_were_read() -> None:
    assert headline(READ, replace(READ, source="b")) == "No alert in the last day: all 2 sources are well"


def test_a_source_that_was_never_read_is_not_well() -> None:
    assert headline(READ, Freshness("b", None)) == "No alert in the last day: 1 of 2 sources gives nothing"


def test_a_source_in_trouble_is_not_well() -> None:
    trouble = replace(READ, source="b", problem=Problem(kind="server", text="503"))

    assert headline(READ, trouble) == "No alert in the last day: 1 of 2 sources gives nothing"


def test_without_sources_nothing_is_said_to_be_well() -> None:
    assert headline() == "No alert in the last day: no source is polled"


def test_a_summary_is_shown_beside_the_headlines_of_its_messages() -> None:
    assert not compose(saved("digest-smallest")).is_package
    assert compose(saved("parent-largest")).is_package
