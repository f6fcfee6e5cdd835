"""What a daemon says of itself, by a real store: of sources, of those that are muted, of a store
that does not answer.
"""

from datetime import timedelta

import pytest
from command import FAR
from conftest import Desk

from monitor.deliver.channel import load_policies
from monitor.errors import StoreError
from monitor.poll.rota import Rota
from monitor.run.life.proof import Proof
from monitor.run.life.pulse import Pulse
from monitor.store import looks, mutes

HOUR = timedelta(hours=1)


def proof(desk: Desk, *, full: bool = False) -> Proof:
    began = desk.clock.now()
    return Proof(
        desk.pipeline,
        Pulse(began),
        load_policies(desk.pipeline.config),
        timetable=Rota(desk.pipeline).timetable,
        polling=lambda: {"toy.yearbook"},
        is_full=lambda: full,
        awake=lambda: began,
    )


async def test_a_source_that_is_muted_is_no_complaint_and_its_authority_is_seen_by_its_other_sources(
    desk: Desk, ministry
):
    asked = proof(desk)
    await desk.poll()
    desk.clock.move_to(desk.clock.now() + 2 * HOUR)
    sources = [source.id for source in desk.pipeline.registry.sources]
    blind, _ = await asked.find_wrong(FAR)
    until = desk.clock.now() + HOUR
    await desk.pipeline.history(mutes.mute_sources, sources, until, "Li Wei", "", desk.clock.now())

    assert {complaint.kind for complaint in blind} == {"blind"}
    assert len(blind) > 1
    muted = await asked.find_wrong(FAR)
    assert muted == ([], dict.fromkeys(sources, until))

    desk.clock.move_to(until)
    assert await asked.find_wrong(FAR) == (blind, {})


async def test_what_it_does_says_what_comes_next_and_what_is_wrong(desk: Desk, ministry):
    await desk.poll()
    does = await proof(desk, full=True).working()

    assert (does.polling, does.ticks, does.last_good_cycle) == (("toy.yearbook",), 0, None)
    assert does.next
    assert [complaint.kind for complaint in does.wrong] == ["store"]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (TimeoutError(), "the store did not answer within 2 seconds"),
        (StoreError("the disk is worn"), "the disk is worn"),
    ],
)
async def test_where_the_store_fails_or_does_not_answer_that_is_what_is_wrong(
    desk: Desk, monkeypatch, fault: Exception, said: str
):
    def fails(*_: object) -> None:
        raise fault

    monkeypatch.setattr(looks, "load_vitals", fails)
    does = await proof(desk, full=True).working()

    assert [complaint.kind for complaint in does.wrong] == ["store", "store"]
    assert does.wrong[-1].text == f"what waits and which sources fail is not known: {said}"


async def test_a_line_says_it_all_for_who_asks_nobody(desk: Desk):
    asked = proof(desk, full=True)
    asked.pulse.due([], desk.clock.now())
    asked.pulse.due([], desk.clock.now())

    number = len(desk.pipeline.registry.sources)
    assert (
        asked.status()
        == f"watching {number} sources, reading 1 now; all that was due was looked at by"
        " 2025-10-09T01:00:00Z; no room on the disk"
    )
