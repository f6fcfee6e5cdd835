"""What is kept of a person wherever their name stands, and that nothing of it is left of who was
erased.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from acts import listing

from monitor.ask import audit
from monitor.clock import format_instant
from monitor.errors import ConfigError
from monitor.model import to_json
from monitor.run.hand_in import hand_in
from monitor.run.orders import HandInOrder
from monitor.store import History, handling, mutes, watched
from monitor.store.columns import Table
from monitor.triage.values import KeptPerson, Person
from monitor.watch.match import Dismissal
from monitor.watch.values import Match, MatchVerdict, Relation, ScreeningResult

NOW = datetime(2025, 10, 9, 12, tzinfo=UTC)
DISMISSAL = Dismissal(
    entry="supplier:x", subject="y", by="Ana Ruiz", at=format_instant(NOW), subject_name="Y"
)


@pytest.fixture
def history(tmp_path: Path):
    with History(tmp_path / "store") as opened:
        yield opened


def erase(history: History, kept: KeptPerson) -> None:
    history(
        handling.handle,
        audit.make_erasure_request(kept, Person("login:mei", "Mei Lin"), "erasing"),
        NOW,
    )


def dump(store: Path) -> str:
    with History(store, read_only=True) as history, history.tables() as connection:
        return "\n".join(
            str(row)
            for table in Table.metadata.sorted_tables
            for row in connection.execute(table.select())
        )


def test_of_who_took_something_back_it_is_kept_and_is_not_once_they_are_erased(
    history: History, tmp_path: Path
):
    history(watched.dismiss, DISMISSAL, NOW)
    history(watched.revoke_dismissal, "supplier:x", "y", "Li Wei", NOW)
    history(mutes.mute_sources, ["toy.notices"], NOW + timedelta(days=1), "Ana Ruiz", "moves", NOW)
    history(mutes.unmute_sources, ["toy.notices"], "Li Wei", NOW)
    li = audit.find_person(history, "Li Wei")
    kept = {(entry.kind, entry.what) for entry in history(handling.list_personal_records, li)}
    erase(history, li)

    assert kept == {
        ("dismissal taken back", "supplier:x"),
        ("mute of a source taken back", "toy.notices"),
    }
    assert "Li Wei" not in dump(tmp_path / "store")
    assert [kept.person.name for kept in history(handling.list_people_kept)] == [
        "Mei Lin",
        "Ana Ruiz",
    ]


async def test_of_who_handed_a_page_in_it_is_kept_and_is_not_once_they_are_erased(
    desk, ministry, tmp_path: Path
):
    await desk.poll()
    url = ministry.publish("10", act := listing(10, "Halifax Forum"))
    file = tmp_path / "10.json"
    file.write_bytes(to_json(act))
    await hand_in(
        desk.pipeline,
        HandInOrder(str(file), "toy.notices", "Li Wei", "saved at home", url, "2025-10-09"),
    )
    li = await desk.pipeline.history.run(audit.find_person, "Li Wei")
    (kept,) = await desk.pipeline.history(handling.list_personal_records, li)
    await desk.pipeline.history.run(erase, li)

    assert (kept.kind, kept.what, kept.says) == ("page handed in", "uel-2025-10", "saved at home")
    assert "Li Wei" not in dump(tmp_path / "store")


def test_a_look_back_no_longer_names_who_dismissed_somebody(history: History, tmp_path: Path):
    sure = Match(
        kind="name",
        score=1,
        verdict=MatchVerdict.MATCH,
        reason="same",
        entry="X",
        key="supplier:x",
        relation=Relation.SUPPLIER,
        subject="X",
    )
    other = msgspec.structs.replace(sure, subject="Y", dismissed_by="Ana Ruiz")
    result = ScreeningResult(names=1, products=0, listed=2, found=(sure, other))
    history(watched.dismiss, DISMISSAL, NOW)
    history(watched.record_look_back, {}, result, history(watched.read_watch_stamp), NOW)
    told = dump(tmp_path / "store").count("Ana Ruiz")
    erase(history, audit.find_person(history, "Ana Ruiz"))

    assert told == 3
    assert "Ana Ruiz" not in dump(tmp_path / "store")


def test_no_name_is_nobody_s(history: History):
    history(watched.dismiss, DISMISSAL, NOW)

    with pytest.raises(ConfigError, match="'' is nobody"):
        audit.find_person(history, "")
