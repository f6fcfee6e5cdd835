import logging
import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from cases import read_cases
from hypothesis import given
from hypothesis import strategies as st

from monitor import Authority, NamedRegister, vocabulary
from monitor.document import read_text
from monitor.errors import ConfigError
from monitor.extract import understand
from monitor.extract.en import places
from monitor.extract.zh.lines import make_line
from monitor.extract.zh.references import find_references
from monitor.names import words
from monitor.names.forms import TABLE
from monitor.source.formats import nationalities
from monitor.vocabulary import countries
from monitor.vocabulary.authorities import AUTHORITIES, ISSUERS, Series
from monitor.vocabulary.forms import (
    ABBREVIATED,
    BEHIND_ABBREVIATED,
    ENDING,
    FORM_OR_CAPITALS,
    NOT_BEHIND_ABBREVIATED,
    SUFFIX,
    is_ending,
)
from monitor.vocabulary.letters import (
    EAST_ASIAN,
    HAN,
    SPACELESS_RANGE,
    WIDE_RANGE,
    bare,
    folded,
)
from monitor.vocabulary.registers import REGISTERS

CUSTOMS = Authority("sg-customs", "Singapore Customs")
RESTRICTED = NamedRegister(
    "sg-restricted", "Restricted End-User List", "sg-customs", own="限制最终用户名单"
)


@pytest.mark.parametrize(
    ("authority", "day"),
    read_cases(
        """
        cn-mofcom | 2025-11-08
        cn-unreliable-entities | 2025-11-08
        jp-meti | 2025-11-08
        gb-fcdo | 2025-11-07
        un-sc | 2025-11-07
        "" | 2025-11-07
        """
    ),
)
def test_a_day_is_the_authoritys_own(authority: str, day: str):
    assert vocabulary.today(authority, datetime(2025, 11, 7, 16, 0, tzinfo=UTC)).isoformat() == day


def test_what_is_no_date_is_none():
    assert vocabulary.day("soon", "cn-mofcom") is None
    assert vocabulary.day("2025-04-10T12:01", "us-bis") == date(2025, 4, 10)


def test_every_register_says_what_standing_on_it_means():
    assert [register.code for register in REGISTERS if not register.meaning] == []


@pytest.mark.parametrize(
    ("code", "dated"),
    read_cases(
        """
        cn-unreliable-entities | rules of 19 Sep 2020
        cn-export-control-entities | in force since 1 Dec 2024
        cn-watch-list | in force since 1 Dec 2024
        cn-countermeasures | law of 10 Jun 2021
        cn-tao-separatists | statement of 5 Nov 2021
        """
    ),
)
def test_a_list_of_which_each_act_states_its_own_measures_says_its_rules_with_their_date(
    code: str, dated: str
):
    meaning = vocabulary.meaning(code)

    assert dated in meaning
    assert re.search(r"Each \w+ (?:states|gives) its own measures\.$", meaning)


@pytest.mark.parametrize(
    ("key", "authority"),
    [
        ("mfa-order-2024-15", "cn-mfa"),
        ("gb-nte-2025-7", "gb-ecju"),
        ("sor-2025-12", "ca-gac"),
        ("fr-2025-12345", ""),
    ],
)
def test_the_key_of_an_act_tells_whose_it_is_where_its_series_is_of_one(key: str, authority: str):
    assert vocabulary.issuer(key) == authority


def test_what_is_declared_is_called_and_dated_like_ours_until_something_else_is():
    vocabulary.use((CUSTOMS, RESTRICTED))

    assert vocabulary.authority("sg-customs") == "Singapore Customs"
    assert (
        vocabulary.register("sg-restricted", own=True)
        == "Restricted End-User List (限制最终用户名单)"
    )
    assert vocabulary.zone("sg-restricted") == ZoneInfo("Asia/Singapore")

    vocabulary.use()

    assert vocabulary.register("sg-restricted") == "sg-restricted"


