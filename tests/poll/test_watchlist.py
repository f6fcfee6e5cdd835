"""The watch list through the whole pipeline: a new listing against the list, a changed list
against all history.
"""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from acts import control, listing, suspension
from sqlalchemy import update

from monitor.alert.event import NoticeKind
from monitor.config import RouteSettings, WatchSettings
from monitor.errors import StoreError
from monitor.model import Entity, Item, Severity, Unread
from monitor.poll.watchlist import Watching
from monitor.render.alert import compose_alert
from monitor.store import OPS, facts, watched
from monitor.store.tables import ListedRow
from monitor.watch.entries import Party
from monitor.watch.match import Dismissal


@pytest.fixture
def suppliers(tmp_path):
    path = tmp_path / "suppliers.csv"
    path.write_text("Name,Country,Owner\nTechInsights Inc.,CA,Ann\nAcme Widgets Ltd,GB,Bob\n")
    return path


@pytest.fixture
def toy_config(toy_config, suppliers, tmp_path):
    products = tmp_path / "products.csv"
    products.write_text("Product,Control code\nMotor,1C909.a\n")
    watch = WatchSettings(suppliers=(str(suppliers),), products=(str(products),))
    routes = (RouteSettings(to=(OPS,), severity=Severity.CRITICAL),)
    return msgspec.structs.replace(toy_config, watch=watch, routes=routes)


async def test_a_listing_of_a_supplier_is_said_first_and_is_critical(desk, ministry):
    await desk.poll()
    ministry.publish("10", listing(10, "TechInsights", "Halifax International Security Forum"))
    await desk.poll()
    (notice,) = await desk.notices(OPS)  # where the rule for what is critical sends it
    alert = compose_alert(notice)

    assert alert.headline == "Your supplier TechInsights Inc. is on China's Unreliable Entity List"
    assert alert.touches[0].text.startswith(
        "Your supplier TechInsights Inc. (Ann) → TechInsights, added ("
    )
    assert notice.severity == "critical"


async def test_an_alert_names_a_supplier_by_our_number_and_a_number_alone_is_no_change(
    desk, ministry, suppliers
):
    ministry.publish("10", listing(10, "Acme Widgets"))
    await desk.poll()
    await refreshed(desk)
    told = len(await desk.notices())
    suppliers.write_text(
        "Kreditor,Name,Country,Owner\nK7,TechInsights Inc.,CA,Ann\nK8,Acme Widgets Ltd,GB,Bob\n"
    )
    await refreshed(desk)
    assert len(await desk.notices()) == told
    ministry.publish("11", listing(11, "TechInsights"))
    await desk.poll()
    (notice,) = [one for one in await desk.notices(OPS) if one.kind is NoticeKind.ACT]

    assert (
        compose_alert(notice)
        .touches[0]
        .text.startswith("Your supplier TechInsights Inc. (K7, Ann) → ")
    )


async def test_what_suspends_a_control_touches_the_product_that_it_controls(desk, ministry):
    await desk.poll()
    ministry.publish("57", control(57, "1C909.a"))
    await desk.poll()
    ministry.publish("70", suspension(70, "mofcom-2025-57"))
    await desk.poll(after=timedelta(days=29))
    notices = {
        notice.fact.key: notice
        for notice in await desk.notices(OPS)
        if notice.kind is NoticeKind.ACT
    }
    told = {key: compose_alert(notice) for key, notice in notices.items()}

    assert told["mofcom-2025-57"].headline == (
        "As of 9 Oct 2025: your product Motor is to be controlled by China from 8 Nov 2025"
    )
    assert told["mofcom-2025-70"].headline.startswith(
        "Your product Motor is touched: China suspends"
    )
    assert notices["mofcom-2025-70"].severity == "critical"


