"""A long list as the file that hangs from its message."""

import csv
import io
from dataclasses import replace

import msgspec
import pytest
from notices import act, company, listing, of_act, saved

from monitor.model import Action, End, Entity, Item, Measure, RowAction, RowChange
from monitor.render.csv_rows import COLUMNS, disarm_cell, make_file_name, render_csv


def rows(notice) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render_csv(notice).lstrip("\ufeff"))))


def test_a_listed_name_has_its_day_its_register_and_both_scripts():
    (row,) = rows(
        of_act(
            act(
                listing(company("甲公司", "Alpha Ltd"), ends=End(on="2026-10-09", basis="explicit"))
            )
        )
    )

    assert (row["change"], row["register"]) == ("add", "cn-unreliable-entities")
    assert (row["name"], row["name_zh"]) == ("Alpha Ltd", "甲公司")
    assert (row["starts"], row["ends"]) == ("2025-10-09", "2026-10-09")


def test_an_item_has_its_codes_and_tariff_numbers():
    item = Item(
        names={"zh": "钬", "en": "holmium"},
        codes=("1C909.a", "1C909.b"),
        hs=("28053019", "28469019"),
    )
    (row,) = rows(
        of_act(act(Measure(action=Action.ADD, register="cn-dual-use-items", items=(item,))))
    )

    assert (row["codes"], row["hs"]) == ("1C909.a 1C909.b", "28053019 28469019")
    assert (row["starts"], row["ends"]) == ("", "")


def test_a_row_of_an_edition_has_its_details_and_an_amended_one_what_it_was():
    firm = Entity(
        names={"en": "Beta"},
        kind="org",
        aliases=("B", "Bee"),
        ids={"imo": "9826902"},
        addresses=("A Street", "B Road"),
    )
    changes = (
        RowChange(
            action="add",
            id="1",
            name="Beta",
            entity=firm,
            details={"programmes": ("SDGT", "IRAN"), "reference": "90 FR 1"},
        ),
        RowChange(
            action="amend",
            id="2",
            name="Gamma",
            fields={"aliases": (("C",), ("C", "D")), "note": ("old", "new")},
        ),
    )
    edition = msgspec.structs.replace(saved("edition-smallest").body, changes=changes)
    added, amended = rows(replace(saved("edition-smallest"), body=edition))

    assert added["details"] == "programmes: SDGT, IRAN; reference: 90 FR 1"
    assert (added["aliases"], added["ids"], added["addresses"]) == (
        "B; Bee",
        "imo 9826902",
        "A Street; B Road",
    )
    assert amended["details"] == "aliases: C -> C, D; note: old -> new"


def test_a_name_has_all_that_is_known_of_it_and_nothing_that_is_not():
    known = Entity(
        names={"en": "John"}, kind="person", country="US", role="president", parent="Alpha Ltd"
    )
    full, bare = rows(
        of_act(act(listing(known), Measure(action=Action.SUSPEND, entities=(company("甲"),))))
    )

    assert {name: cell for name, cell in full.items() if cell} == {
        "change": "add",
        "register": "cn-unreliable-entities",
        "name": "John",
        "kind": "person",
        "country": "US",
        "role": "president",
        "parent": "Alpha Ltd",
        "starts": "2025-10-09",
    }
    assert {name: cell for name, cell in bare.items() if cell} == {
        "change": "suspend",
        "name_zh": "甲",
        "kind": "org",
    }


def edition(*changes: RowChange):
    saved_one = saved("edition-smallest")
    return replace(saved_one, body=msgspec.structs.replace(saved_one.body, changes=changes))


def test_a_row_of_goods_and_one_of_which_only_the_name_is_known_are_rows_too():
    item = Item(names={"zh": "钬"}, codes=("1C909",), note="new", quote="≥ 99 % 钬")
    goods, bare = rows(
        edition(
            RowChange(action=RowAction.ADD, id="1", name="holmium", item=item),
            RowChange(action=RowAction.REMOVE, id="2", name="Gamma"),
        )
    )

    assert [goods[name] for name in ("name", "name_zh", "codes", "note", "quote")] == [
        "holmium",
        "钬",
        "1C909",
        "new",
        "≥ 99 % 钬",
    ]
    assert {name: cell for name, cell in bare.items() if cell} == {
        "change": "remove",
        "register": "us-bis-entity-list",
        "id": "2",
        "name": "Gamma",
    }


def test_a_file_begins_with_a_mark_for_spreadsheets_and_its_heading():
    told = render_csv(edition())

    assert told == "\ufeff" + ",".join(COLUMNS) + "\r\n"


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠x", " =1", "\t=1", "\u200b=1"]
)
def test_what_a_spreadsheet_would_run_is_text(cell):
    assert disarm_cell(cell).startswith("'")
    assert rows(of_act(act(listing(company("甲", cell)))))[0]["name"].startswith("'")


def test_a_cell_that_is_no_formula_stays_as_it_is():
    assert [disarm_cell(cell) for cell in ("a=b", "甲", "", "a  b")] == ["a=b", "甲", "", "a b"]


def test_a_file_is_called_as_its_message():
    assert make_file_name("us-bis:edition/2025 甲") == "us-bis_edition_2025_.csv"
