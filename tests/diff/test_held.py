from datetime import UTC, datetime, timedelta

import pytest

from monitor.diff.held import SHORTLY, Standing, judged
from monitor.model import RowAction, RowChange
from monitor.source.register import Register

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
GONE = RowChange(action=RowAction.REMOVE, id="7", name="Seven Ltd")
CAME = RowChange(action=RowAction.ADD, id="8", name="Eight Ltd")


def register(published: str | None = None) -> Register:
    return Register("us-dhs-uflpa", (), lambda raw: raw, proven=True, published=published)  # type: ignore[arg-type,return-value]


def believed(standing: Standing, *, published: str | None = None, now: datetime = NOW, **how: bool) -> list[str]:
    return [change.id for change in judged(register(published), 100, (GONE, CAME), standing, now, **how).believed]


def held(ago: timedelta) -> Standing:
    return Standing(100, held=frozenset({"7"}), held_since=NOW - ago)


@pytest.mark.parametrize(
    ("ago", "told"),
    [(SHORTLY - SECOND, ["8"]), (SHORTLY, ["7", "8"]), (timedelta(days=-365), ["7", "8"])],
)
def test_a_row_that_was_missing_before_has_gone_once_that_is_long_enough_ago_or_after_a_clock_that_was_set_back(ago, told):
    assert believed(held(ago)) == told


def test_a_row_that_is_missing_for_the_first_time_holds_up_all_that_the_read_brought():
    verdict = judged(register(), 100, (GONE, CAME), Standing(100), NOW)

    assert (verdict.believed, verdict.held, verdict.waits) == ((), (GONE,), True)


@pytest.mark.parametrize(
    ("known", "published", "told"),
    [
        ("2025-10-08", "2025-10-09", ["7", "8"]),
        ("2025-10-09", "2025-10-09", []),
        (None, "2025-10-09", []),
        ("2025-10-09", None, []),
    ],
)
def test_an_edition_that_says_that_it_is_a_later_one_is_believed_at_once(known, published, told):
    assert believed(Standing(100, published=known), published=published) == told


def test_what_a_person_gives_us_is_no_server_that_is_behind():
    assert believed(Standing(100), handed=True) == ["7", "8"]