async def test_of_a_suspended_act_that_nobody_has_shown_it_is_not_claimed_that_it_touches_nothing(
    desk, ministry
):
    await desk.poll()
    ministry.publish("70", suspension(70, "mofcom-2025-57"))
    await desk.poll()
    (notice,) = await desk.notices()

    (line,) = compose_alert(notice).touches
    assert (
        line.text == "None of your 2 names and 1 product is touched by it in what could be read"
        " (not compared with it: what MOFCOM No. 57 of 2025 listed)."
    )


async def test_a_new_supplier_is_held_against_all_that_was_listed_before(desk, ministry, suppliers):
    ministry.publish("10", listing(10, "Halifax International Security Forum"))
    await desk.poll()
    with suppliers.open("a") as file:
        file.write("Halifax International Security Forum,CA,Cleo\n")
    await desk.pipeline.watching.refresh(desk.pipeline.history, desk.clock.now())
    (notice,) = await desk.notices()
    alert = compose_alert(notice)

    assert notice.kind is NoticeKind.WATCH
    assert alert.summary.endswith(
        "those that touch or may touch Halifax International Security Forum follow."
    )
    assert alert.tables[0].rows[0][:2] == (
        "Halifax International Security Forum",
        "Halifax International Security Forum",
    )


async def test_a_new_product_is_held_against_what_acts_list_and_not_against_the_title_of_one_whose_list_is_not_read(
    desk, ministry, tmp_path
):
    unread = msgspec.structs.replace(
        control(18),
        title="公布对部分中重稀土相关物项实施出口管制的决定",
        understood="part",
        not_read=(Unread(what="items", why="in an annex", quote="物项"),),
    )
    ministry.publish("18", unread)
    ministry.publish("61", control(61, "3A001.a"))
    await desk.poll()
    (tmp_path / "products.csv").write_text("Product,Control code\nDysprosium,\nConverter,3A001.a\n")
    await refreshed(desk)
    (notice,) = [notice for notice in await desk.notices() if notice.kind is NoticeKind.WATCH]

    assert [(touch.entry, touch.subject) for touch in notice.touches.found] == [
        ("Converter", "3A001.a 物项3A001.a")
    ]
    assert notice.touches.listed == 1


async def test_goods_are_held_with_what_one_act_asks_for_in_them_and_another_lists_without_a_code(
    desk, ministry, tmp_path
):
    products = tmp_path / "products.csv"
    products.write_text("Product\nNdFeB magnet\n")
    await refreshed(desk)
    items = {
        61: Item(names={"zh": "含镝的钕铁硼永磁材料"}, codes=("1C905.a",)),
        18: Item(names={"zh": "镝相关物项"}),
    }
    await desk.poll()
    for number, item in items.items():
        act = control(number, "1C905.a")
        measures = (msgspec.structs.replace(act.measures[0], items=(item,)),)
        ministry.publish(str(number), msgspec.structs.replace(act, measures=measures))
        await desk.poll(after=timedelta(days=1))
    products.write_text("Product\nNdFeB magnet\nRotor with NdFeB\n")
    await refreshed(desk)
    told = {notice.fact.key if notice.fact else "": notice for notice in await desk.notices()}

    by_itself, of_list = told["mofcom-2025-18"].touches, told[""].touches
    assert [(touch.entry, touch.reason) for touch in by_itself.possible] == [
        ("NdFeB magnet", "both are of dysprosium, if ours contains it")
    ]
    assert {
        (touch.entry, touch.reason) for touch in of_list.possible if touch.subject == "镝相关物项"
    } == {
        (
            entry,
            (
                f"{by_itself.possible[0].reason}; on the dual-use export control list (MOFCOM No. 18 of"
                " 2025)"
            ),
        )
        for entry in ("NdFeB magnet", "Rotor with NdFeB")
    }


