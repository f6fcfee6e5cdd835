"""`show`: whatever a message or an answer has printed leads to the story of it."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from acts import control, listing
from arrivals import arrive
from editions import roll
from tampering import repeat_row

from monitor.alert.event import NoticeKind
from monitor.ask import lines
from monitor.ask.knowledge import Knowledge
from monitor.ask.standing import name_of_row
from monitor.ask.stories import Story, show, show_listed
from monitor.errors import MonitorError
from monitor.model import Item, to_json
from monitor.store import History, outbox, reminders
from monitor.store.tables import OutboxRow
from monitor.timeline import Status
from monitor.watch.entries import Party

NOW = datetime(2025, 12, 14, 6, 0, tzinfo=UTC)
KILNS = ("立式窑", "隧道式辊窑")


def keys(story: Story) -> list[str]:
    return list(dict.fromkeys(life.act.key for life in story.lifecycles))


@pytest.mark.parametrize(
    ("about", "acts"),
    [
        ("mofcom-2025-57", ["mofcom-2025-57"]),
        ("MOFCOM No. 57 of 2025", ["mofcom-2025-57"]),
        ("No. 70 of 2025", ["mofcom-2025-70"]),
        ("MOFCOM No. 57 and 70 of 2025", ["mofcom-2025-57", "mofcom-2025-70"]),
        ("商务部公告2025年第57号", ["mofcom-2025-57"]),
        ("UEL Notice No. 10 of 2025", ["uel-2025-10"]),
        ("mofcom-2024-9", ["mofcom-2024-9"]),  # that others speak of
        ("Unreliable Entity List", ["uel-2025-10"]),
        ("不可靠实体清单", ["uel-2025-10"]),
        ("cn-mofcom", ["mofcom-2025-57", "uel-2025-10", "mofcom-2025-70"]),
        ("8 Nov 2025", ["mofcom-2025-57"]),
        ("7 Nov 2025 (Beijing)", ["mofcom-2025-57", "mofcom-2025-70"]),
        ("TECHINSIGHTS", ["uel-2025-10"]),
        ("supplier:techinsights", ["uel-2025-10"]),
        ("1C909", ["mofcom-2025-57"]),
        ("1C909.a", ["mofcom-2025-57"]),
    ],
)
def test_what_was_printed_leads_to_its_acts(history: History, about: str, acts: list[str]):
    found = keys(show(Knowledge(history), about, entries=[Party(name="TechInsights")]))

    assert [key for key in found if key != "mofcom-2024-9" or about == key] == acts


@pytest.mark.parametrize("about", ["Teal Optics", "1C909.b"])
def test_what_a_page_prints_no_longer_has_its_story(tmp_path: Path, about: str):
    with History(tmp_path) as history:
        arrive(history, control(57, "1C909.a", "1C909.b"), listing(10, "Teal Optics", "Axon"))
        arrive(history, control(57, "1C909.a"), listing(10, "Axon"))
        story = show(Knowledge(history), about)

    (period,) = story.periods
    assert [seen.now.key for seen in story.acts] == [period.act]
    assert [change.kind for change in story.recorded] == ["new", "amended"]


def test_of_a_long_story_so_many_parts_are_told_as_are_wanted_and_how_many_more_there_are(
    history: History,
):
    whole, cut = (
        show(Knowledge(history), "cn-mofcom"),
        show(Knowledge(history), "cn-mofcom", most=2),
    )

    assert len(whole.lifecycles) > 2
    assert (whole.more, cut.more) == (0, len(whole.lifecycles) - 2)
    assert [life.act.key for life in cut.lifecycles] == [
        life.act.key for life in whole.lifecycles[:2]
    ]


def test_the_story_of_an_act_has_those_that_touch_it_and_the_bytes_of_all(history: History):
    story = show(Knowledge(history), "mofcom-2025-57")

    assert [seen.now.key for seen in story.acts] == ["mofcom-2025-57", "mofcom-2025-70"]
    assert [[span.status for span in life.spans] for life in story.lifecycles] == [
        [Status.ANNOUNCED, Status.SUSPENDED, Status.SUSPENSION_ENDED]
    ]
    assert {(change.key, change.evidence.sha256) for change in story.recorded} == {
        ("mofcom-2025-57", "0" * 64),
        ("mofcom-2025-70", "0" * 64),
    }


def test_of_what_a_name_is_listed_with_only_that_name_is_told(history: History):
    story = show(Knowledge(history), "TECHINSIGHTS, Inc")
    (life,) = story.parts

    assert [len(whole.entities) for whole in story.lifecycles] == [2]
    assert [entity.names["en"] for entity in life.entities] == ["TechInsights Inc."]


@pytest.mark.parametrize(
    ("about", "way"), [("Ded", "did you mean 'Dedrone by Axon'?"), ("qqq", "monitor status")]
)
def test_what_nobody_has_heard_of_is_an_error_with_the_nearest(
    history: History, about: str, way: str
):
    with pytest.raises(MonitorError, match=f"{about}: nothing on record is called that") as error:
        show(Knowledge(history), about)

    assert way in str(error.value)


def test_a_message_is_told_by_its_key_and_by_its_number(history: History):
    for named in ("mofcom-2025-57:act", "#1", "1"):  # it tells of both acts of a package
        assert keys(show(Knowledge(history), named)) == ["mofcom-2025-57", "uel-2025-10"]
    with pytest.raises(MonitorError, match="9: nothing on record is called that"):
        show(Knowledge(history), "9")
    assert history(outbox.list_keys_told, "mofcom-2025-57:act") == ["mofcom-2025-57"]


def test_a_message_is_told_with_its_words_and_with_all_acts_of_a_day_that_comes(tmp_path: Path):
    with History(tmp_path) as history:
        arrive(history, control(57, "1C909.a"), control(58, "3A001"))
        history(reminders.remind, datetime(2025, 11, 7, 1, tzinfo=UTC))
        told = {message.kind: message.id for message in history(outbox.list_messages)}

        first, day = (
            show(Knowledge(history), f"#{told[kind]}")
            for kind in (NoticeKind.ACT, NoticeKind.REMINDER)
        )

    assert keys(day) == ["mofcom-2025-57", "mofcom-2025-58"]
    assert (" under export control" in first.says, "Tomorrow: " in day.says) == (True, True)
    line = json.loads(to_json(next(lines.list_story_lines(day, NOW))))
    assert (line["type"], line["says"]) == ("message", day.says)


def test_a_number_that_may_be_a_tariff_number_is_of_goods_before_it_is_of_a_message(tmp_path: Path):
    goods = control(58).measures[0].replace(items=(Item(names={"en": "beryllium"}, hs=("8112",)),))
    with History(tmp_path) as history:
        arrive(history, control(57, "1C909"), control(58).replace(measures=(goods,)))
    first = OutboxRow.key == "mofcom-2025-57:act"
    repeat_row(tmp_path, OutboxRow, first, [{"id": n, "key": f"{n}"} for n in (8112, 8222)])

    with History(tmp_path, read_only=True) as history:
        assert keys(show(Knowledge(history), "8112")) == ["mofcom-2025-58"]
        for named in ("#8112", "8222"):
            assert keys(show(Knowledge(history), named)) == ["mofcom-2025-57", "mofcom-2025-58"]


async def test_a_record_of_a_register_is_told_with_its_days_and_its_register(
    desk, ministry, tmp_path: Path
):
    ministry.publish("roll", roll({"1": "Alpha Ltd", "2": "Beta GmbH"}))
    await desk.poll(source="rolls.roll")

    with History(tmp_path / "store", read_only=True) as history:
        assert [name_of_row(record) for record in show(Knowledge(history), "Beta").periods] == [
            "Beta GmbH"
        ]
        told = [
            show(Knowledge(history), about, sources=["rolls.roll", "rolls.board"]).registers
            for about in ("un-sc", "UN Security Council", "rolls.roll", "rolls.board", "us-fcc")
        ]
    assert [[(one.rows, one.reader) for one in registers] for registers in told] == [
        *([(2, "rolls.roll")],) * 3,
        [],
        [],
    ]


@pytest.mark.parametrize(
    ("since", "about", "acts"),
    [
        (date(2025, 10, 9), "", ["uel-2025-10"]),
        (date(2025, 10, 10), "", []),
        (date(2025, 10, 9), "Unreliable Entity List", ["uel-2025-10"]),
        (date(2025, 10, 9), "cn-watch-list", []),
    ],
)
def test_who_acts_listed_since_a_day_is_told_and_no_goods(
    history: History, since: date, about: str, acts: list[str]
):
    story = show_listed(Knowledge(history), since, about)

    assert keys(story) == acts
    assert story.title.startswith("listed since ")


def test_whom_is_asked_for_beside_a_day_is_a_register(history: History):
    with pytest.raises(MonitorError, match="Boeing: no register is called that"):
        show_listed(Knowledge(history), date(2025, 10, 9), "Boeing")


async def test_who_came_to_a_register_since_a_day_is_told_but_not_whom_it_had_when_it_was_first_read(
    desk, ministry, tmp_path: Path
):
    ministry.publish("roll", roll({"1": "Alpha Ltd", "2": "Beta GmbH"}))
    await desk.poll(source="rolls.roll")
    ministry.publish(
        "roll", roll({"1": "Alpha Ltd", "2": "Beta GmbH", "3": "Gamma SA"}, "2025-10-10")
    )
    await desk.poll(source="rolls.roll", after=timedelta(days=1))

    with History(tmp_path / "store", read_only=True) as history:
        story = show_listed(Knowledge(history), date(2025, 1, 1))
        (came,) = story.periods
        later = show_listed(Knowledge(history), date(2026, 12, 1), "un-sc")
    assert (name_of_row(came), later.periods) == ("Gamma SA", ())


async def test_a_page_of_which_nothing_was_recorded_is_told_as_such(desk, ministry, tmp_path: Path):
    address = ministry.publish("12", "<p>On wool.</p>")
    await desk.poll()

    with History(tmp_path / "store", read_only=True) as history:
        (page,) = show(Knowledge(history), address).pages
    assert (page.url, page.source) == (address, "toy.notices")


def test_every_line_of_a_story_names_its_type_first(history: History):
    found = [
        json.loads(to_json(line))
        for line in lines.list_story_lines(show(Knowledge(history), "mofcom-2025-57"), NOW)
    ]

    assert [next(iter(line.items())) for line in found] == [
        ("type", kind) for kind in ("act", "act", "measure", "change", "change")
    ]
    assert [span["said"] for span in found[2]["life"]][
        -1
    ] == "suspension ended on 10 Nov 2026, no extension seen"
    assert found[2]["state"] == "suspended until 10 Nov 2026 (Beijing)"


def test_goods_are_found_by_each_name_that_an_act_prints(tmp_path: Path):
    act = control(58, "2B902.d", "2B902.e")
    named = [
        item.replace(names={"zh": name})
        for item, name in zip(act.measures[0].items, KILNS, strict=True)
    ]
    with History(tmp_path) as written:
        arrive(
            written,
            act.replace(measures=(act.measures[0].replace(items=tuple(named)),)),
        )
    with History(tmp_path, read_only=True) as history:
        assert [
            [item.names["zh"] for item in show(Knowledge(history), name).parts[0].items]
            for name in KILNS
        ] == [[name] for name in KILNS]
