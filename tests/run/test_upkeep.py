"""What leaves the archive at a quiet time, and that nothing does on which anything rests."""

import os
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from acts import control, listing
from editions import PEOPLE, board, changes, firms, roll
from examples import long, sweep
from log_lines import recorded

from monitor.alert.event import NoticeKind
from monitor.errors import StoreError
from monitor.model import Attachment, to_json
from monitor.run.daemon import Daemon
from monitor.run.orders import PollOrder
from monitor.run.upkeep import EVERY, FIRST, IMPATIENT, Upkeep
from monitor.store import History, page_words, proofs, sightings
from monitor.store.archive import FolderArchive
from monitor.store.columns import Table
from monitor.store.proofs import NAMING

DAY = timedelta(days=1)
KEEP = 90 * DAY


@pytest.fixture
def archive(tmp_path: Path) -> FolderArchive:
    return FolderArchive(tmp_path / "store" / "archive")


@pytest.fixture
async def upkeep(desk, archive: FolderArchive) -> AsyncIterator[Upkeep]:
    """That of a store that began with this version, in which nothing lies yet."""
    await desk.pipeline.history(proofs.take_for_proofs, [], desk.clock.now())
    return Upkeep(desk.pipeline.history, archive, desk.clock, KEEP)


def lying(archive: FolderArchive) -> set[str]:
    return {body for body, _ in archive.files()}


async def polled(
    desk, archive: FolderArchive, *, source: str = "toy.notices", after: timedelta = DAY
) -> None:
    """A poll, after which what it has put is as old as the story says."""
    before = {path: path.stat().st_mtime_ns for _, path in archive.files()}
    await desk.poll(after=after, source=source)
    for _, path in archive.files():
        if before.get(path) != path.stat().st_mtime_ns:
            os.utime(path, times=(desk.clock.now().timestamp(),) * 2)


async def kept_up(desk, upkeep: Upkeep, *, after: timedelta = KEEP + DAY) -> None:
    """A whole round of it, so long after."""
    desk.clock.move_to(desk.clock.now() + after)
    await upkeep.step(quiet=True)
    desk.clock.move_to(desk.clock.now() + FIRST)
    for _ in range(6):
        await upkeep.step(quiet=True)


async def test_a_page_that_was_read_again_in_other_bytes_goes_and_the_first_and_the_last_stay(
    desk, ministry, archive: FolderArchive, upkeep: Upkeep
):
    act = to_json(control(18, "1C902.a")).decode()
    bodies = [act + " " * visits for visits in range(4)]  # a page that counts its visitors
    for body in bodies:
        ministry.publish("18", body)
        await polled(desk, archive)
    with recorded() as log:
        await kept_up(desk, upkeep)
        (line,) = log()

    first, *between, last = (sha256(body.encode()).hexdigest() for body in bodies)
    assert lying(archive) & {first, *between, last} == {first, last}
    assert (await upkeep.whole()).bodies == 0
    assert (line["event"], line["bodies"]) == ("freed", len(between))
    assert line["bytes"] > 0
    assert await arrived(desk, {first, *between, last}) == {first, last}


async def arrived(desk, bodies: set[str]) -> set[str]:
    """Those of these bodies of which it is known how they came."""

    def known(history: History) -> set[str]:
        with history.transaction() as session:
            return {came.sha256 for came in proofs.list_retrievals(session, bodies)}

    return await desk.pipeline.history.run(known)


async def test_what_is_young_stays(desk, ministry, archive: FolderArchive, upkeep: Upkeep):
    for visits in range(3):
        ministry.publish("18", to_json(control(18, "1C902.a")).decode() + " " * visits)
        await polled(desk, archive)
    there = lying(archive)
    await kept_up(desk, upkeep, after=KEEP - 5 * DAY)

    assert lying(archive) == there


async def test_a_body_that_is_put_after_it_was_asked_for_stays(
    desk, archive: FolderArchive, upkeep: Upkeep, monkeypatch
):
    body = archive.put(b"wanted again")
    old = desk.clock.now().timestamp()
    for _, path in archive.files():
        os.utime(path, times=(old, old))
    needed = proofs.select_needed_bodies

    def put_meanwhile(session, bodies):
        answer = needed(session, bodies)
        archive.put(b"wanted again")
        return answer

    monkeypatch.setattr(proofs, "select_needed_bodies", put_meanwhile)
    await kept_up(desk, upkeep)

    assert archive.get(body) == b"wanted again"


