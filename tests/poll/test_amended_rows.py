"""Rows of registers that are renamed, moved or amended in place: their former names are compared with
the watch list and find them afterwards, and each of ours is told by what is done to it.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from editions import board, roll

from monitor.alert.event import NoticeKind
from monitor.ask.answers import compute_as_of
from monitor.ask.knowledge import Knowledge
from monitor.ask.screen import parse_question, screen_against_all
from monitor.ask.standing import make_record_standing
from monitor.ask.stories import show
from monitor.config import WatchSettings
from monitor.model import Edition
from monitor.names.name import normalize_name
from monitor.render.alert import compose_alert
from monitor.store import History, names, watched
from monitor.timeline import MeasureQuery
from monitor.watch.match import Dismissal

OTHERS = {"1": "Alpha Ltd", "2": "Beta GmbH"}
BEFORE, AFTER = OTHERS | {"7": "Dorado Tools JSC"}, OTHERS | {"7": "DTH Holding JSC"}
ON = date(2025, 10, 12)
UNTIL = "until 10 Oct 2025 (New York) as Dorado Tools JSC"


@pytest.fixture
def toy_config(toy_config, tmp_path):
    path = tmp_path / "suppliers.csv"
    path.write_text("Name\nDorado Tools\nMeridian Bearings\nNorthern Optics\n")
    return msgspec.structs.replace(toy_config, watch=WatchSettings(suppliers=(str(path),)))


async def read(desk, ministry, entries: dict[str, str], day: int) -> None:
    desk.clock.move_to(datetime(2025, 10, day, 15, tzinfo=UTC))
    ministry.publish("roll", roll(entries, f"2025-10-{day:02}"))
    await desk.poll(source="rolls.roll")


async def rename(desk, ministry) -> None:
    await read(desk, ministry, BEFORE, 9)
    await read(desk, ministry, AFTER, 10)


async def told(desk) -> list[str]:
    """The headline of the newest edition, and its lines on the reader's own."""
    alert = compose_alert(
        [notice for notice in await desk.notices() if isinstance(notice.fact, Edition)][-1]
    )
    return [alert.headline, *(line.text for line in alert.touches)]


async def test_a_supplier_that_is_renamed_in_place_is_touched(desk, ministry):
    await rename(desk, ministry)

    headline, line = await told(desk)
    assert headline == "Your supplier Dorado Tools is now called DTH Holding JSC"
    assert line.startswith(
        "Your supplier Dorado Tools → DTH Holding JSC, amended: name: Dorado Tools JSC → DTH Holding"
        " JSC (its former name “Dorado Tools JSC”"
    )


async def test_a_supplier_that_was_renamed_earlier_is_touched_by_what_becomes_of_the_row(
    desk, ministry
):
    await rename(desk, ministry)
    await read(desk, ministry, OTHERS, 11)

    headline, line = await told(desk)
    assert headline == "Your supplier Dorado Tools is off the UN Security Council Consolidated List"
    assert line.startswith(
        "Your supplier Dorado Tools → DTH Holding JSC, removed (its former name “Dorado Tools JSC”"
    )


async def test_one_that_comes_to_be_called_as_a_supplier_is_touched_under_its_new_name(
    desk, ministry
):
    await read(desk, ministry, AFTER, 9)
    await read(desk, ministry, BEFORE, 10)

    assert (await told(desk))[0].startswith("Your supplier Dorado Tools is described anew")


@pytest.mark.both
@pytest.mark.parametrize("made_again", [False, True])
async def test_a_former_name_finds_the_row_whatever_is_asked(
    desk, ministry, toy_config, made_again
):
    await rename(desk, ministry)
    if made_again:
        await desk.pipeline.history.run(_forget_names)

    def ask(history: History) -> list[list[str]]:
        known = Knowledge(history)
        question = [parse_question("Dorado Tools")]
        screened = screen_against_all(toy_config, question, known, desk.clock.now()).found
        story = show(known, "Dorado Tools")
        on_day = compute_as_of(known, date(2025, 10, 9), None, MeasureQuery(entity="Dorado Tools"))
        records = (
            [hit.on_record for hit in screened if hit.on_record],
            story.periods,
            on_day.periods,
        )
        return [[make_record_standing(record, ON) for record in some] for some in records]

    for (standing,) in await desk.pipeline.history.run(ask):
        assert standing.subject == "DTH Holding JSC"
        assert standing.state == f"listed when last read, 10 Oct 2025 (New York); {UNTIL}"


def _forget_names(history: History) -> None:
    """A store of an earlier version: no row bears its former names."""
    with history.tables() as connection:
        connection.exec_driver_sql("UPDATE naming SET rules = 'others'")
        connection.exec_driver_sql(
            'UPDATE listed SET subject = \'{"names":{"en":"DTH Holding JSC"},"kind":"org"}\''
            " WHERE \"row\" = '7'"
        )


