"""A register as it is published: its day, its number of records, and what it is known by."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from monitor.errors import ErrorKind, LayoutChanged, NotThePage
from monitor.source.page import Register, instant


def register(**more) -> Register:
    return Register("un-sc", (), lambda raw: raw, **more)  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize(
    ("published", "moment"),
    [
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01T09:30:00", datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        ("2026-03-01T09:30:00+08:00", datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=8)))),
        ("1 March 2026", None),
        ("", None),
    ],
)
def test_a_day_begins_in_utc_and_a_moment_keeps_its_offset(published: str, moment: datetime | None):
    told = instant(published)

    assert told == moment
    assert told is None or told.utcoffset() == moment.utcoffset()


@pytest.mark.parametrize("published", [None, "", "2026-03-01", "2026-03-01T09:30:00+08:00"])
def test_a_day_that_is_one_is_kept_and_none_is_none(published: str | None):
    assert (register(published=published).published, register(published=published).remarks) == (published, ())


def test_a_day_that_is_none_is_remarked_beside_what_was_odd_and_left_out():
    told = register(published="yesterday", remarks=("a new column",))

    assert told.published is None
    assert told.remarks == ("a new column", "a day of publication that is no ISO date")


@pytest.mark.parametrize(("declared", "count"), [(None, 1), (1_200, 1_200)])
def test_as_many_records_as_are_declared_are_the_register(declared: int | None, count: int):
    register(declared=declared).refuse_short(count)


@pytest.mark.parametrize("count", [1_199, 1_201])
def test_another_number_than_is_declared_is_not_the_whole(count: int):
    with pytest.raises(NotThePage, match=f"un-sc: declares 1,200 records and has {count:,}") as refused:
        register(declared=1_200).refuse_short(count)
    assert refused.value.kind is ErrorKind.INCOMPLETE


@pytest.mark.parametrize("declared", [None, 0, 5])
def test_not_one_record_is_no_register_whatever_is_declared(declared: int | None):
    with pytest.raises(LayoutChanged, match="un-sc: not one record where the register should be"):
        register(declared=declared).refuse_short(0)
    with pytest.raises(NotThePage, match="declares 0 records and has 1"):
        register(declared=0).refuse_short(1)
