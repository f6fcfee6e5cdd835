"""The English of the trade."""

import msgspec
import pytest
from cases import read_cases
from notices import act

from monitor.render import words
from monitor.render.acts import list_act_details


@pytest.mark.parametrize(
    ("seconds", "said"),
    read_cases(
        """
        0.4 | 1 second
        56.9 | 57 seconds
        57 | 1 minute
        100 | 2 minutes
        3419 | 57 minutes
        3420 | 1 hour
        82079 | 23 hours
        82080 | 1 day
        200000 | 2 days
        """
    ),
)
def test_a_duration_is_told_in_the_largest_unit_that_it_all_but_fills(seconds, said):
    assert words.format_rough_duration(seconds) == said


@pytest.mark.parametrize(
    ("clause", "said"),
    read_cases(
        """
        一 | "1"
        一（二） | 1(2)
        十一 | "11"
        第二条 | 第2条
        一、 | "1"
        甲 | 甲
        〇 | 〇
        Annex A | Annex A
        """
    ),
)
def test_the_numerals_of_a_clause_are_figures_and_what_is_none_stays(clause, said):
    assert words.format_mark(clause) == said


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ((), ""),
        (("mofcom-2025-57",), "MOFCOM No. 57 of 2025"),
        (
            ("mofcom-2025-55", "mofcom-2025-56", "mofcom-2025-55", "mofcom-2025-57"),
            "MOFCOM No. 55, 56 and 57 of 2025",
        ),
        (
            ("mofcom-2025-55", "mofcom-2024-46", "uel-2025-3"),
            "MOFCOM No. 55 of 2025, MOFCOM No. 46 of 2024 and UEL Notice No. 3 of 2025",
        ),
        (("mofcom-order-2024-3",), "MOFCOM Order No. 3 of 2024"),
        (("gb-nte-2025-7", "sor-2025-12"), "NTE No. 7 of 2025 and SOR No. 12 of 2025"),
        (("nobody-2025-3",), "nobody-2025-3"),
        (("fr-2025-12345",), "fr-2025-12345"),
        (("abc", "mofcom-2025-57"), "abc and MOFCOM No. 57 of 2025"),
    ],
)
def test_acts_are_named_by_series_number_and_year_and_others_by_their_key(keys, said):
    assert words.name_acts(keys) == said


def test_a_series_that_was_named_already_is_left_out_and_another_is_not():
    keys = ("mofcom-2025-55", "mofcom-2024-46", "mofcom-order-2024-3")

    assert (
        words.name_acts(keys, named="MOFCOM")
        == "No. 55 of 2025, No. 46 of 2024 and MOFCOM Order No. 3 of 2024"
    )


@pytest.mark.parametrize(
    ("key", "number", "title", "said"),
    [
        ("mofcom-2025-57", "商务部公告2025年第57号", "公告", "MOFCOM No. 57 of 2025"),
        ("cn-mofcom-2025-10-09-ab", "商务部令〔2025〕第3号", "公告", "商务部令〔2025〕第3号"),
        ("cn-mofcom-2025-10-09-ab", None, "公告", "公告"),
        ("cn-mofcom-2025-10-09-ab", None, "", "cn-mofcom-2025-10-09-ab"),
        ("fr-2025-12345", "90 FR 1", "Rule", "90 FR 1"),
        ("cn-x-1", None, "长" * 61, f"{'长' * 59}…"),
    ],
)
def test_an_act_is_called_by_its_series_else_by_what_it_calls_itself(key, number, title, said):
    assert (
        words.name_act(msgspec.structs.replace(act(), key=key, number=number, title=title)) == said
    )


@pytest.mark.parametrize(
    ("authority", "register", "said"),
    [
        ("cn-mofcom", "Unreliable Entity List", "China's Unreliable Entity List"),
        ("cn-mofcom", "China's list of names", "China's list of names"),
        ("us-bis", "US Entity List", "the US Entity List"),
        ("gb-ofsi", "UK Sanctions List", "the UK Sanctions List"),
    ],
)
def test_a_register_says_once_whose_it_is(authority, register, said):
    assert words.name_register_of(authority, register) == said


def test_places_and_countries_have_the_names_that_headlines_use():
    assert [
        words.name_country_of(code)
        for code in ("cn-mofcom", "us-bis", "gb-ofsi", "eu", "un-sc", "zz-x")
    ] == [
        "China",
        "US",
        "UK",
        "EU",
        "UN",
        "ZZ",
    ]
    assert [words.name_destination(code) for code in ("US", "JP", "AE")] == [
        "the United States",
        "Japan",
        "the United Arab Emirates",
    ]
    assert (words.get_country_name("JP"), words.get_country_name("ZZ9")) == ("Japan", "ZZ9")


def test_numbers_up_to_twelve_are_words_and_things_have_their_plural():
    assert [words.spell_number(count) for count in (0, 1, 12, 13, 1_300)] == [
        "no",
        "one",
        "twelve",
        "13",
        "1,300",
    ]
    assert [words.format_count(count, "name") for count in (0, 1, 2, 1_300)] == [
        "0 names",
        "1 name",
        "2 names",
        "1,300 names",
    ]
    assert [words.count_entries(count) for count in (1, 2)] == ["1 entry", "2 entries"]


@pytest.mark.parametrize(
    ("number", "title", "issuers"),
    [
        (
            "商务部公告2025年第70号",
            "商务部、海关总署公告2025年第70号 关于稀土",
            "MOFCOM and China Customs",
        ),
        ("商务部海关总署公告2025年第55号", "关于稀土的公告", "MOFCOM and China Customs"),
        (
            None,
            "工业和信息化部 自然资源部令第3号",
            "MIIT and China's Ministry of Natural Resources",
        ),
        ("商务部公告2025年第61号", "商务部公告2025年第61号 海关总署办理", ""),
        ("中华人民共和国海事局公告", "交通运输部海事局公告2026年第1号", ""),
        (None, "Notice No. 5", ""),
    ],
)
def test_all_who_issued_an_act_are_named_by_the_head_of_its_number_or_title(number, title, issuers):
    joint = msgspec.structs.replace(act(title=title), number=number)
    details = {line.label: line.text for line in list_act_details(joint, {})}

    assert details.get("Issued by", "") == issuers
