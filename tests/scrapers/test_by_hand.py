"""Sources that a person feeds: nobody polls them, and somebody is reminded where no page was
handed in for too long.
"""

from datetime import timedelta
from pathlib import Path

from monitor.config import Config
from monitor.poll.round import list_due_sources, select_sources, tell_stale
from monitor.run.hand_in import hand_in
from monitor.run.orders import HandInOrder
from monitor.source.schedule import Freshness
from monitor.store import OPS, acts, notices, outbox, troubles

LIST = (
    "<html lang='ko'><head><title>품목 목록</title></head><body><h1>품목"
    " 목록</h1><p>현황</p></body></html>"
)
CONFIG = Config(packages=("scrapers",), only=("by_hand", "jp_meti"))


async def test_it_is_never_due_and_somebody_is_reminded_until_a_page_is_handed_in(
    open_desk, tmp_path: Path
) -> None:
    (tmp_path / "list.html").write_text(LIST)
    given = HandInOrder(
        path=str(tmp_path / "list.html"),
        source="by_hand.kr_strategic_items",
        by="Jo",
        saved_at="2025-10-08",
    )
    async with open_desk(CONFIG) as desk:
        pipeline, awake = desk.pipeline, desk.clock.now()

        async def told_after(wait: timedelta) -> list[str]:
            desk.clock.move_to(desk.clock.now() + wait)
            await tell_stale(pipeline, awake)
            waiting = await pipeline.history(outbox.list_pending, OPS)
            seen = [await pipeline.history(notices.compose_notice, owed.id) for owed in waiting]
            return [
                notice.problem.text
                for notice in seen
                if notice.problem and "by_hand.kr_strategic_items" in notice.problem.text
            ]

        due = [
            await list_due_sources(pipeline, pipeline.registry.sources),
            await select_sources(pipeline, (), every=True),
        ]
        first = (await hand_in(pipeline, given)).failures
        fresh, late = await told_after(timedelta(days=29)), await told_after(timedelta(days=2))
        known = await pipeline.history(acts.list_newest_acts, 10)

    assert [[source.id for source in sources] for sources in due] == [
        ["jp_meti.end_user_list", "jp_meti.releases", "jp_meti.russia"]
    ] * 2
    assert (first, fresh) == ((), [])
    assert [text.partition(" in a browser")[0] for text in late] == [
        (
            "a person feeds it: save"
            " https://www.law.go.kr/LSW/admRulInfoP.do?admRulSeq=2100000270104&chrClsCd=010201"
        )
    ]
    assert [act.title for act in known] == ["품목 목록"]


async def test_what_is_said_of_its_authority_does_not_wait_for_it(open_desk) -> None:
    async with open_desk(CONFIG) as desk:
        sources, health = (
            desk.pipeline.registry.sources,
            await desk.pipeline.history(troubles.load_source_healths),
        )
        freshness = Freshness(sources, health, desk.clock.now(), timedelta(minutes=30))

    assert freshness.last_read("kr-motie").has_source is False
