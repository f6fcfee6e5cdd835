"""Whoever is asked for is found by the index of names as by a walk of all on record, whatever has come and gone meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from acts import control, listing
from arrivals import arrive
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from watch.labelled import PAIRS

from monitor.diff.rows import Version
from monitor.history import Delta, History, Stamp, watched
from monitor.history.watched import OnRecord
from monitor.model import Entity, Evidence, Item, to_json
from monitor.pipeline.on_record import AllRecords, KeptRecords, naming, unread
from monitor.pipeline.screen import check, entries_of
from monitor.source.page import Request
from monitor.watch.entries import Party
from monitor.watch.match import Thresholds, WatchList

NOW = datetime(2025, 10, 9, tzinfo=UTC)
READER = "toy.rolls"
PLACE = Request("https://registers.example/roll")
NAMES = (
    "Teal Drones, Inc.",
    "Teal Drons",
    "Huawei Technologies Co., Ltd.",
    "华为技术有限公司",
    "Kolomna Plant JSC",
    "Ivan Petrov",
)
WATCH = WatchList([], Thresholds(match=0.85, review=0.3))


def entity(name: str, *aliases: str, kind: str = "org", number: str = "") -> Entity:
    return Entity(names={"en": name}, aliases=aliases, kind=kind, ids={"no": number} if number else {})  # type: ignore[arg-type]


def edition(history: History, subjects: Mapping[str, Entity | Item], gone: Iterable[str] = (), day: int = 0) -> None:
    """A register is read: these of its rows have come or say something else, and those are gone."""
    at = NOW + timedelta(days=day)
    said = {row: (row, to_json(subject).decode()) for row, subject in subjects.items()}
    moved = {row: Version(text.encode()[:16], text.encode()) for row, (_, text) in said.items()}
    delta = Delta(
        reader=READER,
        register="un-sc",
        url=PLACE.url,
        published=None,
        rows=9,
        sha256=f"{day:064}",
        moved=moved,
        gone=frozenset(gone),
        held=frozenset(),
        asks=False,
        remarks=frozenset(),
        described=said,
    )
    evidence = Evidence(url=PLACE.url, sha256=delta.sha256, fetched_at=at.isoformat())
    place = history.start(READER, [PLACE], READER, at)[0]
    history.edition(place, delta, evidence, Stamp(delta.sha256), lambda _, __: pytest.fail("nothing is told"), at)


def found(records: AllRecords | KeptRecords, names: Iterable[str]) -> list[object]:
    return check([entry for name in names for entry in entries_of(name)], WATCH, records)


def on_record(history: History) -> list[OnRecord]:
    """All that acts ever listed or controlled and all that ever stood in a register, read one by one."""
    with history._transaction() as session:
        return list(watched.on_record(session))


def walked(history: History) -> AllRecords:
    titles = (record for act in history.not_understood() for record in unread(act))
    return AllRecords([*on_record(history), *titles])


def the_same(history: History, names: Iterable[str]) -> None:
    kept, every = KeptRecords(history), walked(history)
    assert len(kept) == len(every)
    assert list(kept.subjects()) == list(every.subjects())
    assert found(kept, names) == found(every, names)


SPELT = st.sampled_from(NAMES)
ROWS = st.dictionaries(
    st.sampled_from("abcd"), st.builds(entity, SPELT, SPELT, number=st.sampled_from(["", "1234567"])), max_size=4
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("rows"), ROWS),
        st.tuples(st.just("act"), st.tuples(st.integers(1, 2), st.lists(SPELT, min_size=1, max_size=2))),
        st.tuples(st.just("index"), st.integers(1, 3)),
    ),
    min_size=2,
    max_size=6,
)


@pytest.mark.long
@examples(40)
@given(STEPS, st.lists(SPELT, min_size=1, max_size=2))
def test_names_are_found_by_the_index_as_by_a_walk_of_all_on_record(steps, asked):
    with TemporaryDirectory() as folder, History(Path(folder)) as history:
        for day, (what, given) in enumerate(steps):
            if what == "rows":
                edition(history, given, day=day)
            elif what == "act":
                number, names = given
                arrive(history, listing(number, *names))
            else:
                history.keep_names(naming(), given)
        the_same(history, asked)
        while not history.keep_names(naming(), 3):
            pass
        the_same(history, asked)
        with History(Path(folder), read_only=True) as reading:
            assert found(KeptRecords(reading), asked) == found(walked(history), asked)


def names_found(history: History, name: str) -> list[str]:
    return [next(iter(hit.match.subject.names.values())) for hit in found(KeptRecords(history), [name])]


def index_all(history: History) -> int:
    """How many portions of two subjects it took."""
    portions = 1
    while not history.keep_names(naming(), 2):
        portions += 1
    return portions


def test_a_row_or_an_act_that_says_something_else_is_found_by_that_alone(tmp_path: Path):
    with History(tmp_path) as history:
        edition(history, {"a": entity("Teal Drones"), "b": entity("Kolomna Plant")})
        arrive(history, listing(10, "Sunrise Optics", "Moonlight Bearings"))
        index_all(history)
        edition(history, {"a": entity("Crimson Kites")}, day=1)
        arrive(history, listing(10, "Starlight Gears"))

        for indexed in (False, True):
            assert [names_found(history, name) for name in ("Teal Drones", "Sunrise Optics", "Moonlight Bearings")] == [
                [],
                [],
                [],
            ]
            assert [names_found(history, name) for name in ("Crimson Kites", "Kolomna Plant", "Starlight Gears")] == [
                ["Crimson Kites"],
                ["Kolomna Plant"],
                ["Starlight Gears"],
            ], indexed
            index_all(history)


def test_goods_are_found_by_code_material_and_the_words_of_the_glossary(tmp_path: Path):
    with History(tmp_path) as history:
        arrive(history, control(3, "3A001.a"))
        wheel, cell = Item(names={"zh": "人造金刚石砂轮"}), Item(names={"zh": "锂电池"}, hs=("850760",))
        edition(history, {"a": wheel, "b": cell, "c": Item(names={"zh": "人造石墨"})})
        every = walked(history)
        for _ in range(2):
            kept = KeptRecords(history)
            for word in ("3A001", "850760", "synthetic graphite", "锂电池"):
                assert found(kept, [word]) == found(every, [word]) != []
            for word in ("grinding wheel", "Wheels", "lithium battery", "battery", "lathe", ""):
                assert kept.glossed(word) == every.glossed(word), word
            assert all(map(kept.glossed, ("grinding wheel", "Wheels", "battery")))
            index_all(history)


def test_rows_are_found_by_their_ids_in_whatever_register(tmp_path: Path):
    with History(tmp_path) as history:
        edition(history, {"QDi.1": entity("Teal Drones"), "QDi.2": entity("Kolomna Plant")})

        assert KeptRecords(history).called("QDi.2") == walked(history).called("QDi.2") != []


@pytest.mark.long
def test_by_other_rules_the_index_is_made_anew_and_finds_the_same_meanwhile(tmp_path: Path):
    with History(tmp_path) as history:
        edition(history, {str(number): entity(f"Firm {number}", "Teal Drones") for number in range(9)})
        index_all(history)
        others = replace(naming(), rules="others")
        with history.names(others) as names:
            before = len(names.segments)
        history.keep_names(others, 2)

        assert names_found(history, "Teal Drones") == [f"Firm {number}" for number in range(9)]
        assert before == 1  # all of it is missing
        index_all(history)
        with history.names(naming()) as names:
            assert sum(one.counts.names for one in names.segments) == 18


@pytest.mark.long
def test_many_small_segments_are_merged_and_what_they_were_goes(tmp_path: Path):
    with History(tmp_path) as history:
        for day in range(9):
            edition(history, {str(day): entity(f"Firm {day}", "Teal Drones")}, day=day)
            history.keep_names(naming())
        index_all(history)
        the_same(history, ["Teal Drones", "Firm 7"])

        with history.names(naming()) as names:
            assert len(names.segments) < 4
        with history._engine.begin() as connection:
            states = connection.exec_driver_sql("SELECT state FROM segment").scalars().all()
        assert states == ["live"] * len(names.segments)


def test_once_nothing_is_new_what_lies_in_a_few_large_segments_is_one(tmp_path: Path):
    with History(tmp_path) as history:
        segments = []
        for day, many in enumerate((40, 20, 3)):
            edition(history, {f"{day}-{n}": entity(f"Firm {day} {n}", "Teal Drones") for n in range(many)}, day=day)
            history.keep_names(naming())
            index_all(history)
            with history.names(naming()) as names:
                segments.append(len(names.segments))
        the_same(history, ["Teal Drones", "Firm 1 7", "Firm 2 1"])

    assert segments == [1, 1, 2]  # what is little beside the rest lies there until it is more


def test_what_stands_is_found_as_by_a_walk_of_that_alone_however_many_are_gone(tmp_path: Path):
    crowd = {f"g{number}": entity(f"Teal Drones {number}") for number in range(60)}
    with History(tmp_path) as history:
        edition(history, {"a": entity("Teal Drones, Inc."), "b": entity("Kolomna Plant"), **crowd})
        arrive(history, listing(10, "Teal Drons", "Sunrise Optics"))
        index_all_at_once = [history.keep_names(naming(), 400) for _ in range(3)]
        edition(history, {"b": entity("Kolomna Works")}, gone=crowd, day=1)

        for _ in range(2):
            standing = AllRecords([record for record in on_record(history) if not record.gone])
            kept = KeptRecords(history, standing=True)
            assert found(kept, [*NAMES, "Teal Drones 7"]) == found(standing, [*NAMES, "Teal Drones 7"]) != []
            assert len(kept) == len(standing) == 4
            index_all(history)
        edition(history, {}, gone=["a"], day=2)
        assert len(KeptRecords(history, standing=True)) == 3
    assert index_all_at_once[-1]


def test_what_is_in_the_index_is_not_read_to_find_a_name(tmp_path: Path, monkeypatch):
    with History(tmp_path) as history:
        edition(history, {str(number): entity(name) for number, name in enumerate([*NAMES, *(f"Firm {n}" for n in range(300))])})
        index_all_at_once = [history.keep_names(naming(), 400) for _ in range(2)]
        read: list[str] = []
        monkeypatch.setattr(watched, "subject_of", lambda text, of=watched.subject_of: read.append(text) or of(text))

        assert names_found(history, "Kolomna Plant JSC") == ["Kolomna Plant JSC"]
        assert index_all_at_once == [False, True]
        assert len(read) < 10


@pytest.mark.long
def test_the_labelled_pairs_are_found_as_by_a_walk(tmp_path: Path):
    with History(tmp_path) as history:
        subjects = {str(n): entity(pair.one, kind="person" if pair.kind == "person" else "org") for n, pair in enumerate(PAIRS)}
        edition(history, subjects)
        for _ in range(3):
            history.keep_names(naming(), len(PAIRS) // 4)
        asked = [Party(name=pair.other, person=pair.kind == "person") for pair in PAIRS]

        assert check(asked, WATCH, KeptRecords(history)) == check(asked, WATCH, walked(history))
