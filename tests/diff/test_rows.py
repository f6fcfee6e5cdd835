"""Which records of a register have to be understood for what has moved, and what that says."""

from collections.abc import Callable, Mapping, Sequence

import msgspec
import pytest
from cases import read_cases

from monitor.diff.rows import (
    MOST_WITNESSES,
    Changes,
    Scanned,
    Version,
    compare,
    drop_form_changes,
    find_rewritten_fields,
    hash_record,
    hash_register,
    scan,
)
from monitor.model import Entity, Item, Listing
from monitor.source.formats import key, table, xml
from monitor.source.formats.table import Cells, Columns
from monitor.source.page import Body, Page, Record, Register

KNOWN = {str(number): hash_record(b"as before") for number in range(MOST_WITNESSES + 1)}
MOVED = Version(hash_record(b"otherwise"), b"")


def wanted(
    *moved: str, missing: frozenset[str] = frozenset(), known: Mapping[str, bytes] = KNOWN
) -> frozenset[str]:
    return Scanned(len(known), dict.fromkeys(moved, MOVED), missing).wanted(known)


def test_of_a_long_register_in_which_one_record_moved_only_that_one_is_understood():
    assert wanted("7") == {"7"}
    assert wanted("7", missing=frozenset({"9"})) == {"7", "9"}
    assert wanted("new") == frozenset()


@pytest.mark.parametrize("count", [3, MOST_WITNESSES])
def test_of_a_short_register_all_records_are_understood_where_one_moved(count: int):
    short = dict(list(KNOWN.items())[:count])

    assert wanted("1", known=short) == short.keys()
    assert wanted("1", missing=frozenset({"2"}), known=short) == short.keys()


def test_those_that_share_an_id_with_what_moved_are_understood_with_it():
    known = KNOWN | {"7##2": hash_record(b"another"), "8##2": hash_record(b"another")}

    assert wanted("7", known=known) == {"7", "7##2"}
    assert wanted("7##2", known=known) == {"7", "7##2"}


def test_a_state_is_named_by_what_each_record_is_whatever_their_order():
    one, other = hash_record(b"one"), hash_record(b"other")

    assert hash_register({"a": one, "b": other}) == hash_register({"b": other, "a": one})
    assert (
        len(
            {
                hash_register(digests)
                for digests in ({}, {"a": one}, {"b": one}, {"a": other}, {"a": one, "b": other})
            }
        )
        == 5
    )


# What it says


def firm(name: str, **more) -> Listing:
    return Listing(subject=Entity(names={"en": name}, kind="org", **more))


def roll(rows: Mapping[str, Listing], *, official: bool = False) -> Register:
    """A register with these rows by id."""
    raws = {
        msgspec.json.encode([known_as, repr(listing)]): listing
        for known_as, listing in rows.items()
    }
    ids = dict(zip(raws, rows, strict=True))
    READ.update(raws)
    return Register(
        "roll",
        [Record(ids[raw], raw) for raw in raws],
        READ.__getitem__,
        proven=True,
        official_ids=official,
    )


READ: dict[bytes, Listing] = {}


def change(old: Register, new: Register) -> Changes:
    versions: dict[str, Version] = dict(scan(old, {}).moved)
    known = {name: version.digest for name, version in versions.items()}
    _, changes = compare(new, known, lambda names: {name: versions[name].raw for name in names})
    return changes


def renamed(
    count: int, of: int, to: Callable[[int], str] = "new {}".format
) -> tuple[dict[str, Listing], dict[str, Listing]]:
    """Rows before and after so many of them got another id."""
    rows = {f"id {number}": firm(f"NORD {number}") for number in range(of)}
    return rows, {
        to(at) if at < count else name: listing for at, (name, listing) in enumerate(rows.items())
    }


@pytest.mark.parametrize(
    ("count", "of", "told"),
    [(9, 30, 9), (10, 30, 0), (2, 30, 2), (2, 2, 0), (1, 1, 1), (1, 2, 1)],
)
def test_ids_of_ours_that_are_put_together_otherwise_in_many_rows_or_in_all_move_none(
    count: int, of: int, told: int
):
    before, after = renamed(count, of)
    found = change(roll(before), roll(after))

    assert sorted(
        [(row.action, row.id, row.fields) for row in found.rows], key=lambda row: row[1]
    ) == [("amend", f"new {at}", {"id": (f"id {at}", f"new {at}")}) for at in range(told)]
    assert found.remarks == (
        ()
        if told
        else ("the publisher writes id otherwise: no row is taken to have changed by that",)
    )


