from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from each import for_each
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from monitor.diff.parts import diff_parts, explain_noise, strip_noise
from monitor.model import Excerpt, Part

TEXTS = st.lists(
    st.sampled_from(["alpha", "beta", "gamma and more", "delta", "epsilon", "第一条", "第二条"]),
    max_size=12,
)


def page(*texts: str, **more) -> Excerpt:
    return Excerpt(page="page:x", parts=tuple(Part(text=text) for text in texts), **more)


def rows(*pairs: tuple[str, str], **more) -> Excerpt:
    return Excerpt(
        page="page:x", parts=tuple(Part(id=name, text=text) for name, text in pairs), **more
    )


def sides(moves) -> list[tuple[str, str]]:
    return [
        (move.before.text if move.before else "", move.after.text if move.after else "")
        for move in moves
    ]


@given(TEXTS, st.randoms())
@examples(200)
def test_order_means_nothing(texts: list[str], dice):
    shuffled = list(texts)
    dice.shuffle(shuffled)
    assert diff_parts(page(*texts), page(*shuffled)) == []


@given(TEXTS, TEXTS)
@examples(300)
def test_what_moved_makes_the_one_page_of_the_other(old: list[str], new: list[str]):
    moves = diff_parts(page(*old), page(*new))
    gone = Counter(move.before.text for move in moves if move.before)
    came = Counter(move.after.text for move in moves if move.after)
    assert Counter(old) - gone + came == Counter(new)
    assert not gone & came


@given(TEXTS, TEXTS)
@examples(100)
def test_there_and_back_the_same_parts_move(old: list[str], new: list[str]):
    there, back = (
        sides(diff_parts(page(*old), page(*new))),
        sides(diff_parts(page(*new), page(*old))),
    )
    assert Counter(side for pair in there for side in pair if side) == Counter(
        side for pair in back for side in pair if side
    )


def test_parts_that_were_reworded_and_changed_places_are_known_by_what_they_say():
    before = page("Heading", "The fee is 100 euros", "Ships leave on Monday mornings")
    after = page("Heading", "Ships leave on Tuesday mornings", "The fee is 120 euros")

    assert sorted(sides(diff_parts(before, after))) == [
        ("Ships leave on Monday mornings", "Ships leave on Tuesday mornings"),
        ("The fee is 100 euros", "The fee is 120 euros"),
    ]


def test_a_counter_that_went_on_is_known_by_its_label_though_another_part_has_more_of_its_letters():
    before, after = page("Page views: 9"), page("Page prices: 9", "Page views: 1,024,111")

    assert sides(diff_parts(before, after)) == [
        ("", "Page prices: 9"),
        ("Page views: 9", "Page views: 1,024,111"),
    ]


def test_another_text_at_the_same_place_is_another_wording_of_it():
    assert sides(diff_parts(page("Heading", "plum"), page("Heading", "gooseberry"))) == [
        ("plum", "gooseberry")
    ]


@pytest.mark.parametrize(
    ("before", "after", "is_one"),
    [
        ("Buy umbrellas now", "Coffee of the hills", True),
        ("The fee is 100 euros", "The fee is 120 euros", False),
        ("", "new", False),
    ],
)
def test_another_text_in_the_place_of_one_is_an_exchange_another_wording_is_none(
    before: str, after: str, is_one: bool
):
    (move,) = diff_parts(page(*filter(None, ["Heading", before])), page("Heading", after))
    assert move.is_exchange is is_one


def test_what_is_reworded_out_of_likeness_is_known_by_the_heading_that_it_stands_below():
    before = page("Minerals", "plum", "Ships", "fig")
    after = page("Minerals", "gooseberry", "Ships", "cathode")

    assert sides(diff_parts(before, after)) == [("plum", "gooseberry"), ("fig", "cathode")]
    turned = page("Ships", "cathode", "Minerals", "gooseberry")
    assert sides(diff_parts(before, turned)) == [("fig", "cathode"), ("plum", "gooseberry")]
    assert [move.place for move in diff_parts(before, after)] == [
        move.place for move in diff_parts(page("Minerals", "Ships"), after)
    ]


def test_what_stands_below_a_heading_whose_figure_moved_is_known_by_it_wherever_both_are():
    before = page("Minerals: 3 entries", "plum", "Ships: 4 entries", "fig")
    minerals, ships = ("Minerals: 5 entries", "gooseberry"), ("Ships: 6 entries", "cathode")

    for after in (page(*minerals, *ships), page(*ships, *minerals)):
        assert {("plum", "gooseberry"), ("fig", "cathode")} < {*sides(diff_parts(before, after))}


def test_what_stands_below_a_heading_that_was_reworded_is_known_by_the_one_above_it():
    moves = diff_parts(
        page("Lead", "Minerals and metals are restricted", "plum"),
        page("Lead", "Minerals and metals are not restricted", "gooseberry"),
    )

    assert ("plum", "gooseberry") in sides(moves)
    assert len({move.place for move in moves}) == 1


def test_a_part_that_is_doubled_is_told_once():
    assert sides(diff_parts(page("a"), page("a", "a"))) == [("", "a")]


