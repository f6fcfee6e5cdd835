"""A register from its bytes to the outbox: a real server, a real database, a toy register in two
forms.
"""

import gc
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from acts import listing
from editions import PEOPLE, board, changes, crowd, firms, roll

from monitor.alert.event import NoticeKind
from monitor.errors import ConfigError, StoreError
from monitor.fetch.body import IN_MEMORY
from monitor.source.scraper import Source
from monitor.store import ALERTS, OPS, registers


async def read(desk, ministry, name: str, *bodies: str, **poll) -> list:
    """Publish one of these after the other in a register, and poll it each time; what failed at
    the last.
    """
    for body in bodies:
        ministry.publish(name, body)
        failures = await desk.poll(source=f"rolls.{name}", **poll)
    return failures


async def stood(desk, reader: str, moment: datetime | None = None) -> set[str]:
    """The ids of the records that stood in a register, now or at a moment."""
    return {
        row.row
        for row in await desk.pipeline.history(
            registers.list_records_on, reader, moment or desk.clock.now()
        )
    }


async def test_the_first_read_of_a_register_is_a_baseline(desk, ministry):
    assert await read(desk, ministry, "roll", roll(PEOPLE)) == []
    assert await desk.notices() == []
    assert await stood(desk, "rolls.roll") == set(PEOPLE)


async def test_one_edition_is_one_alert_with_all_that_came_went_and_changed(desk, ministry):
    await read(
        desk,
        ministry,
        "roll",
        roll(PEOPLE),
        roll({"1": "Alpha Ltd", "2": "Beta AG", "4": "Delta Oy"}, "2025-10-10"),
    )

    assert await changes(desk) == [
        [("add", "4", "Delta Oy"), ("remove", "3", "Gamma SA"), ("amend", "2", "Beta AG")],
    ]
    (notice,) = await desk.notices()
    assert notice.fact.changes[2].fields == {"name": ("Beta GmbH", "Beta AG")}
    assert (notice.fact.before, notice.fact.rows, notice.fact.published) == (
        3,
        3,
        "2025-10-10",
    )


async def test_a_record_that_its_reader_falls_over_is_a_failure_of_the_source_at_the_first_read_too(
    desk, ministry
):
    (failure,) = await read(desk, ministry, "board", board([*firms(3), "Stumble"]))

    assert (failure.kind, str(failure).partition(": ")[2]) == (
        "reader",
        "rolls.board failed: AttributeError: no country",
    )


async def test_bytes_that_moved_without_a_word_are_no_news(desk, ministry):
    await read(
        desk,
        ministry,
        "roll",
        roll(PEOPLE),
        roll({key: f"  {PEOPLE[key].upper()} " for key in ("3", "1", "2")}, "2025-10-10"),
    )

    assert await desk.notices() == []


async def test_a_register_that_is_cut_moves_nothing_and_is_a_failure_of_its_source(desk, ministry):
    failures = await read(desk, ministry, "roll", roll(PEOPLE), roll({"1": "Alpha Ltd"}, end=""))

    assert [failure.kind for failure in failures] == ["truncated"]
    assert await stood(desk, "rolls.roll") == set(PEOPLE)


@pytest.mark.parametrize(
    ("spoilt", "kind"),
    [
        ("?tablissements B?ta", "question-marks"),
        ("Ã‰tablissements BÃªta", "encoded-twice"),
    ],
)
async def test_a_register_that_lost_its_letters_moves_nothing_and_none_of_them_is_news_when_they_are_back(
    desk, ministry, spoilt: str, kind: str
):
    whole = {"1": "Alpha Ltd", "2": "Établissements Bêta"}
    assert [
        failure.kind
        for failure in await read(
            desk,
            ministry,
            "roll",
            roll(whole),
            roll({"1": "Alpha Ltd", "2": spoilt}, "2025-10-10"),
        )
    ] == [kind]
    assert await read(desk, ministry, "roll", roll(whole, "2025-10-11")) == []
    assert await desk.notices() == []


async def test_an_older_edition_served_again_removes_nobody(desk, ministry):
    assert [
        failure.kind
        for failure in await read(
            desk,
            ministry,
            "roll",
            roll(PEOPLE, "2025-10-09"),
            roll({"1": "Alpha Ltd"}, "2025-09-01"),
        )
    ] == ["older"]
    assert await desk.notices() == []