def test_ids_of_the_publisher_are_always_told():
    before, after = renamed(30, 30)

    found = change(roll(before, official=True), roll(after, official=True))

    assert (len(found.rows), found.remarks) == (30, ())


def test_a_row_that_is_called_otherwise_is_one_row_under_another_id():
    (row,) = change(
        roll({"a": firm("Severny Press JSC", country="RU")}),
        roll({"b": firm("Severny Press", country="RU")}),
    ).rows

    assert (row.action, row.id, row.name) == ("amend", "b", "Severny Press")
    assert row.fields == {"id": ("a", "b"), "name": ("Severny Press JSC", "Severny Press")}


def test_a_row_that_came_or_went_is_told_with_whom_or_what_it_lists():
    gallium = Listing(
        subject=Item(names={"en": "Gallium"}, codes=("3C909",)), fields={"note": "pure"}
    )
    there = {"a": firm("Alpha")}

    (came,) = change(roll(there), roll(there | {"g": gallium})).rows
    (went,) = change(roll({"g": gallium} | there), roll({"g": gallium})).rows

    assert (came.action, came.item, came.entity, came.details) == (
        "add",
        gallium.subject,
        None,
        {"note": "pure"},
    )
    assert (went.action, went.item, went.entity, went.details) == (
        "remove",
        None,
        there["a"].subject,
        {},
    )


def test_nothing_is_asked_of_what_was_known_where_nothing_moved():
    rows = {"a": firm("Alpha"), "b": firm("Beta")}

    assert change(roll(rows), roll(dict(reversed(rows.items())))) == Changes()


COLUMNS = Columns(
    {
        "name": ("Name",),
        "street": ("Street", "Road"),
        "city": ("City",),
        "ship": ("Ship",),
        "day": ("Day",),
        "state": ("State",),
    },
    needed=("name",),
)
Rows = Sequence[Mapping[str, str]]
TOWNS = [
    {
        "Name": f"NORD {number}",
        "Street": f"{number} Main Street",
        "City": "Baku",
        "Day": f"0{number % 9 + 1}/05/2019",
    }
    for number in range(30)
]


def listing(rows: Sequence[Cells]) -> Listing:
    row = rows[0]
    where = ", ".join(part for name in ("street", "city") if (part := row.get(name, "")))
    return Listing(
        subject=Entity(
            names={"en": row["name"]},
            kind="org",
            addresses=(where,) if where else (),
            ids={"IMO": row.get("ship", "")},
        ),
        fields={name: row[name] for name in ("day", "state") if row.get(name)},
    )


def sheet(rows: Rows) -> Register:
    heads = list(rows[0])
    text = "\n".join(
        ",".join(line) for line in (heads, *([row[head] for head in heads] for row in rows))
    )
    read = table.delimited(Page("https://example.org/list", Body(text.encode())), COLUMNS)
    return table.register("roll", read, id=lambda row: key(row["name"]), read=listing)


def with_column(rows: Rows, name: str, words: str) -> Rows:
    return [{name: words, **row} for row in rows]


def test_a_column_that_came_in_front_is_said_once_and_moves_no_row() -> None:
    found = change(sheet(TOWNS), sheet(with_column(TOWNS, "Ship", "IMO9826902")))

    assert found == Changes(
        remarks=("the publisher now gives ship: no row is taken to have changed by that",)
    )


def test_a_column_that_went_is_said_once_and_moves_no_row_though_addresses_are_made_of_it() -> None:
    without = [{name: cell for name, cell in row.items() if name != "City"} for row in TOWNS]

    assert change(sheet(TOWNS), sheet(without)) == Changes(
        remarks=("the publisher no longer gives city: no row is taken to have changed by that",)
    )


def test_a_column_in_two_forms_of_heading_and_another_order_is_no_change() -> None:
    turned = [
        {{"Street": "Road"}.get(name, name): row[name] for name in reversed(row)} for row in TOWNS
    ]

    assert change(sheet(TOWNS), sheet(turned)) == Changes()