def test_a_row_is_known_by_its_id_whatever_it_says():
    assert sides(
        diff_parts(rows(("7", "Alpha | May")), rows(("8", "Beta"), ("7", "Gamma | July")))
    ) == [
        ("", "Beta"),
        ("Alpha | May", "Gamma | July"),
    ]


def test_a_row_has_a_place_of_its_own_wherever_it_stands():
    first, second = diff_parts(
        rows(("7", "Alpha"), ("8", "Beta")), rows(("7", "Gamma"), ("8", "Delta"))
    )
    (again,) = diff_parts(
        rows(("8", "Delta"), ("7", "Gamma")), rows(("8", "Delta"), ("7", "Epsilon"))
    )

    assert first.place == again.place != second.place


def test_what_leaves_a_window_is_not_gone():
    assert diff_parts(rows(("1", "a"), ("2", "b")), rows(("2", "b"), window=True)) == []


@pytest.mark.parametrize(("parts", "told"), [(200, "sheet 1 of iron"), (201, "sheet 201 of iron")])
def test_the_wordings_of_a_page_of_which_too_many_moved_are_not_held_together(
    parts: int, told: str
):
    numbers = range(1, parts + 1)
    before = page(*(f"sheet {number} of iron" for number in numbers))
    after = page(*(f"sheet {number} of irons" for number in reversed(numbers)))

    assert {new: old for old, new in sides(diff_parts(before, after))}["sheet 1 of irons"] == told


NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
BEFORE = NOW - timedelta(days=1)
NOISE = [  # (before, after, why)
    ("Page views: 1,024", "Page views: 1,031", "a counter"),
    ("You are visitor 88213", "You are visitor 88290", "a counter"),
    ("12 users online", "9 users online", "a counter"),
    ("访问量：20391", "访问量：20400", "a counter"),
    ("浏览次数: 88", "浏览次数: 91", "a counter"),
    ("您是第 10023 位访客", "您是第 10054 位访客", "a counter"),
    ("閲覧数 5,021", "閲覧数 5,030", "a counter"),
    ("조회수 412", "조회수 433", "a counter"),
    ("Downloads: 7", "Downloads: 8", "a counter"),
    ("Besucher: 5.021", "Besucher: 5.022", "a counter"),
    (
        "Last updated: 25 November 2026 10:31",
        "Last updated: 26 November 2026 08:02",
        "when the page was made",
    ),
    ("Last modified 2026-11-25", "Last modified 2026-11-26", "when the page was made"),
    (
        "Page generated on Nov 25, 2026 at 10:31:07 UTC",
        "Page generated on Nov 26, 2026 at 08:00:01 UTC",
        "when the page was made",
    ),
    ("更新时间：2026年11月25日 10:31", "更新时间：2026年11月26日 08:00", "when the page was made"),
    ("今天是2026年11月25日 星期三", "今天是2026年11月26日 星期四", "when the page was made"),
    ("最終更新日：2026年11月25日", "最終更新日：2026年11月26日", "when the page was made"),
    ("Server time 10:31:07", "Server time 10:41:12", "when the page was made"),
    (
        "Letzte Aktualisierung: 25.11.2026",
        "Letzte Aktualisierung: 26.11.2026",
        "when the page was made",
    ),
    ("Wednesday, November 25, 2026", "Thursday, November 26, 2026", "a clock"),
    ("10:31:07", "10:41:12", "a clock"),
    ("Request ID: 8f3a9c01d2e4", "Request ID: 11b2c3d4e5f6", "the mark of a visit"),
    ("Your IP address: 203.0.113.7", "Your IP address: 203.0.113.99", "the mark of a visit"),
    ("Session ID 9b1c4e7a2f", "Session ID 0a8d3f6b1c", "the mark of a visit"),
    ("This page has been viewed 5 times", "This page has been viewed 6 times", "a counter"),
    ("Total visits 5,021 since 2020", "Total visits 5,033 since 2020", "a counter"),
    ("© 2025 Ministry of Trade", "© 2026 Ministry of Trade", ""),
    ("浏览量20391", "浏览量20400", "a counter"),
    ("20391人次", "20400人次", "a counter"),
    ("Views :: 12", "Views :: 13", "a counter"),
    ("12 :: views", "13 :: views", "a counter"),
    ("2026-11-25", "2026-11-26", "a clock"),
    ("10:11:07", "10:12:12", "a clock"),
    ("26 November 2026", "27 November 2026", "a clock"),  # where they live it is tomorrow already
    ("24 November 2026", "25 November 2026", "a clock"),
]
NEWS = [  # (before, after)
    ("The fee is 100 euros", "The fee is 120 euros"),
    ("Licences are needed from 1 May 2026", "Licences are needed from 1 June 2026"),
    ("Effective date | 2025-11-10", "Effective date | 2026-11-10"),
    ("2025年11月10日", "2026年3月1日"),
    (
        "The Entity List was last updated on 3 March 2026",
        "The Entity List was last updated on 5 April 2026",
    ),
    ("Applications close 25 November 2026", "Applications close 26 November 2026"),
    (
        "14 entities were added, see the page for visitors",
        "15 entities were added, see the page for visitors",
    ),
    ("ECCN 3A001", "ECCN 3A002"),
    ("HS 280530", "HS 280540"),
    ("SHA-256: 8f3a9c01d2e4f5a6", "SHA-256: 11b2c3d4e5f6a7b8"),
    ("Regulation (EU) 2021/821", "Regulation (EU) 2024/821"),
    ("商务部公告2025年第61号", "商务部公告2025年第62号"),
    ("共列入14家实体", "共列入15家实体"),
    ("Quota: 5,000 tonnes", "Quota: 6,000 tonnes"),
    ("Version 3.2 of the list", "Version 3.3 of the list"),
    ("Holds 500 shares of the company", "Holds 600 shares of the company"),
    ("Telephone 555 1234", "Telephone 555 1235"),
    (
        "The minister made 3 visits to the region and met 40 firms of it in all",
        "The minister made 4 visits to the region and met 40 firms of it in all",
    ),
    ("Updated: exports of gallium need a licence", "Updated: exports of gallium need no licence"),
    ("Last updated 2026-11-25; 14 entities", "Last updated 2026-11-26; 15 entities"),
    ("Case number 2026-00117 is open", "Case number 2026-00118 is open"),
    ("Opening hours 09:00", "Opening hours 10:00"),
    ("列入 3 家", "列入 4 家"),
    ("3 reviews of licences were opened", "4 reviews of licences were opened"),
    ("Written views within 14 days", "Written views within 21 days"),
    ("14 views were received", "15 views were received"),
    ("Apply online within 5 days", "Apply online within 10 days"),
    ("Standard 2026-11-25", "Standard 2026-11-26"),
    ("Entity List (updated 3 March 2026)", "Entity List (updated 5 April 2026)"),
    ("Session 2026-2027", "Session 2027-2028"),
    ("Support number 18005551234", "Support number 18005551235"),
    ("Copyright Act 2025", "Copyright Act 2026"),
    ("09:00", "10:00"),
    ("本次访问3天", "本次访问4天"),
    ("Views ::: 12", "Views ::: 13"),
    ("Views on 5", "Views on 6"),
    ("Views by 5 of", "Views by 6 of"),
    ("Closed", "26 November 2026"),
    ("25 November 2026, 14", "26 November 2026, 15"),
    ("Last updated 2026-11-25: 14", "Last updated 2026-11-26: 14, 15"),
    ("25 November 2026 | 14", "26 November 2026 | 14"),
    ("8 | 25 November 2026", "8 | 26 November 2026"),
    ("今日起列入3家", "今日起列入4家"),
]