async def test_a_name_that_is_back_is_no_former_one_and_each_other_has_its_day(desk, ministry):
    await rename(desk, ministry)
    await read(desk, ministry, OTHERS | {"7": "Dorado Trade JSC"}, 11)
    await read(desk, ministry, BEFORE, 12)

    (record,) = await desk.pipeline.history(watched.find_records, "7")
    assert make_record_standing(record, ON).state == (
        "listed when last read, 12 Oct 2025 (New York); until 11 Oct 2025 (New York) as DTH Holding"
        " JSC and until 12 Oct 2025 (New York) as Dorado Trade JSC"
    )


async def test_names_of_many_renamed_rows_are_kept_as_those_of_a_few(desk, ministry, monkeypatch):
    monkeypatch.setattr(names, "MOST", 0)
    await rename(desk, ministry)

    found = await desk.pipeline.history.run(
        lambda history: show(Knowledge(history), "Dorado Tools").periods
    )
    assert [record.row for record in found] == ["7"]


async def test_a_supplier_that_is_added_later_is_compared_with_former_names_too(
    desk, ministry, tmp_path
):
    await rename(desk, ministry)
    with (tmp_path / "suppliers.csv").open("a") as file:
        file.write("Dorado Tools JSC\n")
    await desk.pipeline.watching.refresh(desk.pipeline.history, desk.clock.now())

    (notice,) = [notice for notice in await desk.notices() if notice.kind is NoticeKind.WATCH]
    new = [match for match in notice.touches.sure if match.entry == "Dorado Tools JSC"]
    assert [(match.subject, match.kind) for match in new] == [("DTH Holding JSC", "former")]


async def test_who_was_dismissed_stays_dismissed_under_another_name(desk, ministry):
    await read(desk, ministry, BEFORE, 9)
    dismissal = Dismissal(
        entry="supplier:doradotools",
        subject=normalize_name("Dorado Tools JSC"),
        by="Ann",
        at="2025-10-09T09:00:00Z",
    )
    await desk.pipeline.history(watched.dismiss, dismissal, desk.clock.now())
    await desk.pipeline.watching.refresh(desk.pipeline.history, desk.clock.now())
    await read(desk, ministry, AFTER, 10)

    assert (await told(desk))[1] == "None of your 3 names is touched by it."


async def test_who_is_put_on_a_list_comes_first_and_none_who_is_taken_off_counts_as_on_it(
    desk, ministry
):
    await read(desk, ministry, BEFORE | {"8": "Meridian Bearings JSC"}, 9)
    await read(desk, ministry, OTHERS | {"7": "Dorado Tools JSC", "9": "Northern Optics"}, 10)

    headline, added, removed = await told(desk)
    assert headline == (
        "Your supplier Northern Optics is listed by the UN, and Meridian Bearings is off the list"
    )
    assert added.startswith("Your supplier Northern Optics → Northern Optics, added (")
    assert removed.startswith("Your supplier Meridian Bearings → Meridian Bearings JSC, removed (")


async def read_board(desk, ministry, name: str, supplier: str, hour: int) -> None:
    """One of two lists of one country is read: with this supplier, or without."""
    desk.clock.move_to(datetime(2025, 10, 9, hour, tzinfo=UTC))
    ministry.publish("board", board(["Alpha Ltd", "Beta GmbH", *filter(None, [supplier])]))
    source = desk.pipeline.registry.source(f"rolls.{name}")
    url = ministry.publish("more", "a remark")
    companions = {
        part: msgspec.structs.replace(request, url=url)
        for part, request in source.companions.items()
    }
    for _ in range(2):  # what is missing is believed at the second read
        await desk.pipeline.poll(replace(source, companions=companions))
        desk.clock.move_to(desk.clock.now() + timedelta(minutes=20))


async def test_a_supplier_that_moves_to_another_list_of_the_country_is_told_with_the_list_it_left(
    desk, ministry
):
    await read_board(desk, ministry, "pair", "Northern Optics", 14)
    await read_board(desk, ministry, "board", "", 15)
    await read_board(desk, ministry, "pair", "", 16)
    assert (await told(desk))[1].endswith(", removed (“Northern Optics”: the same name)")
    await read_board(desk, ministry, "board", "Northern Optics", 17)

    assert (await told(desk))[1].endswith(
        ", added (“Northern Optics”: the same name; off the US UFLPA Entity List since 9 Oct 2025)"
    )


async def test_a_supplier_that_is_off_one_list_and_on_another_is_told_with_where_it_still_stands(
    desk, ministry
):
    await read_board(desk, ministry, "pair", "Northern Optics", 14)
    await read_board(desk, ministry, "board", "Northern Optics", 15)
    await read_board(desk, ministry, "pair", "", 16)

    assert (await told(desk))[1].endswith(
        ", removed (“Northern Optics”: the same name; still on the US FCC Covered List)"
    )