def test_what_moves_beside_a_change_of_form_is_told() -> None:
    moved = [
        *with_column(TOWNS[1:], "Ship", ""),
        {"Name": "NEW", "Street": "1 Road", "City": "Baku", "Day": "", "Ship": ""},
    ]
    moved[3] = {**moved[3], "City": "Ganja"}

    found = change(sheet(TOWNS), sheet(moved))

    assert [(row.action, row.name, tuple(row.fields)) for row in found.rows] == [
        ("add", "NEW", ()),
        ("remove", "NORD 0", ()),
        ("amend", "NORD 4", ("addresses",)),
    ]


def test_days_that_are_written_otherwise_in_all_rows_move_none_and_one_that_is_another_day_moves_its_row() -> (
    None
):
    rewritten = [{**row, "Day": "-".join(reversed(row["Day"].split("/")))} for row in TOWNS]
    rewritten[7]["Day"] = "2024-12-31"

    found = change(sheet(TOWNS), sheet(rewritten))

    assert [(row.name, row.fields) for row in found.rows] == [
        ("NORD 7", {"day": ("08/05/2019", "2024-12-31")})
    ]
    assert found.remarks == (
        "the publisher writes day otherwise: no row is taken to have changed by that",
    )


@pytest.mark.parametrize(("is_called", "moved"), [("Iranian", 0), ("Iraq", 30)])
def test_countries_that_are_called_otherwise_in_all_rows_move_none_and_others_move_each(
    is_called: str, moved: int
) -> None:
    found = change(
        sheet(with_column(TOWNS, "State", "Iran")), sheet(with_column(TOWNS, "State", is_called))
    )

    assert len(found.rows) == moved


def test_names_that_are_put_otherwise_in_all_rows_move_none_although_ids_are_made_of_them() -> None:
    put_otherwise = [{**row, "Name": f"{row['Name'].split()[1]}. Nord"} for row in TOWNS]

    assert change(sheet(TOWNS), sheet(put_otherwise)).rows == ()


def dotted(rows: Rows) -> Rows:
    return [{**row, "Day": row["Day"].replace("/", ".")} for row in rows]


@pytest.mark.parametrize(
    ("count", "rewritten", "moved"),
    read_cases("""
        30 | 10 | 10
        30 | 14 | 14
        30 | 15 | 0
        20 | 10 | 0
        18 | 9 | 9
        3 | 3 | 0
        3 | 2 | 2
        1 | 1 | 1
        """),
)
def test_a_day_that_is_written_otherwise_is_a_matter_of_form_in_half_of_many_rows_or_in_all_of_a_few(
    count: int, rewritten: int, moved: int
) -> None:
    rows = TOWNS[:count]

    found = change(sheet(rows), sheet([*dotted(rows[:rewritten]), *rows[rewritten:]]))

    assert len(found.rows) == moved
    assert bool(found.remarks) is not bool(moved)


@pytest.mark.parametrize(
    ("old", "new"),
    read_cases("""
        06/05/2019 | 5 6 2019
        6 May 2019 | 2019-05-06
        IMO9826902 | "9826902"
        IMO0123 | "123"
        Übersee | UBERSEE
        ('Main Street', 'Baku') | ('Baku', 'Main Street')
        Iran; Iraq | Iraq; Iran
        ('Iran', 'Iraq') | ('Iraqi', 'Iranian')
        """),
)
def test_the_same_words_numbers_and_countries_in_another_writing_say_one_thing(old, new) -> None:
    assert find_rewritten_fields([{"field": (old, new)}] * 2, {"field": 2}, whole=True) == {"field"}
    assert drop_form_changes({"field": (old, new)}, {"field"}) == {}
    assert drop_form_changes({"field": (old, new)}, {"other"}) == {"field": (old, new)}


@pytest.mark.parametrize(
    ("old", "new"),
    read_cases("""
        "" | -
        - | ""
        06/05/2019 | 07/05/2019
        IMO9826902 | "9826903"
        Iran | Iraq
        ('Iran', 'Moon') | ('Iranian', 'Sun')
        ('Iran',) | ('Iranian', 'Iraqi')
        1 Main Street | 1 Main Street near the port
        """),
)
def test_other_words_numbers_or_countries_say_another_thing(old, new) -> None:
    assert (
        find_rewritten_fields([{"field": (old, new)}] * 20, {"field": 20}, whole=True)
        == frozenset()
    )
    assert drop_form_changes({"field": (old, new)}, {"field"}) == {"field": (old, new)}


