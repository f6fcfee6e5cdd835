"""What is asked of the history, answered as values that need neither the store nor a terminal."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from acts import control, listing
from arrivals import arrive
from editions import poll_removal, roll

from monitor.ask import answers, lines
from monitor.ask.coverage import NEWEST, State, find_gaps, list_sources, load_state
from monitor.ask.knowledge import Knowledge
from monitor.ask.rows import explain_empty
from monitor.ask.standing import make_part_standing, make_period_standing, name_of_row
from monitor.config import load
from monitor.errors import MonitorError
from monitor.model import Announcement, End, Item, to_json
from monitor.source.health import Health
from monitor.source.page import Request
from monitor.source.registry import Registry
from monitor.source.schedule import Freshness
from monitor.source.scraper import At, Busy, Source, source
from monitor.store import History, PollEnds, polls
from monitor.timeline import MeasureQuery, Status

NOW = datetime(2025, 12, 14, 6, 0, tzinfo=UTC)
MAY_OCT = ("May", "Oct")
OLD = Path(__file__).parent.parent / "stores/0.1.0"


def on(history: History, day: str, known_on: date | None = None, **asked: str) -> answers.AsOf:
    return answers.compute_as_of(
        Knowledge(history), date.fromisoformat(day), known_on, MeasureQuery(**asked)
    )


@pytest.mark.parametrize(
    ("day", "status", "says"),
    [
        ("2025-10-20", Status.ANNOUNCED, "mofcom-2025-57"),
        ("2025-11-15", Status.SUSPENDED, "mofcom-2025-70"),
        ("2026-11-11", Status.SUSPENSION_ENDED, "mofcom-2025-70"),
    ],
)
def test_what_a_code_is_under_on_a_day_comes_with_the_act_that_says_so(
    history: History, day: str, status: Status, says: str
):
    (on_day,) = on(history, day, item="1C909").on_day

    assert (on_day.lifecycle.act.key, on_day.span.status) == ("mofcom-2025-57", status)
    assert [cause.act.key for cause in on_day.span.because] == [says]


def test_a_code_is_surely_what_has_it_whatever_stands_beside_it_without_one(tmp_path: Path):
    named = {"1C905.a": "金属镝", "": "镝相关物项"}
    items = tuple(
        Item(names={"zh": name}, codes=tuple(filter(None, (code,)))) for code, name in named.items()
    )
    act = control(57)
    measure = act.measures[0].replace(items=items)
    with History(tmp_path) as history:
        arrive(history, act.replace(measures=(measure,)))
        answer = on(history, "2025-11-15", item="1C905")

    assert [part.lifecycle.items for part in answer.on_day] == [items[:1]]
    assert answers.is_sure(answer.on_day[0].lifecycle, answer.hits)


def test_of_what_a_measure_names_only_that_which_was_asked_for_is_answered(history: History):
    (on_day,) = on(history, "2025-11-15", item="1C909").on_day
    every = on(history, "2025-11-15").on_day

    assert [item.codes for item in on_day.lifecycle.items] == [("1C909.a",)]
    assert [
        len(each.lifecycle.items) for each in every if each.lifecycle.act.key == "mofcom-2025-57"
    ] == [2]


def test_parts_are_answered_in_the_order_of_how_they_stand(history: History):
    assert [each.span.status for each in on(history, "2025-10-20").on_day] == [
        Status.IN_FORCE,
        Status.ANNOUNCED,
    ]


def test_of_parts_that_stand_alike_the_one_that_was_published_first_is_answered_first(
    tmp_path: Path,
):
    with History(tmp_path) as history:
        arrive(
            history,
            listing(10, "Alpha Ltd"),
            listing(99, "Alpha Ltd", published="2025-10-01"),
            listing(11, "Alpha Ltd"),
        )

        found = on(history, "2025-11-15", entity="Alpha Ltd").on_day
    assert [each.lifecycle.act.key for each in found] == [
        "uel-2025-99",
        "uel-2025-10",
        "uel-2025-11",
    ]


def test_what_was_not_known_yet_is_not_answered(history: History):
    assert on(history, "2025-11-15", date(2025, 10, 9)).on_day
    with pytest.raises(
        MonitorError,
        match="8 Oct 2025: nothing was on record by then; the nearest day is 9 Oct 2025",
    ):
        on(history, "2025-11-15", date(2025, 10, 8))


def states(history: History, day: str, known_on: date | None = None) -> set[str]:
    """How all on record stood, where MOFCOM was read on the evening of 14 Dec 2025."""
    mofcom = source(name="acts", authority="cn-mofcom", url="https://m.example/", every="1 hour")(
        lambda page: []
    )
    read = Freshness([mofcom], {mofcom.id: Health(last_ok=NOW)}, NOW, timedelta(hours=1))
    known = Knowledge(history, read)
    answer = answers.compute_as_of(known, date.fromisoformat(day), known_on, MeasureQuery())
    return {make_part_standing(each.lifecycle, each.span).state for each in answer.on_day}


@pytest.mark.parametrize(
    ("day", "known_on", "said"),
    [
        ("2025-12-14", None, "in force"),
        ("2025-12-15", None, "in force, as read by 14 Dec 2025"),
        ("2026-11-30", None, "in force, as read by 14 Dec 2025"),
        ("2025-10-10", date(2025, 10, 10), "in force"),
        ("2025-10-20", date(2025, 10, 10), "in force, as read by 10 Oct 2025"),
    ],
)
def test_a_day_after_the_last_read_is_answered_as_it_was_read_until_then(
    history: History, day: str, known_on: date | None, said: str
):
    assert said in states(history, day, known_on)
    assert not {
        state for state in states(history, day, known_on) if state.startswith("in force")
    } - {said}


def test_what_never_began_says_so_of_the_days_before_it(history: History):
    said = "announced, from 8 Nov 2025 (Beijing), but suspended from 7 Nov 2025 (Beijing)"

    assert said in states(history, "2025-10-20")


def test_an_answer_as_known_on_a_day_says_that_later_reads_are_left_out(history: History):
    said = "as known at the end of 20 Oct 2025: later reads are left out"

    assert said in on(history, "2025-10-20", date(2025, 10, 20)).remarks
    assert said not in on(history, "2025-10-20").remarks


def test_a_day_before_all_that_is_on_record_is_an_error_with_the_nearest(history: History):
    with pytest.raises(
        MonitorError, match="1 Jan 1999: nothing on record is as old; the nearest day is 9 Oct 2025"
    ):
        on(history, "1999-01-01")


async def test_a_row_that_went_later_is_answered_as_it_was_known(desk, ministry, tmp_path: Path):
    await poll_removal(desk, ministry, {"2": "Beta GmbH"})

    with History(tmp_path / "store", read_only=True) as history:
        (then,) = on(history, "2025-10-11", entity="Beta GmbH").periods
        (unaware,) = on(history, "2025-10-12", date(2025, 10, 11), entity="Beta GmbH").periods
        gone = on(history, "2025-10-12", entity="Beta GmbH").periods

        remarks = on(history, "2025-10-12", entity="Beta GmbH").remarks
    assert (then.row, then.gone is not None, unaware.gone, gone) == ("2", True, None, ())
    assert remarks == (
        "Beta GmbH is gone from UN Security Council Consolidated List since 12 Oct 2025",
    )


async def test_that_a_row_is_held_later_was_not_known_before(desk, ministry, tmp_path: Path):
    await poll_removal(desk, ministry, {"2": "Beta GmbH", "3": "Gamma SA"})

    with History(tmp_path / "store", read_only=True) as history:
        (today,) = on(history, "2025-10-12", entity="Beta GmbH").periods
        (unaware,) = on(history, "2025-10-12", date(2025, 10, 11), entity="Beta GmbH").periods

    assert (
        make_period_standing(today, date(2025, 10, 12)).state
        == "listed, but missing since 12 Oct 2025 (New York) without proof that it is gone"
    )
    assert make_period_standing(unaware, date(2025, 10, 12)).state == "listed"


async def test_a_row_on_record_says_since_when_and_whether_it_is_gone(
    desk, ministry, tmp_path: Path
):
    await poll_removal(desk, ministry, {"2": "Beta GmbH"})

    with History(tmp_path / "store", read_only=True) as history:
        (alpha,), (beta,) = (
            on(history, "2025-10-11", entity=name).periods for name in ("Alpha Ltd", "Beta GmbH")
        )
    assert (name_of_row(alpha), alpha.gone) == ("Alpha Ltd", None)
    assert (name_of_row(beta), beta.gone[:10]) == ("Beta GmbH", "2025-10-12")


async def test_a_row_is_found_by_its_name_as_a_screening_finds_it(desk, ministry, tmp_path: Path):
    ministry.publish("roll", roll({"1": "Alpha Ltd", "2": "Beta GmbH"}))
    await desk.poll(source="rolls.roll")

    with History(tmp_path / "store", read_only=True) as history:
        assert [period.row for period in on(history, "2025-10-11", entity="BETA").periods] == ["2"]
        with pytest.raises(MonitorError, match="Gamma: nothing on record is called that"):
            on(history, "2025-10-11", entity="Gamma")


async def test_who_stood_on_a_register_before_it_was_first_read_is_said_to_be_unknown(
    desk, ministry, tmp_path: Path
):
    ministry.publish("roll", roll({"1": "Alpha Ltd"}))
    await desk.poll(source="rolls.roll")

    with History(tmp_path / "store", read_only=True) as history:
        before, after = (on(history, day, entity="Alpha") for day in ("2025-10-01", "2025-10-11"))
        every = on(history, "2025-10-11")
    assert (before.periods, len(after.periods), after.remarks) == ((), 1, ())
    assert before.remarks == (
        (
            "who stood on UN Security Council Consolidated List is not known before 8 Oct 2025,"
            " when it was first read"
        ),
    )
    assert every.remarks == (
        "1 row of registers published whole are answered by --register, --entity and --item",
    )


def test_a_name_and_goods_that_nothing_names_together_are_said_to_be_asked_together(
    history: History,
):
    both = on(history, "2025-11-20", entity="TechInsights", item="1C909")
    alone = on(history, "2025-11-20", entity="TechInsights")

    assert explain_empty(both).startswith("nothing on record that was in force on that day names")
    assert (explain_empty(alone), answers.OF_BOTH in alone.remarks) == ("", False)


def test_an_answer_says_from_when_on_what_is_asked_is_on_record_and_what_holds_for_any_destination(
    three_acts: Path, tmp_path: Path
):
    control = Announcement(
        key="mofcom-2025-1",
        authority="cn-mofcom",
        title="1",
        published="2025-01-01",
        understood="full",
    )
    folder = shutil.copytree(three_acts, tmp_path / "store")
    with History(folder) as history:
        arrive(history, control)

        assert on(history, "2025-02-01", entity="TechInsights").remarks == (
            "what is asked is on record from 9 Oct 2025 on",
        )
        found = on(history, "2025-11-15", destination="JP")
    assert found.remarks[0] == "3 measures name no destination and hold for any"
    assert len(found.on_day) == 3


def test_an_answer_of_a_day_says_that_later_acts_have_a_say_in_it_unless_they_are_left_out(
    history: History,
):
    said = "by acts of after that day too, as known now; --known 2025-10-20 leaves them out"

    assert said in on(history, "2025-10-20", item="1C909.a").remarks
    assert said not in on(history, "2025-10-20", entity="TechInsights").remarks
    assert said not in on(history, "2025-11-15", item="1C909.a").remarks


def test_what_names_the_place_is_answered_before_what_holds_for_any_and_what_ended_only_where_it_names_it(
    tmp_path: Path,
):
    japan, over = (
        act.replace(
            measures=tuple(measure.replace(**more) for measure in act.measures),
        )
        for act, more in (
            (control(90, "1C909.a", published="2025-10-20"), {"destinations": ("JP",)}),
            (control(91, "1C910.a"), {"ends": End(on="2025-11-09", basis="explicit")}),
        )
    )
    with History(tmp_path) as history:
        arrive(history, control(57, "1C909.a"), japan, over)
        found = on(history, "2025-11-15", destination="JP")

    assert [each.lifecycle.act.key for each in found.on_day] == ["mofcom-2025-90", "mofcom-2025-57"]


def test_key_dates_come_with_the_acts_that_they_are_about(history: History):
    found = answers.load_key_dates(Knowledge(history), date(2026, 1, 1), date.max)

    assert [(each.on, each.kind, each.act) for each in found.dates] == [
        ("2026-11-10", "suspension end", "mofcom-2025-70")
    ]
    assert set(found.acts) == {"mofcom-2025-57", "mofcom-2025-70"}
    after = answers.load_key_dates(Knowledge(history), date(2026, 11, 11), date.max)
    assert (after.dates, [(each.on, each.act) for each in after.ran_out]) == (
        (),
        [("2026-11-10", "mofcom-2025-70")],
    )
    assert found.ran_out == ()


@pytest.fixture
def state(tmp_path: Path) -> State:
    """That of a store that has lived, with sources that failed and a register of which rows are
    held.
    """
    place = shutil.copytree(OLD, tmp_path / "old")
    History(place / "store").close()  # whoever writes brings the tables up to date
    with History(place / "store", read_only=True) as opened:
        return load_state(opened, Registry(load(place / "config.toml")).sources, NOW)


def test_the_state_says_of_each_source_what_is_wrong_and_what_is_owed(state: State):
    found = {each.source: each for each in state.sources}
    notices, yearbook, never = (
        found["toy.notices"],
        found["toy.yearbook"],
        found["un_sc.consolidated"],
    )

    assert notices.last_ok == datetime(2025, 12, 13, 9, 10, tzinfo=UTC)
    assert [page.partition(": ")[0] for page in notices.unread] == [
        "http://ministry.example/broken",
        "http://ministry.example/annex-81",
    ]
    assert yearbook.problem
    assert yearbook.problem.kind == "server"
    assert (never.last_ok, never.due, never.problem, never.unread) == (None, NOW, None, ())
    # what is overdue is due now, not in the past
    assert min(each.due for each in state.sources) == NOW


def test_no_source_was_read_later_than_now_though_the_clock_was_ahead_then(tmp_path: Path):
    ahead = declared("ahead")
    with History(tmp_path) as history:
        history(polls.end, [PollEnds(ahead.id, None, NOW + timedelta(days=30), timedelta(hours=1))])

        (state,) = load_state(history, [ahead], NOW).sources
    assert state.last_ok == NOW
    assert state.problem
    assert "the clock was ahead" in state.problem.text
    assert "`monitor run` reads it again by itself" in state.problem.text


def test_the_state_has_the_registers_the_messages_and_the_newest_acts(state: State):
    assert {each.reader: (each.rows, each.held) for each in state.registers} == {
        "rolls.board": (41, 22),
        "rolls.roll": (4, 0),
    }
    assert (state.messages["sent"], state.messages["undeliverable"]) == (78, 1)
    assert len(state.newest) == NEWEST
    assert state.newest[0].key == "mofcom-2025-97"


def as_lines(found: Iterator[object]) -> list[dict]:
    return [json.loads(to_json(each)) for each in found]


def test_a_line_leaves_out_what_there_is_not(history: History):
    (line,) = as_lines(lines.list_as_of_lines(on(history, "2025-10-20", entity="dedrone BY axon")))

    assert list(line) == [
        *("act", "title", "authority", "published", "action", "register", "starts", "entities"),
        *("status", "said", "since", "because", "state", "match"),
    ]
    assert line["because"] == [{"act": "uel-2025-10", "action": "add", "starts": line["starts"]}]


def test_a_line_says_that_an_act_was_not_seen_and_nothing_of_what_it_does(history: History):
    (line,) = [
        line
        for line in as_lines(lines.list_as_of_lines(on(history, "2025-11-15")))
        if line["act"] == "mofcom-2024-9"
    ]

    assert line["act_seen"] is False
    assert "action" not in line
    assert (line["status"], line["until"]) == ("suspended", "2026-11-10")


def test_the_lines_of_a_state_say_never_and_leave_out_what_is_well(state: State):
    found = {
        line["source"]: line for line in as_lines(lines.list_state_lines(state)) if "source" in line
    }

    assert found["un_sc.consolidated"] == {
        "source": "un_sc.consolidated",
        "last_ok": "never",
        "next": "2025-12-14T06:00:00Z",
    }
    assert (
        found["toy.yearbook"]["problem"]
        == "server: ministry.example: answered 500 Internal Server Error"
    )


def test_a_source_is_listed_with_its_pace_in_words():
    quiet = source(
        name="QuietHours", authority="cn-mofcom", url="https://q.example/", every="1 hour"
    )(lambda page: [])
    hours = Busy("Mon-Fri", "08:30-17:30", "Asia/Shanghai", every="1 minute")
    busy = source(
        name="Busy",
        authority="cn-mofcom",
        url=Request("https://b.example/"),
        every="90 seconds",
        busy=hours,
    )

    times = At("Mon-Fri", "08:45 16:15", "America/New_York", every="1 minute")
    punctual = source(
        name="Punctual",
        authority="us-bis",
        url="https://p.example/",
        every="30 minutes",
        busy=hours,
        at=times,
    )

    found = list_sources([quiet, busy(lambda page: []), punctual(lambda page: [])], NOW)

    assert [(each.url, each.every) for each in found] == [
        ("https://q.example/", "60 min"),
        ("https://b.example/", "1.5 min; 1 min Mon-Fri 08:30-17:30 Asia/Shanghai"),
        (
            "https://p.example/",
            (
                "30 min; 1 min Mon-Fri 08:30-17:30 Asia/Shanghai; 1 min from Mon-Fri 08:45 16:15"
                " America/New_York on"
            ),
        ),
    ]


def declared(name: str) -> Source:
    def read(page):
        return []

    read.__qualname__ = name
    return source(name=name, authority="cn-mofcom", url="https://m.example/", every="5 minutes")(
        read
    )


def test_what_may_have_gone_unseen_since_a_day_is_told_of_each_source_the_longest_first(
    tmp_path: Path,
):
    hour, since = timedelta(hours=1), NOW - timedelta(hours=20)
    sources = [declared(name) for name in ("steady", "gap", "late", "never", "gone")]
    with History(tmp_path) as history:

        def look(number: int, *hours_ago: float) -> None:
            for ago in hours_ago:
                at = NOW - ago * hour
                history(
                    polls.end,
                    [PollEnds(sources[number].id, None, at, hour, gap=lambda *_: 2 * hour)],
                )

        look(0, *range(24, -1, -1))
        look(1, *range(24, 15, -1), *range(10, -1, -1))
        look(2, *range(5, -1, -1))
        look(4, 40)
        found = {each.source: each for each in find_gaps(history, sources, since, NOW)}

    assert [[(gap.since, gap.until) for gap in each.gaps] for each in found.values()] == [
        [("2025-12-13T10:00:00Z", "2025-12-14T06:00:00Z")],
        [("2025-12-13T10:00:00Z", "2025-12-14T06:00:00Z")],
        [("2025-12-13T10:00:00Z", "2025-12-14T01:00:00Z")],
        [("2025-12-13T14:00:00Z", "2025-12-13T20:00:00Z")],
        [],
    ]
    assert found[sources[3].id].last_ok == "never"


EDITED = "printed until 9 Oct 2025, no longer on the page, no removal seen with it"


@pytest.mark.parametrize(
    "asked",
    [{"entity": "Teal Optics"}, {"register": "cn-unreliable-entities"}, {"item": "1C909.b"}, {}],
    ids=["name", "register", "code", "all"],
)
def test_what_the_page_of_an_act_prints_no_longer_is_answered(tmp_path: Path, asked):
    with History(tmp_path) as history:
        arrive(history, listing(9, "Delta", published="2025-09-01"))
        arrive(history, control(57, "1C909.a", "1C909.b"), listing(10, "Teal Optics", "Axon"))
        arrive(history, control(57, "1C909.a"), listing(10, "Axon"))
        answer, before = on(history, "2025-11-15", **asked), on(history, "2025-10-01", **asked)

    assert {make_period_standing(period, answer.day).state for period in answer.periods} == {EDITED}
    assert {name_of_row(period) for period in answer.periods} <= {
        "Teal Optics",
        "1C909.b 物项1C909.b",
    }
    assert not before.periods


def test_a_known_day_before_the_edit_has_what_was_printed_then(tmp_path: Path):
    with History(tmp_path) as history:
        arrive(history, listing(10, "Teal Optics", "Axon"))
        with history.tables() as connection:
            connection.exec_driver_sql("UPDATE change SET at = '2025-10-08 00:00:00.000000'")
        arrive(history, listing(10, "Axon"))
        answer = on(history, "2025-11-15", date(2025, 10, 8), entity="Teal Optics")

    assert [one.names["en"] for each in answer.on_day for one in each.lifecycle.entities] == [
        "Teal Optics"
    ]
    assert not answer.periods


def test_what_was_published_by_a_day_and_read_later_is_said_to_be_so(tmp_path: Path):
    with History(tmp_path) as history:
        arrive(history, control(18, "1C905", published="2025-04-04"))
        with history.tables() as connection:
            connection.exec_driver_sql("UPDATE act SET baseline = true")
        early, later = (on(history, "2025-04-04", date(2025, month, 9)) for month in (5, 10))

    said = "published by 9 May 2025, but first read from 9 Oct 2025 on: MOFCOM No. 18 of 2025"
    kept = (f"as known at the end of 9 {month} 2025: later reads are left out" for month in MAY_OCT)
    assert (early.remarks, later.remarks) == ((next(kept), said), (next(kept),))


def test_a_copy_without_a_day_is_said_to_count_from_its_first_read(tmp_path: Path):
    dated = control(18, "1C905")
    bare = dated.measures[0].replace(starts=None)
    copy = dated.replace(published=None, measures=(bare,))
    with History(tmp_path) as history:
        arrive(history, copy)
        answer = on(history, "2027-01-01")

    said = "counts from its first read, for want of a day: MOFCOM No. 18 of 2025"
    assert answer.remarks == (said,)


def test_who_is_asked_for_is_named_first_of_those_alike(tmp_path: Path):
    names = [f"TechInsights {place} Ltd" for place in ("Inc", "Korea", "Poland", "Japan")]
    with History(tmp_path) as history:
        arrive(history, listing(10, *names))
        (found,) = on(history, "2025-11-15", entity="TechInsights Japan").on_day

    assert found.lifecycle.entities[0].names["en"] == "TechInsights Japan Ltd"


def test_the_last_day_of_all_can_be_asked_for():
    assert Freshness((), {}, NOW, timedelta(days=1)).at_end_of(date.max).now == NOW
