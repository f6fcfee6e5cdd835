"""Whether an authority was read lately enough to say what has not happened."""

from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.clock import format_instant
from monitor.model import LastRead, Problem
from monitor.source.health import Health
from monitor.source.schedule import Freshness
from monitor.source.scraper import Source, source

NOW = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
LONG_AGO = datetime(2025, 11, 7, 9, 0, tzinfo=UTC)


def declared(name: str, authority: str, **more) -> Source:
    def read(page):
        return []

    read.__qualname__ = name
    return source(name=name, authority=authority, url="https://m.example/", every="1 hour", **more)(
        read
    )


ACTS, ENGLISH, CABINET = (
    declared(*of) for of in (("acts", "cn-mofcom"), ("english", "cn-mofcom"), ("cabinet", "cn-gov"))
)
NOTICES = declared("notices", "cn-mofcom")
PRESS = declared("press", "cn-mofcom", kind="press")


def fresh(*read: tuple[Source, datetime | None]) -> Freshness:
    health = {of.id: Health(last_ok=at) for of, at in read}
    return Freshness([of for of, _ in read], health, NOW, timedelta(minutes=30))


@pytest.mark.parametrize(
    ("read", "stale"),
    [
        ([(ACTS, NOW)], None),
        ([(ACTS, NOW - timedelta(hours=3))], None),  # as long as it may be silent
        ([(ACTS, NOW - timedelta(hours=4))], "2026-11-29T05:00:00Z"),
        ([(ACTS, NOW + timedelta(hours=4))], "2026-11-29T13:00:00Z"),  # by a clock that was ahead
        ([(ACTS, LONG_AGO - timedelta(days=9)), (ENGLISH, LONG_AGO)], "2025-11-07T09:00:00Z"),
        ([(ACTS, LONG_AGO), (PRESS, NOW)], "2025-11-07T09:00:00Z"),  # which decides nothing
        ([(ACTS, LONG_AGO), (CABINET, NOW)], "2025-11-07T09:00:00Z"),
    ],
)
def test_an_authority_is_stale_where_none_of_its_sources_of_acts_was_read_lately(
    read, stale: str | None
):
    assert fresh(*read).stale("cn-mofcom") == (stale and LastRead(of="cn-mofcom", at=stale))


@pytest.mark.parametrize(
    ("read", "at"),
    [
        ([(ACTS, LONG_AGO), (ENGLISH, NOW)], "2025-11-07T09:00:00Z"),
        (
            [(ENGLISH, NOW), (NOTICES, LONG_AGO + timedelta(days=9)), (ACTS, LONG_AGO)],
            "2025-11-07T09:00:00Z",
        ),
        # what was never read is the stalest
        ([(ENGLISH, NOW), (NOTICES, LONG_AGO), (ACTS, None)], None),
    ],
)
def test_the_stalest_source_of_an_authority_decides_whatever_was_read_of_the_others(
    read, at: str | None
):
    assert fresh(*read).stale("cn-mofcom") == LastRead(of="cn-mofcom", at=at, source=ACTS.id)
    assert fresh(*read).stale("cn-gacc") == LastRead(of="cn", at=at, source=ACTS.id)


def test_one_that_was_never_read_is_stale_and_so_is_one_without_a_source():
    assert fresh((ACTS, None)).stale("cn-mofcom") == LastRead(of="cn-mofcom")
    assert Freshness([ACTS], {}, NOW, timedelta()).stale("cn-mofcom") == LastRead(of="cn-mofcom")
    assert fresh((ACTS, NOW)).stale("us-bis") == LastRead(of="us-bis", has_source=False)


def test_publishers_of_its_country_stand_in_for_an_authority_without_a_source():
    assert fresh((ACTS, NOW)).stale("cn-gacc") is None
    assert fresh((ACTS, NOW)).last_read("cn-gacc") == LastRead(
        of="cn", at=format_instant(NOW), fresh=True
    )
    assert fresh((ACTS, LONG_AGO)).stale("cn-gacc") == LastRead(of="cn", at="2025-11-07T09:00:00Z")


def test_fresh_sources_of_a_country_are_counted_but_for_those_that_fail():
    some = fresh(
        (ACTS, NOW), (ENGLISH, LONG_AGO), (CABINET, NOW), (declared("list", "us-bis"), NOW)
    )
    failing = {
        **some.health,
        CABINET.id: Health(last_ok=NOW, problem=Problem(kind="server", text="answered 503")),
    }

    assert some.count_fresh("cn-mofcom") == 2
    assert Freshness(some.sources, failing, NOW, some.patience).count_fresh("cn-mofcom") == 1


def test_at_the_end_of_an_earlier_day_what_was_read_since_counts_as_read():
    some = fresh((ACTS, LONG_AGO))

    assert some.at_end_of(date(2025, 11, 6)).stale("cn-mofcom") is None
    assert some.at_end_of(date(2025, 11, 9)).stale("cn-mofcom")
    assert some.at_end_of(date(2030, 1, 1)).now == NOW


def test_a_read_is_the_last_one_for_a_question_about_a_later_day():
    some = fresh((ACTS, NOW))

    assert not some.about(NOW.date()).last_read("cn-mofcom").last
    assert some.about(NOW.date() + timedelta(days=1)).last_read("cn-mofcom").last


def test_as_of_an_earlier_day_no_read_is_later_than_the_end_of_that_day_there():
    then = fresh((ACTS, NOW)).at_end_of(date(2026, 11, 20))

    assert then.last_read("cn-mofcom").at == "2026-11-20T15:59:59Z"