@pytest.mark.parametrize(
    ("rows", "holders", "whole", "is_form"),
    read_cases("""
        10 | 20 | False | True
        10 | 21 | False | False
        9 | 9 | False | False
        9 | 9 | True | True
        2 | 2 | True | True
        2 | 3 | True | False
        1 | 1 | True | False
        """),
)
def test_most_rows_that_have_a_field_write_it_otherwise(
    rows: int, holders: int, whole: bool, is_form: bool
) -> None:
    fields = [{"day": ("06/05/2019", "6.5.2019")}] * rows

    assert bool(find_rewritten_fields(fields, {"day": holders}, whole=whole)) is is_form


def test_a_name_that_moved_into_another_column_is_read_from_there() -> None:
    columns = Columns({"name": ("Name",), "first": ("First",), "city": ("City",)}, needed=("city",))

    def read(rows: Sequence[Cells]) -> Listing:
        name = " ".join(word for part in ("first", "name") if (word := rows[0].get(part, "")))
        return Listing(subject=Entity(names={"en": name}, kind="org"))

    def roll(text: str) -> Register:
        page = Page("https://example.org/list", Body(text.encode()))
        return table.register(
            "roll",
            table.delimited(page, columns),
            id=lambda row: row["city"],
            read=read,
            official_ids=True,
        )

    assert (
        change(
            roll("Name,First,City\n,NORD,Baku\n,SUD,Ganja"), roll("Name,City\nNORD,Baku\nSUD,Ganja")
        ).rows
        == ()
    )


# XML

RECORDS = "".join(
    f"<R><ID>{number}</ID><NAME>NORD"
    f" {number}</NAME>{f'<NOTE><TEXT>note {number}</TEXT></NOTE>' if number < 8 else ''}</R>"
    for number in range(30)
)
LAYOUT = xml.Layout("LIST", records=("R",))


def row(element: "xml._Element") -> Listing:
    said = xml.leaves(element, {"ID": "id", "NAME": "name", "NOTE/TEXT": "note", "KIND": "sort"})
    said.one("id")
    return Listing(
        subject=Entity(names={"en": said.one("name")}, kind="org"),
        fields=said.fields,
        unread=tuple(sorted(said.unread)),
    )


def listed(records: str) -> Register:
    page = Page("https://example.org/list", Body(f"<LIST>{records}</LIST>".encode()))
    return xml.register(page, "roll", LAYOUT, id="ID", read=row)


@pytest.mark.parametrize(("old", "new"), [("TEXT", "WORDS"), ("NOTE", "NOTA")])
def test_a_tag_under_another_name_is_taken_for_the_same_by_what_it_holds(
    old: str, new: str
) -> None:
    renamed = (
        RECORDS.replace(f"<{old}>", f"<{new}>")
        .replace(f"</{old}>", f"</{new}>")
        .replace("note 3", "another note")
    )
    place = "NOTE/TEXT".replace(old, new)

    found = change(listed(RECORDS), listed(renamed))

    assert [(row.name, row.fields) for row in found.rows] == [
        ("NORD 3", {"note": ("note 3", "another note")})
    ]
    assert f"what was called NOTE/TEXT is called {place}: taken for the same" in found.remarks


def test_a_tag_that_gets_its_name_back_moves_no_row_though_names_stood_under_the_other() -> None:
    renamed = RECORDS.replace("NAME>", "CALLED>")

    assert change(listed(renamed), listed(RECORDS)).rows == ()
    assert change(listed(RECORDS), listed(renamed)).rows == ()


def test_a_tag_that_most_records_have_at_once_moves_none_and_in_a_few_it_is_news() -> None:
    most, few = (RECORDS.replace("</NAME>", "</NAME><KIND>ship</KIND>", count) for count in (30, 4))

    assert change(listed(RECORDS), listed(most)) == Changes(
        remarks=("the publisher now gives KIND: no row is taken to have changed by that",)
    )
    assert [row.fields for row in change(listed(RECORDS), listed(few)).rows] == [
        {"sort": ("", "ship")}
    ] * 4