async def test_who_is_gone_from_a_register_is_not_told_to_a_list_that_has_changed(
    desk, ministry, suppliers
):
    ministry.publish("board", "Name,Country\nZeta Works,GB\nOmega Works,CA\n")
    await desk.poll(source="rolls.board")
    gone = update(ListedRow).where(ListedRow.name == "Zeta Works")
    at = datetime(2025, 10, 10, tzinfo=UTC)
    await desk.pipeline.history(lambda session: session.execute(gone.values(gone=at)) and None)
    suppliers.write_text("Name,Country,Owner\nZeta Works,GB,Ann\nOmega Works,CA,Bob\n")
    await refreshed(desk)
    (notice,) = [notice for notice in await desk.notices() if notice.kind is NoticeKind.WATCH]

    assert [touch.subject for touch in notice.touches.found] == ["Omega Works"]
    assert notice.touches.listed == 1


async def test_a_second_baseline_does_not_repeat_what_the_first_one_brought(desk, ministry):
    ministry.publish("10", listing(10, "TechInsights"))
    await desk.poll()
    await desk.pipeline.watching.refresh(desk.pipeline.history, desk.clock.now())
    ministry.publish("board", "Name,Country\nAcme Widgets,GB\nTechInsights,CA\n")
    await desk.poll(source="rolls.board")
    await desk.pipeline.watching.refresh(desk.pipeline.history, desk.clock.now())

    assert [
        [touch.subject for touch in notice.touches.sure] for notice in await desk.notices()
    ] == [
        ["TechInsights"],
        ["Acme Widgets"],
    ]


async def test_an_unchanged_list_is_held_against_history_once(desk, ministry, suppliers):
    ministry.publish("10", listing(10, "Halifax International Security Forum"))
    await desk.poll()
    for written in (1, 2):
        os.utime(suppliers, (written, written))
        await desk.pipeline.watching.refresh(desk.pipeline.history, desk.clock.now())

    assert await desk.notices() == []


async def test_what_a_person_dismissed_is_said_and_is_not_critical(desk, ministry):
    await desk.poll()
    said = Dismissal(
        entry="supplier:techinsights", subject="techinsights", by="Ann", at="2025-10-01T00:00:00Z"
    )
    (entry,) = [
        entry for entry in desk.pipeline.watching.list.entries if "techinsights" in entry.key
    ]
    await desk.pipeline.history(
        watched.dismiss, msgspec.structs.replace(said, entry=entry.key), desk.clock.now()
    )
    await desk.pipeline.watching.refresh(desk.pipeline.history, desk.clock.now())
    ministry.publish("10", listing(10, "TechInsights"))
    await desk.poll()
    (notice,) = await desk.notices()
    alert = compose_alert(notice)

    assert notice.severity == "high"
    assert alert.touches[-1].text.startswith(
        "TechInsights is not supplier TechInsights Inc.: Ann, 9 Oct 2025 01:05 UTC; to undo"
    )


async def refreshed(desk) -> None:
    await desk.pipeline.watching.refresh(desk.pipeline.history, desk.clock.now())


async def test_a_list_that_cannot_be_read_is_said_once_to_ops_and_the_old_one_stays(
    desk, suppliers
):
    suppliers.write_text('Name\n"TechInsights\nAcme\n')
    for _ in range(3):
        await refreshed(desk)
    (notice,) = await desk.notices(OPS)

    assert notice.kind is NoticeKind.PROBLEM
    assert compose_alert(notice).headline == "Your watch list can't be read whole"
    assert compose_alert(notice).summary.startswith(
        "suppliers.csv row 2: a quotation mark is opened"
    )
    assert {entry.name for entry in desk.pipeline.watching.list.entries} == {
        "TechInsights Inc.",
        "Acme Widgets Ltd",
        "Motor",
    }


@pytest.mark.parametrize("rows", ["", ",US,Ann\n"], ids=["headings alone", "no name"])
async def test_a_list_that_gives_no_name_any_more_is_told_like_one_that_cannot_be_read(
    desk, suppliers, rows: str
):
    await refreshed(desk)
    suppliers.write_text(f"Name,Country,Owner\n{rows}")
    await refreshed(desk)
    (notice,) = await desk.notices(OPS)

    assert notice.kind is NoticeKind.PROBLEM
    assert "suppliers.csv: gives no name: " in compose_alert(notice).summary
    assert "TechInsights Inc." in {entry.name for entry in desk.pipeline.watching.list.entries}


