from datetime import UTC, date, datetime

import pytest
from cases import read_cases

from monitor.ask.asking import (
    find_authority,
    find_country,
    find_day,
    find_register,
    parse_country,
    parse_day,
    parse_past_day,
    parse_register,
    suggest_name,
)
from monitor.errors import MonitorError


@pytest.mark.parametrize(
    "text",
    [
        "2025-11-15",
        "15 Nov 2025",
        "15 Nov 2025 (Beijing)",
        "15 Nov 2025 08:00 UTC",
        "November 15, 2025",
        "2025年11月15日",
    ],
)
def test_a_day_is_taken_as_people_and_our_answers_write_it(text: str):
    assert parse_day("DATE", text) == date(2025, 11, 15)


@pytest.mark.parametrize(
    ("text", "near"),
    read_cases(
        """
        2025-02-30 | did you mean 2025-02-28?
        15.11.2025 | did you mean 2025-11-15?
        2025-13-45 | write it as 2025-10-09
        11/12/2025 | did you mean 2025-12-11 or 2025-11-12?
        11/11/2025 | did you mean 2025-11-11?
        soon | write it as 2025-10-09
        11/15/2025 | did you mean 2025-11-15?
        2025-12-00 | did you mean 2025-12-01?
        2025.00.05 | write it as 2025-10-09
        1899/11/15 | write it as 2025-10-09
        1900/11/15 | did you mean 1900-11-15?
        2200/11/15 | write it as 2025-10-09
        """
    ),
)
def test_what_is_no_day_is_an_error_with_the_nearest(text: str, near: str):
    with pytest.raises(MonitorError) as error:
        parse_day("--known", text)

    assert str(error.value) == f"--known: {text!r} is no day; {near}"


def test_today_is_a_day_where_it_is_known_which():
    assert parse_day("DATE", "Today", datetime(2025, 11, 15, 23, tzinfo=UTC)) == date(2025, 11, 15)
    with pytest.raises(MonitorError, match="'today' is no day"):
        parse_day("DATE", "today")


@pytest.mark.parametrize(
    ("text", "parse"), [("Mordor", parse_country), ("uls", parse_register), ("xyz", parse_register)]
)
def test_what_nothing_is_like_has_no_nearest(text, parse):
    with pytest.raises(MonitorError) as error:
        parse(text)

    assert "did you mean" not in str(error.value)


@pytest.mark.parametrize(
    "text", ["cn-unreliable-entities", "unreliable entity list", "不可靠实体清单", "UEL"]
)
def test_a_register_is_known_by_its_code_and_by_its_names(text: str):
    assert parse_register(text) == "cn-unreliable-entities"


def test_a_register_or_a_place_that_nobody_knows_is_an_error_with_the_nearest():
    with pytest.raises(MonitorError, match="did you mean cn-unreliable-entities"):
        parse_register("cn-unreliable-entity")
    with pytest.raises(
        MonitorError, match=r"no place is called 'Japann'; did you mean JP \(Japan\)\?"
    ):
        parse_country("Japann")


@pytest.mark.parametrize(
    ("text", "code"),
    [("us", "US"), ("United States", "US"), ("美国", "US"), ("UK", "GB"), ("EU", "EU")],
)
def test_a_place_is_known_by_its_code_and_in_either_language(text: str, code: str):
    assert parse_country(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("MOFCOM", "cn-mofcom"), ("商务部", "cn-mofcom"), ("us-bis", "us-bis"), ("Nobody", "")],
)
def test_an_authority_is_known_by_its_code_and_by_its_names(text: str, code: str):
    assert find_authority(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "2025-11-15 (Beijing) noon",
        "15 November 2025, 08:00 utc",
        "2025年2月30日",
        "2025年11月15日 是",
        "",
        "2025-1-5",
        "85051110",
    ],
)
def test_what_is_written_as_no_day_is_none(text: str):
    assert find_day(text) is None


def test_what_comes_near_nothing_is_an_error_without_a_guess():
    with pytest.raises(MonitorError) as error:
        parse_register("xqzzk")

    assert str(error.value) == "no register is called 'xqzzk'; `monitor status` lists them"
    assert suggest_name("holmiun", {"holmium": "Ho", "dysprosium": "Dy"}) == "holmium"
    assert suggest_name("xqzzk", ["holmium"]) == ""
    firms = ["Strategy Analytics GmbH Market Research and Consulting", "TechInsights Inc."]
    assert suggest_name("Tech Insight Systems GmbH", firms) == "TechInsights Inc."
    assert suggest_name("Muster GmbH", firms) == ""


def test_what_is_no_name_of_a_register_or_a_place_is_neither():
    assert (find_register("Alpha Ltd"), find_country("Alpha Ltd"), find_authority("")) == (
        "",
        "",
        "",
    )
    assert find_country("日本") == find_country("jp") == "JP"


def test_a_day_from_which_on_is_asked_is_none_that_is_to_come():
    now = datetime(2025, 11, 15, 12, tzinfo=UTC)

    assert parse_past_day("--since", "2025-11-15", now) == date(2025, 11, 15)
    with pytest.raises(MonitorError, match="2025-11-16 is to come; name a day up to 2025-11-15"):
        parse_past_day("--since", "16 Nov 2025", now)