async def test_a_store_of_an_earlier_version_loses_nothing_that_lay_there(
    desk, ministry, archive: FolderArchive
):
    ministry.publish("18", control(18, "1C902.a"))
    await polled(desk, archive)
    beside = archive.put(b"an annex as it was once, which no row names")
    for _, path in archive.files():
        os.utime(path, times=(desk.clock.now().timestamp(),) * 2)
    await kept_up(desk, Upkeep(desk.pipeline.history, archive, desk.clock, KEEP))
    await kept_up(desk, Upkeep(desk.pipeline.history, archive, desk.clock, KEEP))

    assert archive.get(beside)


async def test_it_waits_for_a_quiet_moment_but_not_for_ever(
    desk, archive: FolderArchive, upkeep: Upkeep
):
    archive.put(b"nobody wants it")
    for _, path in archive.files():
        os.utime(path, times=(0, 0))
    await upkeep.step(quiet=False)
    desk.clock.move_to(desk.clock.now() + FIRST + IMPATIENT)
    for _ in range(4):
        await upkeep.step(quiet=False)
    assert lying(archive)
    desk.clock.move_to(desk.clock.now() + timedelta(minutes=1))
    for _ in range(4):
        await upkeep.step(quiet=False)

    assert not lying(archive)


async def test_it_is_done_once_a_day_by_the_daemon(desk, ministry, archive: FolderArchive):
    daemon = Daemon(desk.pipeline, {})
    await daemon.answer(PollOrder(sources=("toy.notices",)))
    await desk.pipeline.history(proofs.take_for_proofs, [], desk.clock.now())
    gone = []
    for day in range(3):
        body = archive.put(b"nobody wants it %d" % day)
        for _, path in archive.files():
            os.utime(path, times=(0, 0))
        for _ in range(5):
            desk.clock.move_to(desk.clock.now() + FIRST / 2)
            await daemon._upkeep.step(quiet=True)
        gone.append(body not in lying(archive))
        if day:
            desk.clock.move_to(desk.clock.now() + EVERY)

    assert gone == [True, False, True]


class Ministry:
    """Does at random what publishers do, and remembers which bytes anything was told from."""

    def __init__(self, desk, site, archive: FolderArchive, seed: int) -> None:
        self._desk, self._site, self._archive, self._random = (
            desk,
            site,
            archive,
            random.Random(seed),
        )
        self._codes: dict[int, int] = {}
        self._annexes: dict[int, int] = {}
        self._visits = self._edition = 0
        self.proofs: set[str] = set()

    async def goes_on(self) -> None:
        deed = self._random.choice(
            [
                self._publishes,
                self._edits,
                self._counts,
                self._exchanges,
                self._lists,
                self._reformats,
            ]
        )
        deed()
        for source in ("toy.notices", "rolls.roll"):
            before = await self._changes()
            await polled(
                self._desk, self._archive, source=source, after=self._random.choice([DAY, 20 * DAY])
            )
            if await self._changes() > before:
                self._remember()
        self.proofs |= {
            happening.evidence.sha256
            for happening in await self._desk.pipeline.history(sightings.list_happenings)
        }

    async def _changes(self) -> int:
        return await self._desk.pipeline.history(sightings.find_latest_change)

    def _remember(self) -> None:
        """What is published now is what the change rests on: annexes too, which no message
        names.
        """
        for number in self._annexes:
            if (body := sha256(self._site.pages[f"annex-{number}"]).hexdigest()) in lying(
                self._archive
            ):
                self.proofs.add(body)

    def _publishes(self) -> None:
        number = len(self._codes) + 1
        self._codes[number] = self._annexes[number] = 1
        self._shows(number)

    def _edits(self) -> None:
        if number := self._one():
            self._codes[number] += 1
            self._shows(number)

    def _counts(self) -> None:
        self._visits += 1
        if number := self._one():
            self._shows(number)

    def _exchanges(self) -> None:
        if number := self._one():
            self._annexes[number] += 1
            self._shows(number)

    def _one(self) -> int | None:
        return self._random.choice([*self._codes]) if self._codes else None

    def _shows(self, number: int) -> None:
        annex = self._site.publish(
            f"annex-{number}", listing(number, f"Firm {self._annexes[number]}")
        )
        self._site.hidden.add(f"annex-{number}")
        act = msgspec.structs.replace(
            control(number, f"1C{self._codes[number]:03}"),
            attachments=(Attachment(title="Annex", url=annex),),
        )
        self._site.publish(str(number), to_json(act).decode() + " " * self._visits)

    def _lists(self) -> None:
        self._edition += 1
        self._site.publish(
            "roll", roll({**PEOPLE, str(10 + self._edition): f"Firm {self._edition}"}, "2025-10-10")
        )

    def _reformats(self) -> None:
        self._visits += 1
        self._site.publish("roll", roll(PEOPLE, "2025-10-10", end=" " * self._visits + "</roll>"))