async def test_the_log_says_how_many_entries_a_list_has_lost(desk, suppliers, caplog):
    await refreshed(desk)
    suppliers.write_text("Name,Country,Owner\nTechInsights Inc.,CA,Ann\n")
    await refreshed(desk)

    assert [line for line in caplog.messages if "fewer" in line] == [
        "watch list: 1 entry fewer than before"
    ]


async def test_an_alert_says_that_the_list_could_not_be_read(desk, ministry, suppliers):
    await desk.poll()
    suppliers.unlink()
    await refreshed(desk)
    ministry.publish("10", listing(10, "TechInsights", "Halifax International Security Forum"))
    await desk.poll()
    told = [
        compose_alert(notice) for notice in await desk.notices(OPS) if notice.kind is NoticeKind.ACT
    ]

    assert told[0].headline.startswith("Your supplier TechInsights Inc. is on ")
    assert told[0].touches[-1].text.startswith("Your watch list could not be read whole: ")
    assert "what it held before is used" in told[0].touches[-1].text


async def test_a_monitor_that_starts_with_a_broken_list_polls_and_says_that_nothing_is_held_against_it(
    open_desk, ministry, suppliers, tmp_path
):
    suppliers.write_text("nothing\nof use\n")
    (tmp_path / "products.csv").write_text("")
    async with open_desk() as desk:
        await desk.poll()
        ministry.publish("10", listing(10, "TechInsights"))
        await desk.poll()
        (notice,) = await desk.notices()

    (line,) = compose_alert(notice).touches
    assert line.text.startswith("Your watch list could not be read whole: ")
    assert "mend it, or take it out of [watch]; until then nothing is compared with it" in line.text


async def test_a_list_that_is_mended_tells_nothing_anew(desk, ministry, suppliers):
    ministry.publish("10", listing(10, "TechInsights"))
    await desk.poll()
    await refreshed(desk)
    whole = suppliers.read_text()
    suppliers.write_text("broken")
    await refreshed(desk)
    anew = Watching(desk.pipeline.config)  # as one that starts anew
    desk.pipeline = replace(desk.pipeline, watching=anew)
    suppliers.write_text("broken still")
    await refreshed(desk)
    suppliers.write_text(whole)
    await refreshed(desk)

    assert [notice.kind for notice in await desk.notices()] == [NoticeKind.WATCH]
    assert desk.pipeline.watching.unread == ()


async def test_a_baseline_that_comes_while_the_list_is_held_against_history_is_held_against_it_next(
    desk, ministry
):
    ministry.publish("10", listing(10, "Halifax International Security Forum"))
    await desk.poll()
    ministry.publish("board", "Name,Country\nAcme Widgets,GB\n")

    async def interrupted(function, *args, **kwargs):
        if function is watched.record_look_back:
            await desk.poll(source="rolls.board")
        return await desk.pipeline.history(function, *args, **kwargs)

    interrupted.run = desk.pipeline.history.run
    for history in (interrupted, desk.pipeline.history, desk.pipeline.history):
        await desk.pipeline.watching.refresh(history, desk.clock.now())

    assert [
        [touch.subject for touch in notice.touches.sure] for notice in await desk.notices()
    ] == [["Acme Widgets"]]


async def test_a_list_that_could_not_be_taken_up_since_the_store_was_busy_is_taken_up_next(desk):
    async def busy(function, *args):
        if function is watched.list_entries:
            raise StoreError("history.sqlite: database is locked")
        return await desk.pipeline.history(function, *args)

    await desk.pipeline.history(watched.add, [Party(name="Zeta Oy")], desk.clock.now())
    with pytest.raises(StoreError):
        await desk.pipeline.watching.refresh(busy, desk.clock.now())
    await desk.pipeline.watching.refresh(desk.pipeline.history, desk.clock.now())

    assert "Zeta Oy" in {entry.name for entry in desk.pipeline.watching.list.entries}