@pytest.mark.parametrize(
    ("count", "lost", "moved"),
    [(40, 20, 0), (40, 19, 19), (20, 10, 0), (18, 9, 9), (2, 2, 0), (1, 1, 1)],
)
def test_a_tag_that_half_of_many_records_or_all_of_a_few_lose_is_a_matter_of_form(
    count: int, lost: int, moved: int
) -> None:
    def records(kinds: int) -> str:
        return "".join(
            f"<R><ID>{number}</ID><NAME>NORD"
            f" {number}</NAME>{'<KIND>ship</KIND>' if number < kinds else ''}</R>"
            for number in range(count)
        )

    assert len(change(listed(records(lost)), listed(records(0))).rows) == moved
    assert len(change(listed(records(0)), listed(records(lost))).rows) == moved


@pytest.mark.parametrize(
    ("count", "renamed", "moved"),
    [(1, 1, 0), (2, 2, 0), (3, 2, 0), (300, 2, 2), (300, 3, 0)],
)
def test_a_tag_under_another_name_in_few_records_is_the_same_where_all_are_known_or_there_are_three(
    count: int, renamed: int, moved: int
) -> None:
    def records(tag: str) -> str:
        tags = [
            f"<NOTE><{tag}>note {number}</{tag}></NOTE>" if number < renamed else ""
            for number in range(count)
        ]
        return "".join(
            f"<R><ID>{number}</ID><NAME>NORD {number}</NAME>{of}</R>"
            for number, of in enumerate(tags)
        )

    assert len(change(listed(records("TEXT")), listed(records("WORDS"))).rows) == moved


def remarks(before: str, after: str, count: int = 12) -> list[str]:
    """What is remarked of records that hold some tags before, and others after; `#` is the
    number of the record.
    """

    def records(tags: str) -> str:
        rows = (
            f"<R><ID>{number}</ID><NAME>NORD {number}</NAME>{tags.replace('#', str(number))}</R>"
            for number in range(count)
        )
        return "".join(rows)

    return [
        remark
        for remark in change(listed(records(before)), listed(records(after))).remarks
        if "not read" not in remark
    ]


def test_a_tag_that_is_gone_is_not_called_like_one_that_held_the_same_before() -> None:
    assert remarks("<SORT>a #</SORT><KIND>a #</KIND>", "<KIND>a #</KIND>") == [
        "the publisher no longer gives SORT: no row is taken to have changed by that"
    ]


def test_of_two_tags_that_are_gone_one_may_be_called_otherwise_and_of_two_that_came_one_may_be_it() -> (
    None
):
    assert remarks("<A>a #</A><B>a #</B>", "<C>a #</C>") == [
        "what was called A is called C: taken for the same",
        "the publisher no longer gives B: no row is taken to have changed by that",
    ]
    assert (
        sum(
            "taken for the same" in remark
            for remark in remarks("<A>a #</A>", "<B>a #</B><C>a #</C>")
        )
        == 1
    )


def test_a_tag_that_holds_the_words_of_one_that_is_gone_in_few_records_is_another() -> None:
    assert remarks("<KIND>word #</KIND>", "<SORT>word 1</SORT>") == [
        "the publisher no longer gives KIND: no row is taken to have changed by that"
    ]


def test_a_tag_at_another_depth_is_another_tag() -> None:
    assert remarks("<NOTE><TEXT>a #</TEXT></NOTE>", "<REMARK>a #</REMARK>") == [
        "the publisher no longer gives NOTE/TEXT: no row is taken to have changed by that"
    ]


# Several records under one id


def duplicates(*records: tuple[str, str], reads_notes: bool = True) -> Register:
    def read(raw: bytes) -> Listing:
        name, note = msgspec.json.decode(raw)
        fields = {"note": note} if note and reads_notes else {}
        return Listing(subject=Entity(names={"en": name.strip()}, kind="org"), fields=fields)

    return Register(
        "roll",
        [Record("7", msgspec.json.encode(record)) for record in records],
        read,
        proven=True,
        official_ids=True,
    )


def test_two_records_under_one_id_are_the_same_in_any_order_and_any_bytes() -> None:
    assert (
        change(duplicates(("NORD", "a"), ("SUD", "b")), duplicates((" SUD", "b"), ("NORD ", "a")))
        == Changes()
    )


def test_a_record_that_stands_twice_and_says_the_same_is_one() -> None:
    once, twice = duplicates(("NORD", "a")), duplicates(("NORD", "a"), ("NORD ", "a"))

    assert change(duplicates(("NORD", "a")), twice) == Changes()
    assert change(twice, once) == Changes()


