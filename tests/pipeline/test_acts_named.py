import pytest
from acts import control, listing

from monitor.pipeline.acts_named import Numbered, acts_named, begins, numbered


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("mofcom-order-2025-6", [Numbered("mofcom-order", 2025, 6)]),
        ("MOFCOM No. 55, 56 and 57 of 2025", [Numbered("mofcom", 2025, number) for number in (55, 56, 57)]),
        ("mofcom order no. 6 of 2025", [Numbered("mofcom-order", 2025, 6)]),
        ("No. 70 of 2025", [Numbered("", 2025, 70)]),
        ("商务部公告2025年第61号", [Numbered("mofcom", 2025, 61)]),
        ("商务部 海关总署公告2025年第57号", [Numbered("mofcom", 2025, 57)]),
        ("不可靠实体清单工作机制〔2025〕10号", [Numbered("uel", 2025, 10)]),
        ("MOFCOM Announcement No. 61 of 2025", [Numbered("mofcom", 2025, 61)]),
        ("TechInsights", []),
        ("28469019", []),
    ],
)
def test_acts_are_known_by_their_numbers_as_acts_and_our_messages_have_them(text: str, acts: list[Numbered]):
    assert numbered(text) == acts


def test_a_number_without_its_series_may_be_of_any():
    acts = [control(10, "1C909"), listing(10, "Dedrone")]

    assert acts_named("No. 10 of 2025", acts) == {"mofcom-2025-10", "uel-2025-10"}
    assert acts_named("UEL Notice No. 10 of 2025", acts) == {"uel-2025-10"}


def test_a_title_is_known_by_enough_of_it_and_by_no_word():
    assert begins("公布对部分中重稀土相关物项实施出口管制的决定", "公布对部分中重稀土相关物项…")
    assert not begins("公布对部分中重稀土相关物项实施出口管制的决定", "稀土")