@pytest.mark.parametrize("seed", [*long(0), *sweep(1, 2)])
async def test_nothing_goes_on_which_anything_rests_that_was_told(
    desk, ministry, archive: FolderArchive, upkeep: Upkeep, seed: int
):
    publishers = Ministry(desk, ministry, archive, seed)
    ever: set[str] = set()
    for _ in range(4):
        for _ in range(8):
            await publishers.goes_on()
            ever |= lying(archive)
        await kept_up(desk, upkeep)

    missing = {body for body in publishers.proofs if body not in archive}
    assert missing == set()
    assert len(publishers.proofs) > 10
    assert ever - lying(archive), "nothing ever went, so nothing was tried"
    for body in publishers.proofs:
        archive.get(body)  # EvidenceLost where it is not as it was


def test_every_column_that_names_a_body_is_asked():
    columns = {
        column
        for table in Table.metadata.tables.values()
        for column in table.c
        if "sha256" in column.name
    }
    # they go with it
    columns -= {Table.metadata.tables[table].c.sha256 for table in ("arrival", "body", "piece")}

    assert {(table.name, column.name) for column in columns for table in [column.table]} == {
        (column.class_.__tablename__, column.key) for column in NAMING
    }


async def test_what_is_held_of_a_register_can_be_released_long_after(
    desk, ministry, archive: FolderArchive, upkeep: Upkeep
):
    ministry.publish("board", board(firms(40)))
    await polled(desk, archive, source="rolls.board")
    ministry.publish("board", board(firms(10)))
    await polled(desk, archive, source="rolls.board")
    await kept_up(desk, upkeep)
    await desk.pipeline.release("rolls.board")

    assert len((await changes(desk))[-1]) == 30


async def test_a_page_that_is_read_again_after_long_is_compared_with_what_it_said(
    desk, ministry, archive: FolderArchive, upkeep: Upkeep
):
    act = to_json(control(18, "1C902.a")).decode()
    await polled(desk, archive)
    for visits in range(2):
        ministry.publish("18", act + " " * visits)
        await polled(desk, archive)
    await kept_up(desk, upkeep)
    ministry.publish("18", act + "  ")
    await polled(desk, archive, after=60 * DAY)

    assert await desk.troubles() == []
    assert [kind for kind, _ in await desk.owed()] == [NoticeKind.ACT]


async def test_words_of_pages_that_were_read_before_are_kept_where_it_was_cut_short(
    desk, ministry, archive, upkeep, monkeypatch
):
    monkeypatch.setattr("monitor.run.upkeep.FEW", 1)
    for number in (18, 57):
        ministry.publish(str(number), control(number, "1C902.a"))
    await polled(desk, archive)
    read = desk.pipeline.history
    known = await read(page_words.find_passages, "1C902.a")
    await read(page_words.forget_words, [page.sha256 for page in known])
    keep, kept = page_words.keep_words, []

    def killed(session, pages):
        if kept:
            raise StoreError("killed")
        kept.extend(pages)
        keep(session, pages)

    monkeypatch.setattr(page_words, "keep_words", killed)
    with pytest.raises(StoreError, match="killed"):
        await upkeep.whole()
    assert len(await read(page_words.find_passages, "1C902.a")) == 1
    monkeypatch.setattr(page_words, "keep_words", keep)
    archive.remove(
        next(page.sha256 for page in known if page.sha256 not in kept), desk.clock.now() + DAY
    )
    await upkeep.whole()

    # one that is lost is asked for no more
    assert await read(page_words.list_pages_without_words) == []
    assert [page.words for page in await read(page_words.find_passages, "1C902.a")] == [
        page.words for page in known if page.sha256 in kept
    ]