async def test_a_register_proven_whole_is_believed_up_to_a_quarter_of_its_rows(desk, ministry):
    await read(desk, ministry, "roll", roll(crowd(1_000)), roll(crowd(750), "2025-10-10"))

    assert len((await changes(desk))[0]) == 250


async def test_more_than_a_quarter_gone_of_a_register_proven_whole_is_held_until_a_read_ten_minutes_later_agrees(
    desk, ministry
):
    await read(desk, ministry, "roll", roll(crowd(1_000)))
    ministry.publish("roll", roll(crowd(749), "2025-10-10"))
    for _ in range(2):
        await desk.poll(source="rolls.roll", after=timedelta(minutes=5))
    (asked,) = await desk.notices(OPS)
    before = await changes(desk)
    await desk.poll(source="rolls.roll", after=timedelta(minutes=5))

    assert before == []
    assert (
        asked.problem.text
        == "251 of 1,000 rows of the UN Security Council Consolidated List are missing since"
        " 2025-10-09, though the page is whole by its form. A second read 10 minutes later confirms"
        " that they were removed; `monitor poll --release rolls.roll` confirms it now"
    )
    assert len((await changes(desk))[0]) == 251


async def test_rows_that_went_from_a_page_that_proves_nothing_are_held_until_a_read_ten_minutes_later_agrees(
    desk, ministry
):
    told = []
    for count in (40, 32, 32, 32):
        ministry.publish("board", board(firms(count)))
        await desk.poll(source="rolls.board", after=timedelta(minutes=5))
        told.append(await changes(desk))

    assert told[:3] == [[], [], []]
    assert [action for action, _, _ in told[3][0]] == ["remove"] * 8


async def test_a_body_of_which_something_is_held_is_asked_for_whole_again_until_it_is_believed(
    desk, ministry
):
    await read(desk, ministry, "board", board(firms(40)))
    ministry.publish("board", board(firms(32)))
    for _ in range(4):
        await desk.poll(source="rolls.board", after=timedelta(minutes=30))

    assert [status for path, status in ministry.asked if path == "board"] == [
        200,
        200,
        200,
        304,
        304,
    ]


async def test_where_much_has_gone_only_a_person_can_release_it(desk, ministry):
    await read(desk, ministry, "board", board(firms(40)))
    ministry.publish("board", board(firms(20)))
    for _ in range(3):
        await desk.poll(source="rolls.board")
    before = await changes(desk)
    (asked,) = await desk.notices(OPS)
    await desk.pipeline.release("rolls.board")

    assert before == []
    assert asked.kind is NoticeKind.HELD
    assert "20 of 40 rows" in asked.problem.text
    assert len((await changes(desk))[0]) == 20


async def test_what_is_held_and_damaged_in_the_archive_is_read_again_and_can_then_be_released(
    desk, ministry
):
    await read(desk, ministry, "board", board(firms(40)), board(firms(20)))
    for _, kept in desk.pipeline.archive.files():
        kept.write_bytes(b"")
    with pytest.raises(
        StoreError,
        match=(
            r"^rolls\.board: what is held .* damaged in the archive.*: `monitor poll rolls\.board`"
            r" reads it"
        ),
    ):
        await desk.pipeline.release("rolls.board")
    await desk.poll(source="rolls.board")
    await desk.pipeline.release("rolls.board")

    assert len((await changes(desk))[0]) == 20


async def test_what_was_held_is_told_even_where_the_same_page_has_told_what_came(desk, ministry):
    await read(desk, ministry, "board", board(firms(40)), board([*firms(32), "Zeta Ltd"]))
    await desk.poll(source="rolls.board", after=timedelta(minutes=10))

    assert [{action for action, _, _ in edition} for edition in await changes(desk)] == [
        {"add"},
        {"remove"},
    ]


async def test_a_page_that_is_as_it_was_after_rows_were_held_is_read_again(desk, ministry):
    await read(desk, ministry, "board", board(firms(40)))
    for names in ([*firms(20), "Zeta Ltd"], firms(40)):
        await read(desk, ministry, "board", board(names))
    await desk.poll(source="rolls.board", after=timedelta(minutes=10))

    assert [[action for action, _, _ in edition] for edition in await changes(desk)] == [
        ["add"],
        ["remove"],
    ]
    with pytest.raises(ConfigError, match="nothing is held"):
        await desk.pipeline.release("rolls.board")