@for_each(("before", "after", "why"), NOISE)
def test_noise_is_known_by_its_structure(before: str, after: str, why: str):
    assert explain_noise(before, after, BEFORE, NOW)
    assert not why or explain_noise(before, after, BEFORE, NOW) == why


@for_each(("before", "after"), NEWS)
def test_news_is_never_taken_for_noise(before: str, after: str):
    assert explain_noise(before, after, BEFORE, NOW) == ""
    assert explain_noise(after, before, BEFORE, NOW) == ""


def test_a_day_that_does_not_keep_up_with_ours_is_no_clock():
    assert explain_noise("1 May 2026", "2 May 2026", BEFORE, NOW) == ""


@pytest.mark.parametrize(
    ("month", "name"),
    [
        *enumerate(
            (
                "January",
                "Feb",
                "March",
                "Apr",
                "May",
                "June",
                "July",
                "Aug",
                "Sept",
                "October",
                "Nov",
                "Dec",
            ),
            1,
        ),
        (1, "Januar"),
        (3, "März"),
        (5, "Mai"),
        (10, "Oktober"),
        (12, "Dezember"),
    ],
)
def test_a_clock_is_known_in_every_month(month: int, name: str):
    today = datetime(2026, month, 16, 8, 0, tzinfo=UTC)

    assert (
        explain_noise(f"15 {name} 2026", f"16 {name} 2026", today - timedelta(days=1), today)
        == "a clock"
    )
    assert (
        explain_noise(f"12 {name} 2026", f"13 {name} 2026", today - timedelta(days=1), today) == ""
    )


def test_a_day_is_no_clock_where_it_is_not_known_when_the_page_was_read_before():
    assert explain_noise("25 November 2026", "26 November 2026", None, NOW) == ""


@pytest.mark.parametrize(("length", "is_noise"), [(160, True), (161, False)])
def test_a_long_part_says_more_than_a_counter(length: int, is_noise: bool):
    before, after = (f"Page views: {count}".ljust(length, ".") for count in (1024, 1031))

    assert bool(explain_noise(before, after, BEFORE, NOW)) is is_noise


@given(
    st.integers(0, 10**7),
    st.integers(0, 10**7),
    st.sampled_from(["Views: {}", "浏览次数：{}", "{} visitors", "조회수 {}"]),
)
@examples(60)
def test_whatever_a_counter_counts_it_is_noise(one: int, other: int, form: str):
    assert strip_noise(form.format(one)) == strip_noise(form.format(other))