def test_one_of_two_records_under_an_id_is_amended_under_that_id() -> None:
    found = change(
        duplicates(("NORD", "a"), ("SUD", "b")), duplicates(("SUD ", "c"), ("NORD", "a"))
    )

    assert [(row.action, row.id, row.name, row.fields) for row in found.rows] == [
        ("amend", "7", "SUD", {"note": ("b", "c")})
    ]


def test_a_further_record_under_an_id_is_an_addition_and_leaves_as_one_removal() -> None:
    one, two = [("NORD", "a")], [("NORD", "a"), ("SUD", "b")]

    assert [(row.action, row.name) for row in change(duplicates(*one), duplicates(*two)).rows] == [
        ("add", "SUD")
    ]
    assert [(row.action, row.name) for row in change(duplicates(*two), duplicates(*one)).rows] == [
        ("remove", "SUD")
    ]
    assert hash_record(b"") != hash_record(b" ")


def test_a_record_that_comes_to_stand_before_the_one_that_was_there_is_the_addition() -> None:
    found = change(duplicates(("NORD", "a")), duplicates(("NORD", "b"), ("ALFA", "z")))

    assert [(row.action, row.name, row.fields) for row in found.rows] == [
        ("add", "ALFA", {}),
        ("amend", "NORD", {"note": ("a", "b")}),
    ]


def test_of_two_records_under_an_id_that_both_changed_each_is_held_against_the_one_it_differs_least_from() -> (
    None
):
    found = change(duplicates(("NORD", "a"), ("SUD", "b")), duplicates(("SUD", "c"), ("TOR", "d")))

    assert {row.name: row.fields for row in found.rows} == {
        "SUD": {"note": ("b", "c")},
        "TOR": {"name": ("NORD", "TOR"), "note": ("a", "d")},
    }


def test_of_two_records_that_a_better_reader_takes_for_one_none_is_gone() -> None:
    both, one = [("NORD", "a"), ("NORD", "b")], [("NORD", "a")]

    assert change(duplicates(*both), duplicates(*one, reads_notes=False)).rows == ()


@pytest.mark.parametrize(
    ("editions", "told"),
    read_cases("""
        ['a', 'aa', 'a'] | [[], []]
        ['a', 'ab', 'a'] | [[], []]
        ['a', 'ba', 'a'] | [[], []]
        ['a', 'ab', 'b'] | [[], [('7', {'note': ('a', 'b')})]]
        ['a', 'bc', 'b'] | [[('7', {'note': ('a', 'b')})], []]
        ['ab', 'ab', 'a'] | [[], []]
        ['ab', 'ac', 'ac'] | [[('7', {'note': ('b', 'c')})], []]
        """),
)
def test_a_second_record_of_one_name_under_an_official_id_is_a_copy_and_neither_comes_nor_goes(
    editions: list[str], told: list[list[tuple[str, object]]]
) -> None:
    known: dict[str, Version] = {}
    found = []
    for notes in editions:
        register = duplicates(*[("NORD", note) for note in notes], ("SUD", "z"))
        digests = {name: version.digest for name, version in known.items()}
        scanned, changes = compare(
            register,
            digests,
            lambda names: {name: known[name].raw for name in names},  # noqa: B023
        )
        found.append([(row.id, row.fields) for row in changes.rows if row.action != "add" or known])
        known = {
            name: version for name, version in known.items() if name not in scanned.missing
        } | dict(scanned.moved)

    assert found == [[], *told]


@pytest.mark.parametrize(("others", "is_found"), [(19, True), (20, False)])
def test_of_a_record_in_which_dozens_of_tags_hold_the_same_words_the_first_twenty_are_looked_at(
    others: int, is_found: bool
) -> None:
    noise = "".join(f"<T{number:02}>word</T{number:02}>" for number in range(others))
    before = "".join(
        f"<R><ID>{at}</ID><NAME>NORD {at}</NAME><KIND>word</KIND></R>" for at in range(12)
    )
    after = "".join(
        f"<R><ID>{at}</ID><NAME>NORD {at}</NAME>{noise if at < 9 else ''}<SORT>word</SORT></R>"
        for at in range(12)
    )

    remark = "what was called KIND is called SORT: taken for the same"
    assert (remark in change(listed(before), listed(after)).remarks) is is_found