async def test_rows_that_are_missing_now_and_then_have_not_gone(desk, ministry):
    for count in (40, 32, 40, 32, 40):
        await read(desk, ministry, "board", board(firms(count)))

    assert await changes(desk) == []


async def test_rows_that_are_held_again_are_asked_for_again(desk, ministry):
    for count in (40, 20, 20, 40, 20, 20):
        ministry.publish("board", board(firms(count)))
        await desk.poll(after=timedelta(days=1), source="rolls.board")

    assert [notice.kind for notice in await desk.notices(OPS)] == [NoticeKind.HELD] * 2


async def test_an_edition_that_comes_late_undoes_nothing_of_the_one_after_it(desk, ministry):
    for number, edition in enumerate(("first", "second", "third")):
        ministry.status["second"] = 503
        ministry.publish(edition, board(firms(10 + number)))
        await read(desk, ministry, "gazette", edition)
    del ministry.status["second"]
    for _ in range(3):
        assert await desk.poll(after=timedelta(hours=1), source="rolls.gazette") == []

    assert [[action for action, _, _ in edition] for edition in await changes(desk)] == [
        ["add"] * 2
    ]


async def test_an_edition_that_was_overtaken_before_it_was_read_is_no_failure_of_what_named_it(
    desk, ministry
):
    await read(desk, ministry, "roll", roll(PEOPLE, "2025-10-09"))
    ministry.publish("roll", roll({"1": "Alpha Ltd"}, "2025-09-01"))
    assert await read(desk, ministry, "news", "edition of September") == []
    assert await changes(desk) == []


async def test_a_body_that_is_back_after_another_address_showed_a_newer_one_is_news(desk, ministry):
    ministry.publish("roll", roll(PEOPLE))
    ministry.publish("news", "edition 1")
    await desk.poll(source="rolls.roll")
    ministry.publish("roll", roll({**PEOPLE, "4": "Delta Oy"}))
    await desk.poll(source="rolls.news")
    ministry.publish("roll", roll(PEOPLE))
    for _ in range(3):
        await desk.poll(source="rolls.roll")

    assert await changes(desk) == [[("add", "4", "Delta Oy")], [("remove", "4", "Delta Oy")]]


@pytest.mark.parametrize("day", ["9 October 2025", "2025-13-45", "2025-10-10T25:00"])
async def test_a_day_of_publication_that_is_none_is_remarked_and_costs_no_change(
    desk, ministry, day
):
    assert (
        await read(desk, ministry, "roll", roll(PEOPLE), roll({**PEOPLE, "4": "Delta Oy"}, day))
        == []
    )
    assert await changes(desk) == [[("add", "4", "Delta Oy")]]
    (remark,) = await desk.notices(OPS)
    assert remark.problem.text == "a day of publication that is no ISO date"


async def test_after_an_edition_of_a_day_that_is_far_ahead_the_next_one_is_no_older_one(
    desk, ministry
):
    await read(desk, ministry, "roll", roll(PEOPLE))
    for day, entries in (("2922-10-10", {**PEOPLE, "4": "Delta Oy"}), ("2025-10-11", PEOPLE)):
        assert await read(desk, ministry, "roll", roll(entries, day)) == []

    assert await changes(desk) == [[("add", "4", "Delta Oy")], [("remove", "4", "Delta Oy")]]


async def test_a_day_of_publication_may_be_two_days_ahead_of_ours_and_one_before_it_is_older(
    desk, ministry
):
    await read(desk, ministry, "roll", roll(PEOPLE))
    ministry.publish("roll", roll({**PEOPLE, "4": "Delta Oy"}, "2025-10-12"))
    await desk.poll(
        source="rolls.roll", after=datetime(2025, 10, 10, tzinfo=UTC) - desk.clock.now()
    )
    (failure,) = await read(desk, ministry, "roll", roll(PEOPLE, "2025-10-11"))

    assert "older" in str(failure)
    assert await changes(desk) == [[("add", "4", "Delta Oy")]]


def rows(*entries: tuple[str, str]) -> str:
    body = "".join(f"<entry><id>{key}</id><name>{name}</name></entry>" for key, name in entries)
    return f'<roll day="2025-10-09" count="{len(entries)}">{body}</roll>'