async def test_what_a_second_address_adds_is_told_with_the_touch_that_only_the_first_has(
    desk, ministry
):
    await desk.poll()
    ministry.publish("10", listing(10, "TechInsights", "Halifax International Security Forum"))
    await desk.poll()
    mirror = listing(10, "Halifax International Security Forum", "Epirus Incorporated")
    ministry.publish("10-mirror", msgspec.structs.replace(mirror, url="https://mirror.example/10"))
    await desk.poll()

    (more,) = [notice for notice in await desk.notices(OPS) if notice.kind is NoticeKind.AMENDED]
    assert [touch.entry for touch in more.touches.sure] == ["TechInsights Inc."]
    assert more.severity == "critical"


def at_another_address(act, **more):
    return msgspec.structs.replace(act, url="https://mirror.example/10", **more)


def listing_of(*entities, language: str = "zh"):
    act = listing(10)
    (measure,) = act.measures
    return msgspec.structs.replace(
        act, language=language, measures=(msgspec.structs.replace(measure, entities=entities),)
    )


async def test_a_supplier_whose_english_name_only_a_second_address_prints_is_told_and_stays_known(
    desk, ministry
):
    await desk.poll()
    chinese, bilingual = (
        listing_of(
            Entity(names=names, kind="org"), Entity(names={"zh": "哈利法克斯论坛"}, kind="org")
        )
        for names in ({"zh": "泰克洞察公司"}, {"zh": "泰克洞察公司", "en": "TechInsights"})
    )
    ministry.publish("10", chinese)
    await desk.poll()
    for _ in range(2):
        ministry.publish("10-mirror", at_another_address(bilingual))
        await desk.poll(after=timedelta(hours=2))

    (more,) = [notice for notice in await desk.notices(OPS) if notice.kind is NoticeKind.AMENDED]
    assert [touch.entry for touch in more.touches.sure] == ["TechInsights Inc."]
    alert = compose_alert(more)
    assert alert.headline == "Your supplier TechInsights Inc. is on China's Unreliable Entity List"
    assert [row[:3] for row in alert.tables[0].rows] == [
        ("changed", "TechInsights", "泰克洞察公司")
    ]


async def test_of_a_translation_whose_names_can_not_be_paired_only_who_is_ours_is_told(
    desk, ministry
):
    await desk.poll()
    ministry.publish(
        "10",
        listing_of(
            *(Entity(names={"zh": name}, kind="org") for name in ("泰克洞察公司", "哈利法克斯论坛"))
        ),
    )
    await desk.poll()
    names = ("TechInsights", "Halifax International Security Forum")
    translated = listing_of(
        *(Entity(names={"en": name}, kind="org") for name in names), language="en"
    )
    for _ in range(2):
        ministry.publish("10-mirror", at_another_address(translated))
        await desk.poll(after=timedelta(hours=2))

    (more,) = [notice for notice in await desk.notices(OPS) if notice.kind is NoticeKind.AMENDED]
    assert [touch.entry for touch in more.touches.sure] == ["TechInsights Inc."]
    assert [row[:2] for row in compose_alert(more).tables[0].rows] == [("added", "TechInsights")]
    assert "which of them are the same is not known" in " ".join(compose_alert(more).not_read)


async def test_a_translation_that_names_nobody_of_ours_is_not_told(desk, ministry):
    await desk.poll()
    ministry.publish("10", listing_of(Entity(names={"zh": "哈利法克斯论坛"}, kind="org")))
    await desk.poll()
    halifax = Entity(names={"en": "Halifax International Security Forum"}, kind="org")
    ministry.publish("10-mirror", at_another_address(listing_of(halifax, language="en")))
    await desk.poll(after=timedelta(hours=2))

    assert [notice.kind for notice in await desk.notices()] == [NoticeKind.ACT]


