"""A publisher's change of form is remarked once and moves no row; what moves beside it is still told."""

from collections.abc import Mapping, Sequence

import msgspec
import pytest

from monitor.diff.rows import Changes, Version, compare, digest, scan
from monitor.model import Entity, Listing
from monitor.source.body import Body
from monitor.source.formats import key, table, xml
from monitor.source.formats.table import Cells, Columns
from monitor.source.page import Page
from monitor.source.register import Record, Register

COLUMNS = Columns(
    {"name": ("Name",), "street": ("Street", "Road"), "city": ("City",), "ship": ("Ship",), "day": ("Day",), "state": ("State",)},
    needed=("name",),
)
Rows = Sequence[Mapping[str, str]]
TOWNS = [
    {"Name": f"NORD {number}", "Street": f"{number} Main Street", "City": "Baku", "Day": f"0{number % 9 + 1}/05/2019"}
    for number in range(30)
]


def listing(rows: Sequence[Cells]) -> Listing:
    row = rows[0]
    where = ", ".join(part for name in ("street", "city") if (part := row.get(name, "")))
    return Listing(
        subject=Entity(
            names={"en": row["name"]}, kind="org", addresses=(where,) if where else (), ids={"IMO": row.get("ship", "")}
        ),
        fields={name: row[name] for name in ("day", "state") if row.get(name)},
    )


def sheet(rows: Rows) -> Register:
    heads = list(rows[0])
    text = "\n".join(",".join(line) for line in (heads, *([row[head] for head in heads] for row in rows)))
    read = table.delimited(Page("https://example.org/list", Body(text.encode())), COLUMNS)
    return table.register("roll", read, id=lambda row: key(row["name"]), read=listing)


def change(old: Register, new: Register) -> Changes:
    versions: dict[str, Version] = dict(scan(old, {}).moved)
    known = {name: version.digest for name, version in versions.items()}
    _, changes = compare(new, known, lambda names: {name: versions[name].raw for name in names})
    return changes


def with_column(rows: Rows, name: str, words: str) -> Rows:
    return [{name: words, **row} for row in rows]


def test_a_column_that_came_in_front_is_said_once_and_moves_no_row() -> None:
    found = change(sheet(TOWNS), sheet(with_column(TOWNS, "Ship", "IMO9826902")))

    assert found == Changes(remarks=("the publisher now gives ship: no row is taken to have changed by that",))


def test_a_column_that_went_is_said_once_and_moves_no_row_though_addresses_are_made_of_it() -> None:
    without = [{name: cell for name, cell in row.items() if name != "City"} for row in TOWNS]

    assert change(sheet(TOWNS), sheet(without)) == Changes(
        remarks=("the publisher no longer gives city: no row is taken to have changed by that",)
    )


def test_a_column_in_two_forms_of_heading_and_another_order_is_no_change() -> None:
    turned = [{{"Street": "Road"}.get(name, name): row[name] for name in reversed(row)} for row in TOWNS]

    assert change(sheet(TOWNS), sheet(turned)) == Changes()


def test_what_moves_beside_a_change_of_form_is_told() -> None:
    moved = [*with_column(TOWNS[1:], "Ship", ""), {"Name": "NEW", "Street": "1 Road", "City": "Baku", "Day": "", "Ship": ""}]
    moved[3] = {**moved[3], "City": "Ganja"}

    found = change(sheet(TOWNS), sheet(moved))

    assert [(row.action, row.name, tuple(row.fields)) for row in found.rows] == [
        ("add", "NEW", ()),
        ("remove", "NORD 0", ()),
        ("amend", "NORD 4", ("addresses",)),
    ]


def test_days_that_are_written_otherwise_in_all_rows_move_none_and_one_that_is_another_day_moves_its_row() -> None:
    rewritten = [{**row, "Day": "-".join(reversed(row["Day"].split("/")))} for row in TOWNS]
    rewritten[7]["Day"] = "2024-12-31"

    found = change(sheet(TOWNS), sheet(rewritten))

    assert [(row.name, row.fields) for row in found.rows] == [("NORD 7", {"day": ("08/05/2019", "2024-12-31")})]
    assert found.remarks == ("the publisher writes day otherwise: no row is taken to have changed by that",)


def test_a_day_that_is_written_otherwise_in_one_row_of_many_is_an_amendment() -> None:
    rewritten = [*TOWNS[:-1], {**TOWNS[-1], "Day": TOWNS[-1]["Day"].replace("/", ".")}]

    assert [row.name for row in change(sheet(TOWNS), sheet(rewritten)).rows] == ["NORD 29"]


@pytest.mark.parametrize(("is_called", "moved"), [("Iranian", 0), ("Iraq", 30)])
def test_countries_that_are_called_otherwise_in_all_rows_move_none_and_others_move_each(is_called: str, moved: int) -> None:
    found = change(sheet(with_column(TOWNS, "State", "Iran")), sheet(with_column(TOWNS, "State", is_called)))

    assert len(found.rows) == moved


def test_a_phrase_that_is_added_to_every_row_is_a_change_of_every_row() -> None:
    longer = [{**row, "Street": f"{row['Street']} near the port"} for row in TOWNS]

    assert len(change(sheet(TOWNS), sheet(longer)).rows) == 30