async def test_of_two_records_under_one_id_the_one_that_went_is_told(desk, ministry):
    await read(desk, ministry, "roll", rows(("1", "Alpha Ltd"), ("1", "Beta GmbH")))
    ministry.publish("roll", rows(("1", "Beta GmbH")))
    for _ in range(2):
        await desk.poll(source="rolls.roll")

    assert await changes(desk) == [[("remove", "1", "Alpha Ltd")]]


async def test_a_row_that_one_server_of_several_lacks_was_never_gone(desk, ministry):
    await read(desk, ministry, "board", board(firms(40)))
    for names in (firms(39), firms(40), [*firms(38), firms(40)[39]], firms(40)):
        ministry.publish("board", board(names))
        assert await desk.poll(source="rolls.board", after=timedelta(minutes=1)) == []

    assert await desk.notices() == await desk.notices(OPS) == []
    assert len(await stood(desk, "rolls.board")) == 40


async def test_a_row_that_has_gone_is_told_after_a_second_look_a_minute_later_with_all_that_came(
    desk, ministry
):
    await read(desk, ministry, "board", board(firms(40)))
    ministry.publish("board", board([*firms(39), "Zeta Ltd"]))
    first = await desk.pipeline.poll(desk.pipeline.registry.source("rolls.board"))
    before = await changes(desk)
    desk.clock.move_to(desk.clock.now() + timedelta(seconds=54))
    second = await desk.pipeline.poll(desk.pipeline.registry.source("rolls.board"))

    assert (first.again, before, second.again) == (True, [], False)
    assert [[action for action, _, _ in edition] for edition in await changes(desk)] == [
        ["add", "remove"]
    ]


async def test_a_row_that_has_gone_by_a_later_edition_is_told_at_once(desk, ministry):
    await read(
        desk,
        ministry,
        "roll",
        roll(PEOPLE),
        roll({"1": "Alpha Ltd", "2": "Beta GmbH"}, "2025-10-10"),
    )

    assert await changes(desk) == [[("remove", "3", "Gamma SA")]]


async def test_a_page_that_lacks_another_row_each_time_hides_nothing_that_came(desk, ministry):
    await read(desk, ministry, "board", board(firms(40)))
    for number in range(3):
        await read(
            desk,
            ministry,
            "board",
            board([*firms(40)[:number], *firms(40)[number + 1 :], "Zeta Ltd"]),
        )

    assert await changes(desk) == [[("add", "ZETA LTD|CN", "Zeta Ltd")]]


async def test_a_comment_within_a_name_hides_nothing_of_it(desk, ministry):
    await read(
        desk,
        ministry,
        "roll",
        roll({"1": "Al<!-- sic -->pha Ltd", "2": "Beta <?page 2?>GmbH"}),
        roll({"1": "Alpha Ltd", "2": "Beta GmbH"}, "2025-10-10"),
    )

    assert await desk.notices() == []


async def test_a_reader_that_is_gone_is_a_failure_of_its_page_alone(desk, ministry, monkeypatch):
    ministry.publish("first", board(firms(10)))
    ministry.publish("gazette", "first")
    ministry.status["first"] = 503
    await desk.poll(source="rolls.gazette")
    ministry.status.clear()
    monkeypatch.delattr("toy_registers.rolls.board")
    (failure,) = await desk.poll(source="rolls.gazette")

    assert failure.kind == "reader"
    assert "no reader is called 'rolls.board'" in str(failure)


async def test_a_tag_that_nobody_knows_is_told_to_the_keepers_and_is_no_change(desk, ministry):
    await read(desk, ministry, "roll", roll(PEOPLE))
    for day in ("2025-10-10", "2025-10-11"):
        await read(desk, ministry, "roll", roll(PEOPLE, day, more=f"<vessel>{day}</vessel>"))

    assert await desk.notices() == []
    (remark,) = await desk.notices(OPS)
    assert (remark.kind, remark.problem.text) == (
        NoticeKind.LAYOUT,
        "records hold vessel, which is not read",
    )


async def test_the_news_of_an_edition_and_the_nightly_whole_tell_it_once(desk, ministry):
    ministry.publish("roll", roll(PEOPLE))
    await read(desk, ministry, "news", "edition 1")
    ministry.publish("roll", roll({**PEOPLE, "4": "Delta Oy"}, "2025-10-10"))
    await read(desk, ministry, "news", "edition 2")
    await desk.poll(source="rolls.roll")

    assert await changes(desk) == [[("add", "4", "Delta Oy")]]


