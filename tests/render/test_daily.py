"""The summary of a day: what is well is said only of what was read."""

from dataclasses import replace

from notices import saved

from monitor.alert.notice import Freshness
from monitor.model import Problem
from monitor.render.alert import compose

READ = Freshness("cn_mofcom.announcements", "2025-10-09T08:02:00Z")


def headline(*sources: Freshness) -> str:
    return compose(replace(saved("daily-smallest"), sources=sources)).headline


def summary(*sources: Freshness) -> str:
    return compose(replace(saved("daily-smallest"), sources=sources)).summary


def test_all_are_well_where_all_were_read() -> None:
    assert headline(READ, replace(READ, source="b")) == "No alert in the last day: all 2 sources are well"


def test_a_source_that_was_never_read_is_not_well() -> None:
    assert headline(READ, Freshness("b", None)) == "No alert in the last day: 1 of 2 sources gives nothing"


def test_a_source_in_trouble_is_not_well() -> None:
    trouble = replace(READ, source="b", problem=Problem(kind="server", text="503"))

    assert headline(READ, trouble) == "No alert in the last day: 1 of 2 sources gives nothing"


def test_without_sources_nothing_is_said_to_be_well() -> None:
    assert headline() == "No alert in the last day: no source is polled"


def test_what_was_read_all_day_for_nothing_is_counted_with_how_often() -> None:
    quiet = replace(READ, quiet=True)
    sources = (replace(quiet, pace=301), replace(quiet, pace=86_000), replace(quiet, pace=None), replace(READ, source="b"))

    assert summary(*sources).endswith("3 sources brought nothing new and were read without a gap, every 5 minutes to 1 day.")
    assert summary(quiet).endswith("1 source brought nothing new and was read without a gap.")


def test_of_a_source_in_trouble_or_whose_looks_are_not_on_record_nobody_says_that_it_brought_nothing() -> None:
    trouble = replace(READ, quiet=True, problem=Problem(kind="server", text="503"))

    assert "nothing new" not in summary(READ, trouble)


def test_a_source_that_nobody_looked_at_for_a_while_is_named_with_the_time() -> None:
    gap = ("2025-10-09T02:00:00Z", "2025-10-09T05:10:00Z")
    message = compose(replace(saved("daily-smallest"), sources=(replace(READ, gaps=(gap,)),)))

    assert message.headline == "No alert in the last day: the one source was not read all the while"
    assert [(line.label, line.text) for line in message.facts if "read" in line.label] == [
        ("cn_mofcom.announcements was not read well", "from 9 Oct 2025 02:00 UTC to 9 Oct 2025 05:10 UTC")
    ]


def test_after_a_stop_of_all_one_line_says_of_how_many_and_between_when() -> None:
    gaps = [((f"2025-10-09T02:0{at}:00Z", f"2025-10-09T05:1{at}:00Z"),) for at in range(7)]
    sources = tuple(replace(READ, source=f"a.s{at}", gaps=gap) for at, gap in enumerate(gaps))
    message = compose(replace(saved("daily-smallest"), sources=sources))

    assert message.headline.endswith("7 of 7 sources were not read all the while")
    assert [(line.label, line.text) for line in message.facts if "read" in line.label] == [
        (
            "7 sources were not read well",
            "at times between 9 Oct 2025 02:00 UTC and 9 Oct 2025 05:16 UTC: a.s0, a.s1, a.s2, a.s3, a.s4 and 2 more",
        )
    ]


def test_a_summary_is_shown_beside_the_headlines_of_its_messages() -> None:
    assert not compose(saved("digest-smallest")).is_package
    assert compose(saved("parent-largest")).is_package
