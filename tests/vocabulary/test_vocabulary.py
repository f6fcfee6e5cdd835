import logging
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from monitor import Authority, NamedRegister, vocabulary
from monitor.errors import ConfigError
from monitor.extract.zh.references import references
from monitor.vocabulary.authorities import AUTHORITIES, ISSUERS, Series
from monitor.vocabulary.registers import REGISTERS

CUSTOMS = Authority("sg-customs", "Singapore Customs")
RESTRICTED = NamedRegister("sg-restricted", "Restricted End-User List", "sg-customs", own="限制最终用户名单")


@pytest.mark.parametrize(
    ("authority", "day"),
    [
        ("cn-mofcom", "2025-11-08"),
        ("cn-unreliable-entities", "2025-11-08"),
        ("jp-meti", "2025-11-08"),
        ("gb-fcdo", "2025-11-07"),
        ("un-sc", "2025-11-07"),
        ("", "2025-11-07"),
    ],
)
def test_a_day_is_the_authoritys_own(authority: str, day: str):
    assert vocabulary.today(authority, datetime(2025, 11, 7, 16, 0, tzinfo=UTC)).isoformat() == day


def test_what_is_no_date_is_none():
    assert vocabulary.day("soon", "cn-mofcom") is None
    assert vocabulary.day("2025-04-10T12:01", "us-bis") == date(2025, 4, 10)


def test_every_register_says_what_standing_on_it_means():
    assert [register.code for register in REGISTERS if not register.meaning] == []


@pytest.mark.parametrize(
    ("key", "authority"),
    [("mfa-order-2024-15", "cn-mfa"), ("gb-nte-2025-7", "gb-ecju"), ("sor-2025-12", "ca-gac"), ("fr-2025-12345", "")],
)
def test_the_key_of_an_act_tells_whose_it_is_where_its_series_is_of_one(key: str, authority: str):
    assert vocabulary.issuer(key) == authority


def test_what_is_declared_is_called_and_dated_like_ours_until_something_else_is():
    vocabulary.use((CUSTOMS, RESTRICTED))

    assert vocabulary.authority("sg-customs") == "Singapore Customs"
    assert vocabulary.register("sg-restricted", own=True) == "Restricted End-User List (限制最终用户名单)"
    assert vocabulary.zone("sg-restricted") == ZoneInfo("Asia/Singapore")

    vocabulary.use()

    assert vocabulary.register("sg-restricted") == "sg-restricted"


def test_an_authority_that_is_declared_no_more_has_the_zone_of_its_country_or_a_line_in_the_log(caplog):
    caplog.set_level(logging.WARNING)

    assert vocabulary.zone("sg-gone") == ZoneInfo("Asia/Singapore")
    assert caplog.messages == []
    assert vocabulary.zone("xx-gone") == UTC
    assert "nobody knows the authority 'xx-gone' any more" in caplog.text


@pytest.mark.parametrize(
    ("terms", "complaint"),
    [
        ([Authority("xx-office", "Office")], r"'xx' is no country .*Authority\(\"xx-office\", \"Office\", zone=\"Area/City\"\)"),
        ([Authority("fm-office", "Office")], "'fm' is no country whose time zone is known"),
        ([Authority("sg-office", "Office", zone="Asia/Singapur")], "'Asia/Singapur' is no time zone"),
        ([Authority("sg-office", "Office", zone="Asia")], "'Asia' is no time zone"),
        ([Authority("cn-mofcom", "Commerce")], "'cn-mofcom' is declared twice"),
        ([NamedRegister("xx-list", "List", "xx-office")], "'xx-list' is of 'xx-office', an authority that nobody knows"),
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
    [
        ("mofcom-2025-61", "cn-mofcom"),
        ("uel-2025-10", "cn-mofcom"),
        ("mfa-order-2024-15", "cn-mfa"),
        ("cn-tao-2025-10-11-ab12cd34", "cn-tao"),
        ("nobody-2025-1", ""),
    ],
)
def test_a_key_names_whose_act_it_is(key: str, authority: str):
    assert vocabulary.issuer(key) == authority


def test_every_authority_is_called_something_else():
    names = [authority.name for authority in (*AUTHORITIES, *ISSUERS)]

    assert len(names) == len(set(names))


def test_a_scraper_declares_anew_whom_we_know_by_acts_alone_and_they_stay_known_by_them():
    vocabulary.use([Authority("sg-customs", "Customs of Singapore", phrases=("Circular",))])

    known = vocabulary.current().authorities["sg-customs"]
    assert (known.name, known.phrases, known.signs) == ("Customs of Singapore", ("Circular",), (r"\bSingapore Customs\b",))


@pytest.mark.parametrize(
    ("series", "orders", "beside"),
    [
        ("mofcom", True, "mofcom-order"),
        ("mofcom", False, "mofcom"),
        ("mfa-order", False, "mfa"),
        ("uel", True, ""),
        ("eu", True, ""),
        ("nobody", True, ""),
    ],
)
def test_beside_its_announcements_a_body_numbers_its_orders(series: str, orders: bool, beside: str):
    assert vocabulary.numbered_as(series, orders=orders) == beside


def test_the_orders_of_a_declared_body_are_told_by_their_own_name():
    decrees = Series("tz-decrees", "Test Decree", "测试总局令")
    vocabulary.use((Authority("cn-test", "Test", own=("测试总局",), series=(Series("tz", "Test", "测试总局公告"), decrees)),))

    assert vocabulary.numbered_as("tz", orders=True) == "tz-decrees"
    assert [one.key for one in references("测试总局令2030年第4号、测试总局公告2030年第5号")] == ["tz-decrees-2030-4", "tz-2030-5"]