async def test_an_edition_without_news_costs_no_fetch_of_the_whole(desk, ministry):
    ministry.publish("roll", roll(PEOPLE))
    await read(desk, ministry, "news", "edition 1")
    ministry.asked.clear()
    await desk.poll(after=timedelta(hours=20), source="rolls.news")
    await desk.poll(after=timedelta(days=40), source="rolls.news")

    # once a day whole, lest "not modified" be a broken cache's word
    assert ministry.asked == [("news", 304), ("news", 200)]


async def read_pair(desk, ministry) -> Source:
    """Poll a register of two pages, of which one has moved since."""
    ministry.publish("board", board(["Alpha Ltd"]))
    url = ministry.publish("more", "seen in May")
    source = desk.pipeline.registry.source("rolls.pair")
    source = replace(
        source, companions={"more": msgspec.structs.replace(source.companions["more"], url=url)}
    )
    await desk.pipeline.poll(source)
    ministry.publish("more", "seen in June")
    return source


async def test_a_companion_that_moved_moves_the_register(desk, ministry):
    source = await read_pair(desk, ministry)
    await desk.pipeline.poll(source)

    (notice,) = await desk.notices()
    assert notice.fact.changes[0].fields == {"remarks": ("seen in May", "seen in June")}


async def test_a_register_whose_parts_are_replaced_while_they_are_read_moves_nothing(
    desk, ministry
):
    source = await read_pair(desk, ministry)
    ministry.after["more"] = lambda: ministry.publish("board", board(["Alpha Ltd", "Beta Ltd"]))
    torn = await desk.pipeline.poll(source)
    assert [(failure.kind, await desk.notices()) for failure in torn.failures] == [
        ("incomplete", [])
    ]
    await desk.pipeline.poll(source)

    (notice,) = await desk.notices()
    assert [change.action for change in notice.fact.changes] == ["add", "amend"]


async def test_what_stood_in_a_register_on_a_day_is_answered_also_of_what_went_and_came_back(
    desk, ministry
):
    days = {}
    for day, entries in (
        ("09", PEOPLE),
        ("10", {"2": "Beta GmbH", "3": "Gamma SA"}),
        ("11", {"1": "Alpha plc", "3": "Gamma SA"}),
        ("12", {"1": "Alpha Oyj", "3": "Gamma SA"}),
    ):
        ministry.publish("roll", roll(entries, f"2025-10-{day}"))
        await desk.poll(after=timedelta(days=1), source="rolls.roll")
        days[desk.clock.now()] = entries

    for moment, entries in days.items():
        assert await stood(desk, "rolls.roll", moment) == set(entries)
    assert await stood(desk, "rolls.roll", datetime(2025, 1, 1, tzinfo=UTC)) == set()


async def test_an_edition_that_carries_out_an_act_is_told_in_its_thread(desk, ministry):
    await read(desk, ministry, "roll", roll(PEOPLE))
    await desk.poll()
    act = listing(10, "Delta Oy")
    measure = msgspec.structs.replace(act.measures[0], register="un-sc")
    ministry.publish("10", msgspec.structs.replace(act, measures=(measure,)))
    await desk.poll()
    await read(desk, ministry, "roll", roll({**PEOPLE, "4": "DELTA OY"}, "2025-10-10"))

    told = await desk.notices()
    assert [notice.kind for notice in told] == [NoticeKind.ACT, NoticeKind.EDITION]
    assert [owed.kind for owed in await desk.waiting(ALERTS)][-1] is NoticeKind.EDITION
    assert told[1].acts[0].key == act.key


async def test_a_large_body_is_read_from_a_file_that_is_gone_afterwards(
    desk, ministry, monkeypatch, tmp_path
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    large = roll(PEOPLE, end=f"{' ' * IN_MEMORY}</roll>")
    assert await read(desk, ministry, "roll", large) == []
    assert len(await stood(desk, "rolls.roll")) == len(PEOPLE)
    # A connection that was tried at a host's other address leaves a cycle of frames behind.
    gc.collect()
    assert not list(tmp_path.glob("monitor-body-*"))
