"""One function and all that it writes are one transaction; what is to follow it follows only
what was kept.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from acts import listing
from arrivals import arrive

from monitor.store import ALERTS, History, Session, identity, mutes, outbox
from monitor.store.threaded import HistoryThread

NOW = datetime(2025, 10, 9, 1, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(days=1)


class CutOff(Exception):
    """What ends a function in the middle of what it writes."""


def mute_both(session: Session, *names: str, fails: bool = False) -> int:
    for name in names:
        mutes.mute_sources(session, [name], UNTIL, "Ana Ruiz", "moves", NOW)
    if fails:
        raise CutOff
    return len(names)


def muted(history: History) -> list[str]:
    return [mute.source for mute in history(mutes.list_source_mutes, NOW)]


def test_all_that_a_function_writes_is_kept_or_nothing(history: History):
    with pytest.raises(CutOff):
        history(mute_both, "toy.a", "toy.b", fails=True)
    assert muted(history) == []

    assert history(mute_both, "toy.a", "toy.b") == 2
    assert muted(history) == ["toy.a", "toy.b"]


def test_several_questions_of_one_moment_are_one_transaction(history: History):
    with history.transaction() as session:
        mute_both(session, "toy.a")
        mute_both(session, "toy.b")
        assert [mute.source for mute in mutes.list_source_mutes(session, NOW)] == ["toy.a", "toy.b"]

    with pytest.raises(CutOff), history.transaction() as session:
        mute_both(session, "toy.c", fails=True)

    assert muted(history) == ["toy.a", "toy.b"]


async def test_it_is_asked_so_on_its_thread_and_run_there_where_it_takes_the_history_itself(
    tmp_path: Path,
):
    thread = HistoryThread(History(tmp_path))

    assert await thread(mute_both, "toy.a", "toy.b") == 2
    assert await thread.run(muted) == ["toy.a", "toy.b"]
    thread.close()


def test_the_file_beside_the_database_counts_a_message_once_that_it_leaves_is_kept(
    history: History, tmp_path: Path
):
    def leave(session: Session, *, fails: bool) -> None:
        outbox.mark_sending(session, owed, not_before=None, doubtful=False)
        if fails:
            raise CutOff

    def counted() -> int:
        mark = identity.read(tmp_path)
        return mark.sendings if mark else 0

    arrive(history, listing(1, "Halifax International Security Forum"))
    owed = history(outbox.list_pending, ALERTS)[0]
    with pytest.raises(CutOff):
        history(leave, fails=True)
    assert counted() == 0

    history(leave, fails=False)
    assert counted() == 1


def test_what_waits_is_doubted_where_more_left_by_the_store_than_by_its_database(tmp_path: Path):
    with History(tmp_path) as history:
        arrive(history, listing(1, "Halifax International Security Forum"))
        assert not history(outbox.doubt_if_behind, NOW)
        mark = identity.read(tmp_path)
        assert mark is not None
    identity.save_count_to_file(tmp_path, identity.Mark(mark.identity, mark.sendings + 1))

    with History(tmp_path) as history:
        assert [history(outbox.doubt_if_behind, NOW) for _ in range(2)] == [True, False]
        assert {owed.state for owed in history(outbox.list_pending, ALERTS)} == {"sending"}
