"""What the press says, and what an official only repeats: never told as law."""

import pytest
from notices import company

from monitor.model import Mentions, Report
from monitor.render.pages import compose_report_headline, list_report_facts, summarize_report

A, B = company("甲公司", "Alpha"), company("乙公司")


def report(kind: str = "press", title: str = "China lists Alpha", **more) -> Report:
    return Report(kind=kind, title=title, **more)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (report(publisher="NPR"), "NPR reports: China lists Alpha"),
        (report(), "The press reports: China lists Alpha"),
        (report("restatement"), "An official repeats: China lists Alpha"),
        (report("restatement", publisher="MOFCOM"), "MOFCOM repeats: China lists Alpha"),
        (report(title=""), "The press reports: a report without a title"),
    ],
)
def test_who_reports_or_repeats_stands_first(said, told):
    assert compose_report_headline(said) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (report(published="2025-10-09"), "Reported on 9 Oct 2025; it changes no law."),
        (report("restatement"), "Repeated; it changes no law."),
        (
            report(
                mentions=Mentions(
                    keys=("uel-2025-10",), registers=("cn-unreliable-entities",), entities=(A, B)
                )
            ),
            (
                "Reported; it mentions UEL Notice No. 10 of 2025, the Unreliable Entity List"
                " (不可靠实体清单) and 2 names; it changes no law."
            ),
        ),
        (
            report(mentions=Mentions(entities=(A,))),
            "Reported; it mentions Alpha; it changes no law.",
        ),
    ],
)
def test_what_it_speaks_of_is_told_and_that_it_changes_no_law(said, told):
    assert summarize_report(said) == told


def test_several_names_are_told_in_their_own_script_and_one_stands_in_the_summary_already():
    assert [
        line.text for line in list_report_facts(report(mentions=Mentions(entities=(A, B))))
    ] == ["甲公司, 乙公司"]
    assert list(list_report_facts(report(mentions=Mentions(entities=(A,))))) == []