def test_an_authority_that_is_declared_no_more_has_the_zone_of_its_country_or_a_line_in_the_log(
    caplog,
):
    caplog.set_level(logging.WARNING)

    assert vocabulary.zone("sg-gone") == ZoneInfo("Asia/Singapore")
    assert caplog.messages == []
    assert vocabulary.zone("xx-gone") == UTC
    assert "nobody knows the authority 'xx-gone' any more" in caplog.text


@pytest.mark.parametrize(
    ("terms", "complaint"),
    [
        (
            [Authority("xx-office", "Office")],
            r"'xx' is no country .*Authority\(\"xx-office\", \"Office\", zone=\"Area/City\"\)",
        ),
        ([Authority("fm-office", "Office")], "'fm' is no country whose time zone is known"),
        (
            [Authority("sg-office", "Office", zone="Asia/Singapur")],
            "'Asia/Singapur' is no time zone",
        ),
        ([Authority("sg-office", "Office", zone="Asia")], "'Asia' is no time zone"),
        ([Authority("cn-mofcom", "Commerce")], "'cn-mofcom' is declared twice"),
        (
            [NamedRegister("xx-list", "List", "xx-office")],
            "'xx-list' is of 'xx-office', an authority that nobody knows",
        ),
    ],
)
def test_what_cannot_be_declared_is_refused_and_what_was_known_stays(terms, complaint: str):
    vocabulary.use((CUSTOMS,))

    with pytest.raises(ConfigError, match=complaint):
        vocabulary.use(terms)

    assert vocabulary.authority("sg-customs") == "Singapore Customs"


def test_a_country_of_many_zones_is_known_where_the_authority_says_which():
    vocabulary.use([Authority("fm-office", "Office", zone="Pacific/Pohnpei")])

    assert vocabulary.zone("fm-office") == ZoneInfo("Pacific/Pohnpei")


@pytest.mark.parametrize(
    ("key", "authority"),
    read_cases(
        """
        mofcom-2025-61 | cn-mofcom
        uel-2025-10 | cn-mofcom
        mfa-order-2024-15 | cn-mfa
        cn-tao-2025-10-11-ab12cd34 | cn-tao
        nobody-2025-1 | ""
        """
    ),
)
def test_a_key_names_whose_act_it_is(key: str, authority: str):
    assert vocabulary.issuer(key) == authority


def test_every_authority_is_called_something_else():
    names = [authority.name for authority in (*AUTHORITIES, *ISSUERS)]

    assert len(names) == len(set(names))


def test_a_scraper_declares_anew_whom_we_know_by_acts_alone_and_they_stay_known_by_them():
    [signs] = [issuer.signs for issuer in ISSUERS if issuer.code == "sg-customs"]
    vocabulary.use([Authority("sg-customs", "Customs of Singapore", phrases=("Circular",))])

    known = vocabulary.current().authorities["sg-customs"]
    assert (known.name, known.phrases, known.signs) == (
        "Customs of Singapore",
        ("Circular",),
        signs,
    )
    assert "Singapore Customs" in signs[0]


@pytest.mark.parametrize(
    ("series", "orders", "beside"),
    read_cases(
        """
        mofcom | True | mofcom-order
        mofcom | False | mofcom
        mfa-order | False | mfa
        uel | True | ""
        eu | True | ""
        nobody | True | ""
        """
    ),
)
def test_beside_its_announcements_a_body_numbers_its_orders(series: str, orders: bool, beside: str):
    assert vocabulary.numbered_as(series, orders=orders) == beside


def test_the_orders_of_a_declared_body_are_told_by_their_own_name():
    decrees = Series("tz-decrees", "Test Decree", "测试总局令")
    vocabulary.use(
        (
            Authority(
                "cn-test",
                "Test",
                own=("测试总局",),
                series=(Series("tz", "Test", "测试总局公告"), decrees),
            ),
        )
    )

    assert vocabulary.numbered_as("tz", orders=True) == "tz-decrees"
    assert [
        one.key for one in find_references("测试总局令2030年第4号、测试总局公告2030年第5号")
    ] == [
        "tz-decrees-2030-4",
        "tz-2030-5",
    ]


