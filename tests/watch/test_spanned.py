"""Headings in two rows, rows that have an alias alone, and countries as systems print them."""

import pytest
from cases import read_cases

from monitor.watch.cells import find_country_code
from monitor.watch.entries import Party
from monitor.watch.lists import Imported, read_entries
from monitor.watch.values import Relation


def read(text: str) -> Imported:
    return read_entries("s.csv", text.encode(), Relation.SUPPLIER)


def names(imported: Imported) -> list[tuple[str, tuple[str, ...], str | None]]:
    return [
        (one.name, one.aliases, one.country) for one in imported.entries if isinstance(one, Party)
    ]


@pytest.mark.parametrize(
    "headings",
    [
        "Lieferant,,Land\nlateinisch,中文名称,",
        "Name,,Country\nLatin,中文名称,",
        "Lieferantenname,,Land\nlateinisch,chinesisch,",
        "Lieferant,,\nlateinisch,中文名称,Land",
        "供应商,,国家\n英文名,中文名称,",
    ],
)
def test_a_heading_over_two_columns_names_both(headings: str):
    imported = read(f"{headings}\nDedrone,,US\n,反无人机技术公司,US\nAcme,顶点公司,GB\n")

    assert names(imported) == [
        ("Dedrone", (), "US"),
        ("反无人机技术公司", (), "US"),
        ("Acme", ("顶点公司",), "GB"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # a first row without its country is no heading
        ("Name,,Country\nDedrone,反无人机,\nAcme,,GB\n", ["Dedrone", "Acme"]),
        ("Suppliers 2025,,\nName,PLZ,Country\nDedrone,1,US\n", ["Dedrone"]),
        ("Name,,\nLatin,中文名称,英文名称\nDedrone,,\n", ["Dedrone"]),
    ],
)
def test_what_is_no_second_row_of_headings_stays_what_it_is(text: str, found: list[str]):
    assert [name for name, _, _ in names(read(text))] == found


def test_a_row_with_an_alias_alone_is_called_by_it_and_that_is_said():
    imported = read("Name,Alias\nDedrone,\n,Skydio; Sky\n,\n")

    assert names(imported) == [("Dedrone", (), None), ("Skydio", ("Sky",), None)]
    assert imported.remarks == ("s.csv row 3: no name but an alias; taken as 'Skydio'",)


@pytest.mark.parametrize(
    ("written", "code"),
    read_cases(
        """
        VR China | CN
        Korea, Republic of | KR
        Russian Fed. | RU
        Großbritannien | GB
        Hongkong | HK
        Utd.Arab Emir. | AE
        Iran, Islamic Republic of | IR
        CN - China | CN
        China (CN) | CN
        KOR - South Korea | KR
        US - China | None  # two countries
        Atlantis (XX) | None
        """
    ),
)
def test_a_country_is_known_as_systems_print_it(written: str, code: str | None):
    assert find_country_code(written) == code


def test_a_firm_that_has_only_an_alias_beside_its_goods_is_a_firm_and_its_goods():
    text = "Firma,Name (EN),HS-Code,Product\n甲公司,,8505,magnet\n,Dedrone GmbH,8526,radar\n,,8501,motor\n"

    imported = read_entries("s.csv", text.encode(), None)

    assert [one.name for one in imported.entries] == [
        "甲公司", "magnet", "Dedrone GmbH", "radar", "motor"
    ]  # fmt: skip


def test_a_column_of_contacts_is_said_to_be_ours_and_not_screened():
    (taken,) = read("Supplier,Contact\nDedrone,Hans Muster\n").taken

    assert taken.endswith("“Contact” is owner (who of you, not screened)")
