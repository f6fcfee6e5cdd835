"""A long list as the file that hangs from its message."""

import csv
import io
from dataclasses import replace

import msgspec
from notices import act, company, listing, of_act, saved

from monitor.model import Action, End, Entity, Item, Measure, RowChange
from monitor.render.csv_rows import as_csv


def rows(notice) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(notice).lstrip("\ufeff"))))


def test_a_listed_name_has_its_day_its_register_and_both_scripts() -> None:
    (row,) = rows(of_act(act(listing(company("甲公司", "Alpha Ltd"), ends=End(on="2026-10-09", basis="explicit")))))

    assert (row["change"], row["register"]) == ("add", "cn-unreliable-entities")
    assert (row["name"], row["name_zh"]) == ("Alpha Ltd", "甲公司")
    assert (row["starts"], row["ends"]) == ("2025-10-09", "2026-10-09")


def test_an_item_has_its_codes_and_tariff_numbers() -> None:
    item = Item(names={"zh": "钬", "en": "holmium"}, codes=("1C909.a", "1C909.b"), hs=("28053019", "28469019"))
    (row,) = rows(of_act(act(Measure(action=Action.ADD, register="cn-dual-use-items", items=(item,)))))

    assert (row["codes"], row["hs"]) == ("1C909.a 1C909.b", "28053019 28469019")
    assert (row["starts"], row["ends"]) == ("", "")


def test_a_row_of_an_edition_has_its_details_and_an_amended_one_what_it_was() -> None:
    firm = Entity(
        names={"en": "Beta"}, kind="org", aliases=("B", "Bee"), ids={"imo": "9826902"}, addresses=("A Street", "B Road")
    )
    changes = (
        RowChange(
            action="add", id="1", name="Beta", entity=firm, details={"programmes": ("SDGT", "IRAN"), "reference": "90 FR 1"}
        ),
        RowChange(action="amend", id="2", name="Gamma", fields={"aliases": (("C",), ("C", "D")), "note": ("old", "new")}),
    )
    edition = msgspec.structs.replace(saved("edition-smallest").edition, changes=changes)
    added, amended = rows(replace(saved("edition-smallest"), edition=edition))

    assert added["details"] == "programmes: SDGT, IRAN; reference: 90 FR 1"
    assert (added["aliases"], added["ids"], added["addresses"]) == ("B; Bee", "imo 9826902", "A Street; B Road")
    assert amended["details"] == "aliases: C -> C, D; note: old -> new"
