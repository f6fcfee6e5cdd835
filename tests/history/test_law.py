"""The law that a history keeps: whatever is asked of it is what a timeline of all acts has."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from acts import UEL, control, entity, listing, suspension
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select
from statute_books import DAYS, life, statute_books, told
from statutes import SEEN, act, measure

from monitor.diff import ChangeKind
from monitor.errors import StoreError, StoreMoved
from monitor.history import History
from monitor.history.tables import ActRow, ChangeRow
from monitor.model import Announcement, to_json
from monitor.pipeline.answers import asof, key_dates
from monitor.pipeline.law import Law
from monitor.timeline import MeasureQuery, Status, StatusOnDay, Timeline, known
from monitor.timeline.calendar import calendar
from monitor.timeline.clues import Clue

STATUSES = list(Status)
ON = DAYS.map(date.fromisoformat)
ASKED = st.sampled_from(
    [
        MeasureQuery(register=UEL),
        MeasureQuery(item="1C909"),
        MeasureQuery(item="1C909.a.1"),
        MeasureQuery(destination="JP"),
        MeasureQuery(register=UEL, item="2B"),
    ]
)


def read(history: History, acts: Iterable[Announcement], day: int) -> None:
    """Acts are understood so, so many days after the first were seen."""
    with history._engine.begin() as connection:
        for one in acts:
            at, fact = SEEN + timedelta(days=day), to_json(one).decode()
            new = connection.execute(select(ActRow.key).where(ActRow.key == one.key)).first() is None
            if new:
                connection.execute(insert(ActRow), {"key": one.key, "first_seen": at, "fact": fact, "baseline": day == 0})
            kind = ChangeKind.NEW if new else ChangeKind.AMENDED
            connection.execute(insert(ChangeRow), {"at": at, "kind": kind, "key": one.key, "source": "toy", "fact": fact})


def stand(on_day: Iterable[StatusOnDay]) -> list[object]:
    return [(life(one.lifecycle), one.span.status) for one in on_day]


@examples(40)
@given(statute_books(), statute_books(), ON, ASKED, st.integers(0, 60))
def test_what_is_read_of_the_law_is_what_a_timeline_of_all_acts_has(before, after, day, asked, known_for):
    with TemporaryDirectory() as folder, History(Path(folder)) as history:
        read(history, before, 0)
        assert history.parts_of_their_own() >= 0  # so that what comes next has to be fitted in
        read(history, after, 40)
        whole, law = Timeline(known(history.sightings())), Law(history)
        then = date(2025, 10, 9) + timedelta(days=known_for)
        whole_then = Timeline(known(history.sightings(), then))

        assert list(map(life, law.parts(history.parts_ranked()))) == told(whole)
        for key in (one.key for one in (*before, *after)):
            assert list(map(life, law.around([key]).of_act(key))) == list(map(life, whole.of_act(key)))
        for timeline, as_known in ((whole, law), (whole_then, Law(history, then))):
            assert sorted(map(repr, stand(as_known.standing(day)))) == sorted(map(repr, stand(timeline.on(day))))
            assert stand(as_known.standing(day, UEL)) == stand(_ordered(timeline.on(day, MeasureQuery(register=UEL))))
            assert list(map(life, as_known.about(asked).that(asked.meets))) == list(map(life, timeline.that(asked.meets)))
            anywhere = [one for one in timeline.on(day) if not one.lifecycle.destinations]
            assert as_known.everywhere(day) == len(anywhere)
        assert list(key_dates(history, day, day + timedelta(days=9)).dates) == calendar(whole, day, day + timedelta(days=9))
        lives = [one.spans[0].since for one in whole.that(MeasureQuery(register=UEL).meets)]
        assert law.first_day(UEL) == min(lives, default=None)
        newest = sorted(whole.that(lambda _: True), key=lambda one: one.spans[0].since)[-3:]
        assert list(map(life, law.parts(history.parts_newest(3)))) == list(map(life, newest))


def _ordered(on_day: Iterable[StatusOnDay]) -> list[StatusOnDay]:
    def place(one: StatusOnDay) -> tuple[int, str, str]:
        return STATUSES.index(one.span.status), one.lifecycle.act.published or "", one.lifecycle.act.key

    return sorted(on_day, key=place)


def test_what_takes_a_name_off_a_register_hangs_together_with_what_put_it_there(tmp_path: Path):
    gone = measure("remove", register=UEL, entities=(entity("Dedrone"),), starts="2025-11-10")
    with History(tmp_path) as history:
        read(history, [listing(10, "Dedrone", "Epirus"), control(57, "1C909.a")], 0)
        history.parts_of_their_own()
        read(history, [act("uel-2025-11", gone)], 1)

        assert len(history.knots_of(["uel-2025-10", "uel-2025-11", "mofcom-2025-57"])) == 2
        ended = [
            part.lifecycle.entities[0].names["en"] for part in Law(history).standing(date(2025, 11, 20), UEL) if part.span.why
        ]
    assert ended == ["Dedrone"]


def test_who_may_only_read_is_told_the_law_that_whoever_wrote_last_did_not_keep(tmp_path: Path):
    with History(tmp_path) as writer:
        read(writer, [control(57, "1C909.a")], 0)
        writer.parts_of_their_own()
        read(writer, [suspension(70, "mofcom-2025-57")], 1)

        with History(tmp_path, read_only=True) as reader:
            (stands,) = asof(reader, date(2025, 11, 20), None, MeasureQuery(item="1C909")).on_day

    assert stands.span.status == "suspended"


@contextmanager
def _lacking(table: str, store: Path) -> Iterator[None]:
    """A store without that table, which a database of PostgreSQL has to have again afterwards: others are tested in it."""

    def called(before: str, after: str) -> None:
        with History(store) as history, history._transaction() as session:
            session.connection().exec_driver_sql(f"ALTER TABLE {before} RENAME TO {after}")

    called(table, "taken_away")
    try:
        yield
    finally:
        called("taken_away", table)


def test_a_law_of_which_a_part_is_damaged_is_a_line_and_the_rest_is_told(tmp_path: Path):
    with History(tmp_path) as writer:
        read(writer, [listing(10, "Dedrone")], 0)
        assert writer.law_reaches()
    with _lacking("clue", tmp_path), History(tmp_path, read_only=True) as reader, reader.at_one_moment():
        with pytest.raises(StoreError, match="clue"):
            reader.keys_with(Clue.CALLED, ["Dedrone"])
        assert [seen.now.key for seen in reader.sightings_of(reader.act_keys())] == ["uel-2025-10"]


def test_who_is_told_of_a_law_that_moves_meanwhile_is_told_so_and_not_less(tmp_path: Path):
    with History(tmp_path) as writer, History(tmp_path, read_only=True) as reader:
        read(writer, [control(57, "1C909.a"), listing(10, "Dedrone")], 0)
        writer.parts_of_their_own()
        standing = Law(reader).standing(date(2025, 10, 20))
        assert len(list(standing)) == 2
        read(writer, [suspension(70, "mofcom-2025-57")], 1)
        writer.parts_of_their_own()

        with pytest.raises(StoreMoved, match="ask again"):
            list(standing)
        assert len(list(Law(reader).standing(date(2025, 10, 20)))) == 2


def test_by_other_rules_the_law_is_made_anew(tmp_path: Path):
    with History(tmp_path) as writer:
        read(writer, [control(57, "1C909.a"), suspension(70, "mofcom-2025-57")], 0)
        writer.parts_of_their_own()
        with writer._engine.begin() as connection:
            connection.exec_driver_sql("UPDATE rules SET rules = 'of yesterday'")
            connection.exec_driver_sql("UPDATE stretch SET status = 1")

    with History(tmp_path) as history:
        (stands,) = asof(history, date(2025, 11, 20), None, MeasureQuery(item="1C909")).on_day
        assert [part.span.status for part in Law(history).standing(date(2025, 11, 20))] == ["suspended"]
    assert stands.span.status == "suspended"


def test_whoever_waits_for_the_law_of_many_acts_is_told_how_far_it_has_come(tmp_path: Path, monkeypatch, caplog):
    making = import_module("monitor.history.law")
    monkeypatch.setattr(making, "AT_ONCE", 2)
    monkeypatch.setattr(making, "OFTEN", 4)
    with History(tmp_path) as history:
        read(history, [control(number, "1C909") for number in range(5)], 0)
        assert history.parts_of_their_own() == 5
        read(history, [control(9, "1C909")], 1)
        assert history.parts_of_their_own() == 6

    assert [record.getMessage().rpartition(": ")[2] for record in caplog.records] == ["4 of 5 were read", "5 of 5 were read"]