async def test_an_owner_that_is_on_record_counts_with_the_one_that_is_listed_now(
    desk, ministry, suppliers
):
    suppliers.write_text(
        "Name,Parent,Share,Held until\nYak Works,Nova Optics,30,\nYak Works,Brix Laser,30,\nOld"
        " Works,Nova Optics,60,2024-05-01\n"
    )
    await refreshed(desk)
    await desk.poll()
    for number, owner in ((10, "Nova Optics"), (11, "Brix Laser")):
        ministry.publish(str(number), listing(number, owner))
        await desk.poll(after=timedelta(days=1))
    told = {
        notice.fact.key: compose_alert(notice)
        for notice in await desk.notices()
        if notice.kind is NoticeKind.ACT
    }
    critical = {
        notice.fact.key: compose_alert(notice)
        for notice in await desk.notices(OPS)
        if notice.kind is NoticeKind.ACT
    }

    first, second = told["uel-2025-10"], critical["uel-2025-11"]
    assert [line.text.partition(" (")[0] for line in first.touches] == [
        "None of your 2 names and 1 product is touched by it; one may be.",
        "Your supplier Yak Works is owned 30 % by Nova Optics, added",
    ]
    assert second.headline.startswith(
        "Your supplier Yak Works is owned 60 % by several that are listed, among them Brix Laser"
    )


@pytest.mark.parametrize(
    ("columns", "row", "counts"),
    [
        ("Held from", "2025-10-10", [False, True]),
        ("Held until", "2025-10-09", [True, False]),
        ("Held from,Held until", "2024-05-01,2025-10-09", [True, False]),
    ],
)
async def test_an_owner_counts_from_the_day_on_and_to_the_day_that_an_unchanged_list_gives(
    desk, suppliers, columns: str, row: str, counts: list[bool]
):
    suppliers.write_text(f"Name,Parent,Share,{columns}\nYak Works,Nova Optics,60,{row}\n")
    touched = []
    for day in (9, 10):
        now = datetime(2025, 10, day, 12, tzinfo=UTC)
        await desk.pipeline.watching.refresh(desk.pipeline.history, now)
        found = desk.pipeline.watching.screen(listing(10, "Nova Optics"), {})
        touched.append(bool(found.found))

    assert touched == counts


class Interrupted:
    """A history beside which `poll` runs before the facts of a page are recorded."""

    def __init__(self, history, poll):
        self._history, self._poll = history, poll
        self.was = False

    def __getattr__(self, name):
        return getattr(self._history, name)

    async def __call__(self, function, *args, **kwargs):
        if function is facts.record_page and args[1].facts and not self.was:
            self.was = True
            await self._poll()
        return await self._history(function, *args, **kwargs)


async def test_an_owner_on_record_counts_also_while_another_source_is_polled(
    desk, ministry, suppliers
):
    suppliers.write_text("Name,Parent,Share\nYak Works,Nova Optics,30\nYak Works,Brix Laser,30\n")
    await refreshed(desk)
    await desk.poll()
    ministry.publish("9", listing(9, "Nova Optics"))
    ministry.publish("10", listing_of(Entity(names={"zh": "布里克斯激光公司"}, kind="org")))
    await desk.poll()
    both = {"zh": "布里克斯激光公司", "en": "Brix Laser"}
    ministry.publish("board", "Name,Country\nAcme Widgets,GB\n")
    await desk.poll(source="rolls.board")
    ministry.publish("board", "Name,Country\nAcme Widgets,GB\nZeta Widgets,GB\n")
    ministry.publish("10-mirror", at_another_address(listing_of(Entity(names=both, kind="org"))))
    history = desk.pipeline.history
    between = Interrupted(history, lambda: desk.poll(source="rolls.board"))
    desk.pipeline = replace(desk.pipeline, history=between)
    await desk.poll(after=timedelta(hours=2))

    (more,) = [notice for notice in await desk.notices(OPS) if notice.kind is NoticeKind.AMENDED]
    assert between.was
    assert [touch.entry for touch in more.touches.sure] == ["Yak Works"]