def test_a_body_declared_in_traditional_characters_numbers_its_acts_in_both_languages():
    series = Series("mo-test", "Test", "測試發展局公告")
    vocabulary.use((Authority("mo-test", "Test Bureau", own=("測試發展局",), series=(series,)),))

    chinese = "測試發展局公告2030年第4號暫停實施"
    english = understand(
        read_text("Notice No. 4 of 2030\nThe Test Bureau adds Acme Ltd to the Entity List."),
        url="https://test.example/4",
        authority="mo-test",
    )

    assert [one.key for one in find_references(make_line(chinese).text)] == ["mo-test-2030-4"]
    assert [fact.key for fact in english] == ["mo-test-2030-4"]


def test_a_name_is_the_same_in_any_width_case_and_punctuation():
    assert bare("ＡＣＭＥ　Co., Ltd.") == bare("Acme Co Ltd") == "acmecoltd"
    assert bare("阿尔法（上海）公司") == "阿尔法上海公司"


def test_a_text_is_the_same_in_any_width_case_and_spacing_but_not_in_other_punctuation():
    assert folded("ＡＣＭＥ　Co.,\nLtd.") == folded("Acme  Co., Ltd.") == "ACME CO., LTD."
    assert folded("Acme Co Ltd") != folded("Acme Co., Ltd.")


@given(st.text())
def test_what_was_folded_is_letters_and_digits_alone(name: str):
    assert all(letter.isalnum() for letter in bare(name))


@pytest.mark.parametrize(
    ("text", "han", "eastern"), [("商务部", True, True), ("カナ", False, True), ("Ж", False, False)]
)
def test_chinese_characters_are_told_from_other_scripts(text: str, han: bool, eastern: bool):
    assert (bool(HAN.search(text)), bool(EAST_ASIAN.search(text))) == (han, eastern)


def test_a_range_that_has_others_in_it_has_all_that_they_have():
    wide, spaceless = (re.compile(f"[{each}]") for each in (WIDE_RANGE, SPACELESS_RANGE))
    every = "".join(filter(HAN.match, map(chr, range(0x10000))))

    assert (every[0], every[-1], len(every)) == ("㐀", "\u9fff", 0x9FFF - 0x3400 + 1)
    assert all(spaceless.match(each) and wide.match(each) for each in every)
    assert all(wide.match(each) for each in "カｶひ（，。Ａ㈱　〇")
    assert not any(wide.match(each) for each in "a é(")
    assert not spaceless.match("（")


@pytest.mark.parametrize(
    ("name", "language", "code"),
    read_cases(
        """
        Burma | en | MM
        Côte d'Ivoire | en | CI
        阿联酋 | zh | AE
        日本 | zh | JP
        イラン | ja | IR
        """
    ),
)
def test_a_country_has_its_code_by_what_cldr_and_the_trade_call_it(
    name: str, language: str, code: str
):
    assert countries.spelt(language)[name] == code


@pytest.mark.parametrize(
    ("country", "zone"),
    read_cases(
        """
        cn | Asia/Shanghai
        ch | Europe/Zurich
        sg | Asia/Singapore
        eu | Europe/Brussels
        fm | ""
        xx | ""
        """
    ),
)
def test_a_country_counts_its_days_where_its_capital_is_or_it_is_not_known_where(
    country: str, zone: str
):
    assert countries.zone_of(country) == zone


def test_those_of_a_country_are_called_in_one_way_wherever_that_is_read():
    assert countries.demonyms()["New Zealander"] == nationalities.country("New Zealander") == "NZ"
    assert (
        places.nation("Norwegian firms"),
        nationalities.country("norwegian"),
        words.find_place("Norwegian"),
    ) == (
        "NO",
        "NO",
        "no",
    )


