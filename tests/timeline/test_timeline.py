from datetime import UTC, date, datetime, timedelta

import msgspec
from acts import control, suspension
from statutes import SEEN, act, measure, on_day, timeline

from monitor.model import Announcement, LastRead
from monitor.timeline import Reading, Sighting, Timeline, list_known


def test_a_clock_time_is_a_day_of_the_authority():
    late = measure("add", starts="2025-04-09T23:30-04:00")

    assert on_day([act("a", late, published="2025-04-09")], "a", "2025-04-10") == [("", "in force")]
    assert on_day(
        [act("b", late, published="2025-04-09", authority="us-bis")], "b", "2025-04-09"
    ) == [("", "in force")]


def test_an_act_without_any_day_counts_from_the_day_on_which_we_saw_it():
    acts = [act("a", measure("restrict"), published=None)]

    assert on_day(acts, "a", "2025-10-08") == []
    assert on_day(acts, "a", "2025-10-09") == [("", "in force")]


def sighting(
    first: Announcement, at: datetime, *later: tuple[Announcement, datetime], baseline: bool = False
) -> Sighting:
    return Sighting(
        (Reading(at, first), *(Reading(moment, each) for each, moment in later)), baseline
    )


def test_what_was_known_on_a_day_ends_with_that_day_in_the_authoritys_zone():
    midnight = datetime(2025, 11, 7, 15, 59, tzinfo=UTC)  # 23:59 in Beijing
    seen = [
        sighting(suspension(70, "mofcom-2025-57"), midnight),
        sighting(control(57, "1C909.a"), SEEN),
    ]
    later = [sighting(suspension(70, "mofcom-2025-57"), midnight + timedelta(minutes=2))]

    assert len(list_known(seen, date(2025, 11, 7))) == 2
    assert list_known(later, date(2025, 11, 7)) == []


def test_an_act_that_was_there_before_we_were_counts_as_known_from_its_publication():
    old = control(18, "1C902.a", published="2025-04-04")

    assert list_known([sighting(old, SEEN, baseline=True)], date(2025, 5, 1)) == [(old, SEEN)]
    assert list_known([sighting(old, SEEN)], date(2025, 5, 1)) == []


def test_an_act_that_was_there_before_we_were_was_not_known_before_it_was_published():
    old = control(18, "1C902.a", published="2025-04-04")
    undated = msgspec.structs.replace(old, published=None)

    assert list_known([sighting(old, SEEN, baseline=True)], date(2025, 4, 4)) == [(old, SEEN)]
    assert list_known([sighting(old, SEEN, baseline=True)], date(2025, 4, 3)) == []
    assert list_known([sighting(undated, SEEN, baseline=True)], date(2025, 10, 8)) == []


def test_of_all_that_is_in_force_on_a_day_what_begins_or_ends_on_it_is_told_and_nothing_that_is_over():
    line = timeline(
        act("a", measure("restrict", starts="2025-11-10", ends="2025-12-31")),
        act("b", measure("restrict", starts="2025-12-31")),
        act(
            "s",
            measure("suspend", "b", starts="2026-02-01", ends="2026-02-28"),
            published="2026-02-01",
        ),
    )

    def told(day: str) -> list[tuple[str, str]]:
        found = line.on(date.fromisoformat(day))
        return sorted((each.lifecycle.act.key, str(each.span.status)) for each in found)

    assert told("2025-10-31") == []
    assert told("2025-11-01") == [("a", "announced"), ("b", "announced")]
    assert told("2025-12-31") == [("a", "in force"), ("b", "in force")]
    assert told("2026-01-01") == [("b", "in force")]
    assert told("2026-02-28") == [("b", "suspended")]
    assert told("2026-03-01") == [("b", "suspension ended")]


def test_what_changes_an_act_that_nobody_has_found_is_told_beside_what_stands_by_itself():
    line = timeline(
        act("a", measure("restrict", starts="2025-11-10")),
        act("s", measure("suspend", "a", starts="2025-12-01"), published="2025-12-01"),
        act("x", measure("amend", "nobody-has-seen", starts="2025-12-01"), published="2025-12-01"),
        act("b", measure("replace", "a", starts="2026-01-01"), published="2026-01-01"),
    )

    assert {each.lifecycle.act.key for each in line.on(date(2025, 12, 1))} == {"a", "x"}
    assert {each.lifecycle.act.key for each in line.on(date(2026, 1, 1))} == {"x", "b"}
    assert [each.act.key for each in line.own if each.measure.action == "suspend"] == []


def test_the_same_act_seen_twice_is_one():
    both = Timeline([(control(57, "1C909.a"), SEEN), (control(57, "1C910.a"), SEEN)])

    assert [lifecycle.items[0].codes for lifecycle in both.lifecycles] == [("1C910.a",)]


def test_a_reading_counts_from_the_end_of_the_day_on_which_it_was_made_until_there_is_another():
    before, after = (
        control(57, "1C909.a", published="2025-10-01"),
        control(57, "1C910.a", published="2025-10-01"),
    )
    seen = sighting(before, SEEN, (after, SEEN + timedelta(days=2)), baseline=True)

    days = [
        date(2025, 9, 30),
        date(2025, 10, 1),
        date(2025, 10, 9),
        date(2025, 10, 10),
        date(2025, 10, 11),
    ]
    assert [seen.on(day) for day in days] == [None, before, before, before, after]
    assert (seen.now, seen.first_seen) == (after, SEEN)


def test_how_something_stands_carries_the_last_read_of_who_might_have_changed_it_once_that_was_before_the_day():
    old, never = LastRead(of="cn-mofcom", at="2025-11-07T08:00:00Z"), LastRead(of="cn-mfa")
    reads = {
        "cn-mofcom": old,
        "us-bis": LastRead(of="us-bis", at=old.at, fresh=True),
        "cn-mfa": never,
    }
    own = timeline(
        act("old", measure("add")),
        act("fresh", measure("add"), authority="us-bis"),
        act("never", measure("add"), authority="cn-mfa"),
        act("ended", measure("add", ends="2025-11-08")),
        act("gone", measure("add")),
        act("repeals", measure("repeal", "gone", starts="2025-11-08")),
    )
    law = own.as_seen(reads.__getitem__)
    on = {
        day: {
            each.lifecycle.act.key: each.span.unseen_since for each in law.on(date(2025, 11, day))
        }
        for day in (7, 8)
    }
    (ended,), (gone,) = law.of_act("ended"), law.of_act("gone")

    assert on[7] == {"old": None, "fresh": None, "never": never, "ended": None, "gone": None}
    assert on[8] == {"old": old, "fresh": None, "never": never, "ended": old}
    # it may have been extended, and nobody would have seen it
    assert ended.on(date(2025, 11, 9)).unseen_since is old
    assert gone.on(date(2025, 11, 9)).unseen_since is None
    assert own.as_seen(reads.__getitem__) is law  # made once
    assert own.as_seen(lambda code: LastRead(of=code, fresh=True)) is own