def test_names_that_are_put_otherwise_in_all_rows_move_none_although_ids_are_made_of_them() -> None:
    put_otherwise = [{**row, "Name": f"{row['Name'].split()[1]}. Nord"} for row in TOWNS]

    assert change(sheet(TOWNS), sheet(put_otherwise)).rows == ()


# XML

RECORDS = "".join(
    f"<R><ID>{number}</ID><NAME>NORD {number}</NAME>{f'<NOTE><TEXT>note {number}</TEXT></NOTE>' if number < 8 else ''}</R>"
    for number in range(30)
)
LAYOUT = xml.Layout("LIST", records=("R",))


def row(element: "xml._Element") -> Listing:
    said = xml.leaves(element, {"ID": "id", "NAME": "name", "NOTE/TEXT": "note", "KIND": "sort"})
    said.one("id")
    return Listing(
        subject=Entity(names={"en": said.one("name")}, kind="org"), fields=said.fields, unread=tuple(sorted(said.unread))
    )


def listed(records: str) -> Register:
    page = Page("https://example.org/list", Body(f"<LIST>{records}</LIST>".encode()))
    return xml.register(page, "roll", LAYOUT, id="ID", read=row)


@pytest.mark.parametrize(("old", "new"), [("TEXT", "WORDS"), ("NOTE", "NOTA")])
def test_a_tag_under_another_name_is_taken_for_the_same_by_what_it_holds(old: str, new: str) -> None:
    renamed = RECORDS.replace(f"<{old}>", f"<{new}>").replace(f"</{old}>", f"</{new}>").replace("note 3", "another note")
    place = "NOTE/TEXT".replace(old, new)

    found = change(listed(RECORDS), listed(renamed))

    assert [(row.name, row.fields) for row in found.rows] == [("NORD 3", {"note": ("note 3", "another note")})]
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
    assert [row.fields for row in change(listed(RECORDS), listed(few)).rows] == [{"sort": ("", "ship")}] * 4


@pytest.mark.parametrize("lost", [1, 10, 19])
def test_a_tag_that_less_than_half_of_the_records_lose_is_news_though_most_moved_for_something_else(lost: int) -> None:
    def records(kinds: int, note: str) -> str:
        return "".join(
            f"<R><ID>{number}</ID><NAME>NORD {number}</NAME>{'<KIND>ship</KIND>' if number < kinds else ''}"
            f"<NOTE><TEXT>{note if number < 20 else 'old'}</TEXT></NOTE></R>"
            for number in range(40)
        )

    found = change(listed(records(lost, "old")), listed(records(0, "new")))

    assert sum("sort" in row.fields for row in found.rows) == lost
    assert found.remarks == ()


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_tag_that_one_record_of_a_small_register_loses_is_news(count: int) -> None:
    one = "".join(f"<R><ID>{at}</ID><NAME>N{at}</NAME>{'' if at else '<KIND>ship</KIND>'}</R>" for at in range(count))

    found = change(listed(one), listed(one.replace("<KIND>ship</KIND>", "").replace("N1", "M1")))

    assert ("0", {"sort": ("ship", "")}) in [(row.id, row.fields) for row in found.rows]


def test_another_namespace_moves_no_row() -> None:
    other = Page("https://example.org/list", Body(f'<LIST xmlns="https://example.org/v2">{RECORDS}</LIST>'.encode()))

    assert change(listed(RECORDS), xml.register(other, "roll", LAYOUT, id="ID", read=row)).rows == ()


# Several records under one id


def twins(*records: tuple[str, str]) -> Register:
    def read(raw: bytes) -> Listing:
        name, note = msgspec.json.decode(raw)
        return Listing(subject=Entity(names={"en": name.strip()}, kind="org"), fields={"note": note} if note else {})

    return Register(
        "roll", [Record("7", msgspec.json.encode(record)) for record in records], read, proven=True, official_ids=True
    )


def test_two_records_under_one_id_are_the_same_in_any_order_and_any_bytes() -> None:
    assert change(twins(("NORD", "a"), ("SUD", "b")), twins((" SUD", "b"), ("NORD ", "a"))) == Changes()


def test_a_record_that_stands_twice_and_says_the_same_is_one() -> None:
    once, twice = twins(("NORD", "a")), twins(("NORD", "a"), ("NORD ", "a"))

    assert change(twins(("NORD", "a")), twice) == Changes()
    assert change(twice, once) == Changes()


def test_one_of_two_records_under_an_id_is_amended_under_that_id() -> None:
    found = change(twins(("NORD", "a"), ("SUD", "b")), twins(("SUD ", "c"), ("NORD", "a")))

    assert [(row.action, row.id, row.name, row.fields) for row in found.rows] == [("amend", "7", "SUD", {"note": ("b", "c")})]


def test_a_further_record_under_an_id_is_an_addition_and_leaves_as_one_removal() -> None:
    one, two = [("NORD", "a")], [("NORD", "a"), ("SUD", "b")]

    assert [(row.action, row.name) for row in change(twins(*one), twins(*two)).rows] == [("add", "SUD")]
    assert [(row.action, row.name) for row in change(twins(*two), twins(*one)).rows] == [("remove", "SUD")]
    assert digest(b"") != digest(b" ")
