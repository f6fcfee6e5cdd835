"""Whoever is asked for is found in the tables of names as by a walk of all on record, whatever
has come and gone meanwhile.
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from acts import control, listing
from arrivals import arrive
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from names.labelled import PAIRS

from monitor.ask.knowledge import AllRecords, KeptRecords
from monitor.ask.screen import check, make_entries
from monitor.diff.listings import describe_listing
from monitor.diff.rows import Version
from monitor.errors import StoreError
from monitor.model import Entity, Evidence, Item, Listing
from monitor.source.page import Request
from monitor.store import Delta, History, Stamp, addresses, facts, names, watched
from monitor.store import names as stored_on_record
from monitor.store.threaded import HistoryThread, prepare_names
from monitor.store.watched import OnRecord
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
    return Entity(
        names={"en": name}, aliases=aliases, kind=kind, ids={"no": number} if number else {}
    )  # type: ignore[arg-type]


def edition(
    history: History, subjects: Mapping[str, Entity | Item], gone: Iterable[str] = (), day: int = 0
) -> None:
    """A register is read: these of its rows have come or say something else, and those are gone."""
    at = NOW + timedelta(days=day)
    said = {row: describe_listing(Listing(subject=subject)) for row, subject in subjects.items()}
    moved = {
        row: Version(columns["subject"].encode()[:16], columns["subject"].encode())
        for row, columns in said.items()
    }
    delta = Delta(
        reader=READER,
        register="un-sc",
        url=PLACE.url,
        published=None,
        rows=9,
        sha256=f"{day:064}",
        moved=moved,
        gone=frozenset(gone),
        described=said,
    )
    evidence = Evidence(url=PLACE.url, sha256=delta.sha256, fetched_at=at.isoformat())
    place = history(addresses.take_up, READER, [PLACE], READER, at)[0]
    history(
        facts.record_register,
        place,
        delta,
        evidence,
        Stamp(delta.sha256),
        lambda _, __: pytest.fail("nothing is sent"),
        at,
    )


def found(records: AllRecords | KeptRecords, names: Iterable[str]) -> list[object]:
    return check([entry for name in names for entry in make_entries(name)], WATCH, records)


def on_record(history: History) -> list[OnRecord]:
    """All that acts ever listed or controlled and all that ever stood in a register, read one by
    one.
    """
    with history.transaction() as session:
        return list(watched.iterate_on_record(session))


def walked(history: History) -> AllRecords:
    return AllRecords(list(history.walk(watched.walk_records)))


def the_same(history: History, names: Iterable[str]) -> None:
    kept, every = KeptRecords(history), walked(history)
    assert len(kept) == len(every)
    assert list(kept.subjects()) == list(every.subjects())
    assert found(kept, names) == found(every, names)


SPELT = st.sampled_from(NAMES)
ROWS = st.dictionaries(
    st.sampled_from("abcd"),
    st.builds(entity, SPELT, SPELT, number=st.sampled_from(["", "1234567"])),
    max_size=4,
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("rows"), ROWS),
        st.tuples(
            st.just("act"), st.tuples(st.integers(1, 2), st.lists(SPELT, min_size=1, max_size=2))
        ),
        st.tuples(st.just("other rules"), st.integers(0, 3)),
    ),
    min_size=2,
    max_size=6,
)


@pytest.mark.long
@examples(20)
@given(STEPS, st.lists(SPELT, min_size=1, max_size=2))
def test_names_are_found_by_the_index_as_by_a_walk_of_all_on_record(steps, asked):
    with TemporaryDirectory() as folder, History(Path(folder)) as history:
        for day, (what, given) in enumerate(steps):
            if what == "rows":
                edition(history, given, day=day)
            elif what == "act":
                number, listed = given
                arrive(history, listing(number, *listed))
            else:
                of_other_rules(history)
                for _ in range(given):
                    history(names.make_some, 1)
        the_same(history, asked)
        assert not history(names.count_lag)
        kept = tables(history)
        of_other_rules(history)
        the_same(history, asked)
        assert tables(history) == kept
        with History(Path(folder), read_only=True) as reading:
            assert found(KeptRecords(reading), asked) == found(walked(history), asked)


def of_other_rules(history: History) -> None:
    """What is kept of names was made by other rules."""
    with history.tables() as connection:
        connection.exec_driver_sql("UPDATE naming SET rules = 'others'")


def tables(history: History) -> dict[str, list[tuple]]:
    """What is kept of names, but for words that no name has any more."""
    with history.tables() as connection:
        return {
            table: sorted(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {table}").all()))
            for table in ("name", "name_key", "subject_key")
        }


def names_found(history: History, name: str) -> list[str]:
    return [
        next(iter(hit.match.subject.names.values())) for hit in found(KeptRecords(history), [name])
    ]


def test_a_row_that_says_something_else_is_found_by_that_alone_and_an_act_by_all(history: History):
    edition(history, {"a": entity("Teal Drones"), "b": entity("Kolomna Plant")})
    arrive(history, listing(10, "Sunrise Optics", "Moonlight Bearings"))
    edition(history, {"a": entity("Crimson Kites")}, day=1)
    arrive(history, listing(10, "Starlight Gears"))

    for made_again in (False, True):
        assert [
            names_found(history, name)
            for name in ("Teal Drones", "Sunrise Optics", "Moonlight Bearings")
        ] == [
            [],
            ["Sunrise Optics"],
            ["Moonlight Bearings"],
        ]
        assert [
            names_found(history, name)
            for name in ("Crimson Kites", "Kolomna Plant", "Starlight Gears")
        ] == [
            ["Crimson Kites"],
            ["Kolomna Plant"],
            ["Starlight Gears"],
        ], made_again
        of_other_rules(history)


def test_what_an_edit_takes_away_is_on_record_once_and_gone_from_there_when_it_is_back(
    history: History,
):
    def unprinted() -> list[str]:
        records = on_record(history)
        return [next(iter(one.subject.names.values())) for one in records if one.unprinted]

    told = []
    for edited in (["Sunrise", "Moonlight"], ["Sunrise"], ["Moonlight"], [], ["Sunrise"]):
        arrive(history, listing(10, "Starlight", *edited))
        told.append(unprinted())
        the_same(history, ["Sunrise", "Moonlight", "Starlight"])
        kept = tables(history)
        of_other_rules(history)
        the_same(history, ["Sunrise"])
        assert tables(history) == kept

    assert told == [[], ["Moonlight"], ["Sunrise"], ["Moonlight", "Sunrise"], ["Moonlight"]]


def test_goods_are_found_by_code_material_and_the_words_of_the_glossary(history: History):
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
        of_other_rules(history)


def test_rows_are_found_by_their_ids_in_whatever_register(history: History):
    edition(history, {"QDi.1": entity("Teal Drones"), "QDi.2": entity("Kolomna Plant")})

    assert [record.row for record in history(watched.find_records, "QDi.2")] == ["QDi.2"]


def test_names_are_in_the_tables_as_soon_as_the_act_or_the_row_is_recorded(history: History):
    edition(history, {"a": entity("Teal Drones", "Teal")})
    arrive(history, listing(10, "Sunrise Optics"))
    assert not history(names.count_lag)
    assert [row[1] for row in tables(history)["name"]] == ["Sunrise Optics", "Teal Drones", "Teal"]
    edition(history, {"a": entity("Crimson Kites")}, day=1)
    assert [row[1] for row in tables(history)["name"]] == ["Sunrise Optics", "Crimson Kites"]


def test_tables_of_other_rules_are_made_again_before_the_first_answer_and_that_is_said(
    tmp_path: Path, capsys, monkeypatch
):
    monkeypatch.setattr(names.make_some, "__defaults__", (4,))
    with History(tmp_path) as history:
        edition(
            history, {str(number): entity(f"Firm {number}", "Teal Drones") for number in range(9)}
        )
        kept = tables(history)
        of_other_rules(history)
        # whoever records leaves it to whoever asks
        edition(history, {"9": entity("Firm 9", "Teal Drones")}, day=1)
        assert history(names.count_lag) == 10

        with History(tmp_path, read_only=True) as reading:
            assert names_found(reading, "Teal Drones") == [f"Firm {number}" for number in range(10)]
        said = capsys.readouterr().err.splitlines()
        assert said == [
            f"names on record are made ready to be searched: {left} records are left"
            for left in (6, 2)
        ]
        assert not history(names.count_lag)
        assert set(map(tuple, kept["name_key"])) < set(map(tuple, tables(history)["name_key"]))


def test_what_is_recorded_while_tables_are_made_again_is_found(history: History):
    edition(history, {str(number): entity(f"Firm {number}", "Teal Drones") for number in range(9)})
    of_other_rules(history)
    history(names.make_some, 3)
    edition(
        history,
        {
            "1": entity("Kolomna Plant"),
            "7": entity("Sunrise Optics"),
            "9": entity("Starlight Gears"),
        },
        day=1,
    )
    the_same(
        history, ["Teal Drones", "Kolomna Plant", "Sunrise Optics", "Starlight Gears", "Firm 7"]
    )
    known = (f"Firm {number}" for number in range(9) if number not in (1, 7))
    assert names_found(history, "Teal Drones") == [*known]
    assert names_found(history, "Sunrise Optics") == ["Sunrise Optics"]


def has_no_names(history: History) -> None:
    """It is as a version before the tables of names left it."""
    with history.tables() as connection:
        for table in ("naming", "name", "name_key", "name_word", "subject_key"):
            connection.exec_driver_sql(f"DELETE FROM {table}")


@pytest.mark.parametrize("there", ["an act", "a row"])
def test_what_is_recorded_where_tables_lack_what_was_there_before_is_left_to_whoever_asks(
    history: History, there: str
):
    if there == "an act":
        arrive(history, listing(10, "Teal Drones"))
    else:
        edition(history, {"a": entity("Teal Drones")})
    for day, left in enumerate((has_no_names, of_other_rules), 1):
        left(history)
        before = tables(history)
        arrive(history, listing(10 + day, f"Moonlight Bearings {day}"))
        edition(history, {f"b{day}": entity(f"Kolomna Plant {day}")}, day=day)
        assert tables(history) == before, left
        assert history(names.count_lag)

        the_same(history, ["Teal Drones", f"Moonlight Bearings {day}", f"Kolomna Plant {day}"])
        assert not history(names.count_lag)


def test_whoever_goes_back_to_the_rules_of_before_finds_what_was_recorded_under_others(
    history: History,
):
    arrive(history, listing(10, "Teal Drones"))
    edition(history, {"a": entity("Crimson Kites")})
    with history.tables() as connection:
        rules = connection.exec_driver_sql("SELECT rules FROM naming").scalar()
    of_other_rules(history)
    arrive(history, listing(11, "Moonlight Bearings"))
    with history.tables() as connection:
        connection.exec_driver_sql(f"UPDATE naming SET rules = '{rules}'")

    the_same(history, ["Teal Drones", "Crimson Kites", "Moonlight Bearings"])
    assert names_found(history, "Moonlight Bearings") == ["Moonlight Bearings"]


async def test_names_of_many_rows_at_once_are_made_right_after_them(tmp_path: Path):
    with closing(HistoryThread(History(tmp_path))) as thread:
        await thread.run(edition, {"a": entity("Teal Drones"), "b": entity("Kolomna Plant")})
        assert not await thread(names.count_lag)
        many = {str(number): entity(f"Firm {number}") for number in range(names.MOST)}
        many["last"] = entity("Sunrise Optics")

        await thread.run(edition, {"b": entity("Crimson Kites"), **many}, day=1)
        assert await thread(names.count_lag)
        await prepare_names(thread)
        assert not await thread(names.count_lag)
        await thread.run(
            the_same, ["Kolomna Plant", "Crimson Kites", "Sunrise Optics", "Teal Drones", "Firm 6"]
        )


def test_what_changes_between_two_portions_of_names_is_made_as_it_stands(tmp_path: Path):
    with History(tmp_path) as history, History(tmp_path) as other:
        edition(history, {"a": entity("Teal Drones"), "b": entity("Kolomna Plant")})
        arrive(history, listing(10, "Sunrise Optics", "Moonlight Bearings"))
        of_other_rules(history)
        assert history(names.make_some, 1)
        edition(other, {"a": entity("Crimson Kites")}, day=1)
        arrive(other, listing(10, "Starlight Gears"))
        assert names_found(history, "Crimson Kites") == ["Crimson Kites"]
        the_same(
            history,
            [
                "Teal Drones",
                "Crimson Kites",
                "Sunrise Optics",
                "Moonlight Bearings",
                "Starlight Gears",
            ],
        )


@pytest.mark.files
def test_whoever_may_only_read_finds_names_in_memory_where_the_tables_are_of_other_rules(
    tmp_path: Path, monkeypatch
):
    with History(tmp_path) as history:
        edition(history, {"a": entity("Teal Drones"), "b": entity("Kolomna Plant")})
        of_other_rules(history)
        with History(tmp_path, read_only=True) as reading:
            monkeypatch.setattr(History, "to_write", refused)
            assert found(KeptRecords(reading), NAMES) == found(walked(history), NAMES) != []
            assert reading(names.count_lag)


def refused(history: History) -> AbstractContextManager[History]:
    raise StoreError("read-only")


def test_what_stands_is_counted_without_what_is_gone_and_titles(tmp_path: Path):
    crowd = {f"g{number}": entity(f"Teal Drones {number}") for number in range(60)}
    with History(tmp_path) as history:
        edition(history, {"a": entity("Teal Drones, Inc."), "b": entity("Kolomna Plant"), **crowd})
        arrive(history, listing(10, "Teal Drons", "Sunrise Optics"))
        edition(history, {"b": entity("Kolomna Works")}, gone=crowd, day=1)

        standing = [record for record in on_record(history) if not record.gone]
        assert history(stored_on_record.count, standing=True) == len(standing) == 4
        assert history(stored_on_record.count) == len(on_record(history)) == 64


def test_what_is_on_record_is_not_read_to_find_a_name(history: History, monkeypatch):
    edition(
        history,
        {
            str(number): entity(name)
            for number, name in enumerate([*NAMES, *(f"Firm {n}" for n in range(300))])
        },
    )
    read: list[str] = []
    monkeypatch.setattr(
        watched,
        "decode_subject",
        lambda text, of=watched.decode_subject: read.append(text) or of(text),
    )

    assert names_found(history, "Kolomna Plant JSC") == ["Kolomna Plant JSC"]
    assert len(read) < 10


@pytest.mark.long
def test_the_labelled_pairs_are_found_as_by_a_walk(history: History):
    subjects = {
        str(n): entity(pair.one, kind="person" if pair.kind == "person" else "org")
        for n, pair in enumerate(PAIRS)
    }
    edition(history, subjects)
    asked = [Party(name=pair.other, person=pair.kind == "person") for pair in PAIRS]

    assert check(asked, WATCH, KeptRecords(history)) == check(asked, WATCH, walked(history))
