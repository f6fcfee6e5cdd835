"""What a message claims of the reader's own list, and never more than is known."""

from acts import control, listing

from monitor.model import Match, ScreeningResult
from monitor.render.screening import headline, lines, none

NOTHING = ScreeningResult(names=212, products=40, listed=3)


def match(subject: str, verdict: str = "match") -> Match:
    return Match(
        kind="exact", score=1, verdict=verdict, reason="the same", entry="Motor", key="m", relation="product", subject=subject
    )


def test_none_is_said_of_as_many_entries_as_each_of_several_acts_was_held_against() -> None:
    some = ScreeningResult(names=2, products=0, listed=1)

    assert none(ScreeningResult.together([NOTHING, some])) == "None of your 2 names is touched by it"
    assert ScreeningResult.together([]) is None


def test_none_is_said_of_what_was_held_and_what_was_not_is_named() -> None:
    result = ScreeningResult.together([NOTHING], unheld=["mofcom-2025-57"])

    assert none(result, ["annex 2 (no file came)", "annex 3"]) == (
        "None of your 212 names and 40 products is touched by it in what could be read"
        " (what could not: annex 2 and 1 more; not held against it: what MOFCOM No. 57 of 2025 listed)"
    )


def test_of_an_act_that_was_not_understood_it_is_not_known() -> None:
    assert none(NOTHING, understood="none") == "Whether it touches your 212 names and 40 products is not known"


def test_an_empty_list_claims_nothing() -> None:
    assert list(lines(ScreeningResult(names=0, products=0, listed=3))) == []


def test_what_may_be_is_never_told_as_what_is() -> None:
    result = ScreeningResult(names=0, products=1, listed=1, found=(match("1C909.a 物项1C909.a", "possible"),))

    assert headline(result, [control(57, "1C909.a")], "x") == ""
    assert [line.text for line in lines(result)] == [
        "None of your 1 product is touched by it; one may be.",
        "May be your product Motor → 1C909.a 物项1C909.a (the same)",
    ]


def test_whom_no_fact_names_is_touched_by_what_the_message_says() -> None:
    result = ScreeningResult(names=0, products=1, listed=1, found=(match("1C909.a 物项1C909.a"),))

    assert headline(result, [control(57, "1C909.a")], "x") == "Your product Motor is under China's export controls"
    assert headline(result, [listing(10, "Dedrone")], "China suspends it") == "Your product Motor is touched: China suspends it"