def test_of_a_firm_less_is_enough_than_of_a_person():
    assert (
        places.nation("Korean"),
        words.find_place("Korean"),
        nationalities.country("Korean"),
    ) == ("KR", "kr", None)


def test_firms_call_countries_in_ways_of_their_own():
    assert {words.find_place(name) for name in ("Deutschland", "Nippon", "Italia")} == {
        "de",
        "jp",
        "it",
    }


@pytest.mark.parametrize("code", ["zz", "xa", "uk", "001"])
def test_what_is_no_country_has_no_name(code: str):
    assert countries.name(code) == ""


@pytest.mark.parametrize("text", ["Inc", "Inc.", "L.L.C.", "LLC", "S.A.", "S.p.A.", "S. de R.L."])
def test_a_legal_form_is_one_with_and_without_its_points(text: str):
    assert is_ending(text)


@pytest.mark.parametrize("text", ["Acme", "Incs", "Beijing", "", "Co., of Ningbo"])
def test_other_words_are_none(text: str):
    assert not is_ending(text)


def test_a_name_goes_on_over_the_commas_of_its_forms():
    name = re.compile(rf"[^,]+(?:, ?(?:{ENDING})+)*", re.IGNORECASE)

    assert name.match("ACME CO., LTD., 5 Main Street")[0] == "ACME CO., LTD."


@pytest.mark.parametrize(
    "name", ["ACME LTD", "Acme Ltd", "ACME S. DE R.L.", "Acme GmbH", "ACME GMBH"]
)
def test_a_form_is_known_as_it_is_printed_and_in_capitals(name: str):
    assert re.search(rf"\s{FORM_OR_CAPITALS}[.]?$", name)


@pytest.mark.parametrize("words", ["known as", "the co", "limited to", "As-Sahab", "AS-SAHAB"])
def test_words_that_are_spelt_as_one_are_none(words: str):
    assert not re.search(rf"\b{FORM_OR_CAPITALS}", words, re.IGNORECASE)


@pytest.mark.parametrize("end", ["Ltd", "LTD", "Pte", "S.A", "S.p.A", "L.L.C", "Jr"])
def test_the_full_stop_of_a_name_is_its_own(end: str):
    assert re.search(rf"{ABBREVIATED}$", f"Acme {end}")


@pytest.mark.parametrize("end", ["Limited", "GmbH", "LLC", "Widgets", "disco"])
def test_behind_other_words_it_ends_the_sentence(end: str):
    assert not re.search(rf"{ABBREVIATED}$", f"Acme {end}")


def test_a_look_behind_tells_whose_full_stop_it_is():
    text = "Acme Co. Ltd. and Zeta Corp. of Disco. In Tula."

    assert re.split(rf"{NOT_BEHIND_ABBREVIATED}[.]\s", text) == [
        "Acme Co. Ltd. and Zeta Corp. of Disco",
        "In Tula.",
    ]
    assert re.split(rf"{BEHIND_ABBREVIATED}\s", text) == [
        "Acme Co.",
        "Ltd.",
        "and Zeta Corp.",
        "of Disco. In Tula.",
    ]


def test_what_follows_a_persons_name_is_no_legal_form():
    assert re.fullmatch(SUFFIX, "III")
    assert not is_ending("III")


def test_no_form_stands_twice_in_the_table():
    ways = [
        way.strip("^*.").casefold().replace("-", " ")
        for line in TABLE.split("\n")
        for way in line.partition(": ")[2].split("; ")
    ]

    assert sorted(set(ways) - {""}) == sorted(way for way in ways if way)


@pytest.mark.parametrize(
    ("keeper", "register"),
    [("cn-mfa", "cn-countermeasures"), ("ch", "ch-seco"), ("cn-mofcom", None), ("us", None)],
)
def test_only_who_keeps_one_list_of_names_means_it(keeper: str, register: str | None) -> None:
    assert vocabulary.find_only_list(keeper) == register
