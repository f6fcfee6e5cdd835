"""What a list says is kept as it says it, or it is told what of it is not."""

from collections.abc import Callable, Iterator

import pytest
from cases import read_cases
from each import for_each

from monitor.model import Entity
from monitor.watch import cells
from monitor.watch.entries import Entry, Party, Product, Relation
from monitor.watch.lists import Imported, read_entries
from monitor.watch.match import WatchList, screen_subject


def read(
    *lines: str, relation: Relation | None = None, mapped: dict[str, str] | None = None
) -> Imported:
    return read_entries("list.csv", "\n".join(lines).encode(), relation, mapped)


def only(*lines: str) -> Entry:
    (entry,) = read(*lines).entries
    return entry


def test_two_firms_of_brazil_are_not_one_by_the_number_of_their_head_offices() -> None:
    acme = read("name,cnpj,country", "Acme,12.345.678/0001-95,BR").entries
    listed = Entity(names={"en": "Zeta"}, kind="org", country="BR", ids={"cnpj": "0001-95"})

    assert screen_subject(listed, WatchList(acme)) == ()


def test_all_of_it_and_one_percent_look_alike_in_a_sheet() -> None:
    told: list[str] = []

    assert cells.parse_share({"share": ["1"]}, told.append) is None
    assert told == ["share '1' may be 1 % or all of it; kept without"]
    assert cells.parse_share({"share": ["1 %"]}, told.append) == 1
    assert cells.parse_share({"share": ["100%"]}, told.append) == 100


@pytest.mark.parametrize(
    ("said", "code"),
    read_cases(
        """
        Russian Federation | RU
        Republic of Korea | KR
        Czech Republic | CZ
        LIE | LI
        DEU | DE
        Türkei | TR
        中国台湾 | TW
        Jordan | JO
        ZZ | None
        Atlantis | None
        "840" | None
        BU | None
        GBR | GB
        Côte d’Ivoire | CI
        """
    ),
)  # fmt: skip
def test_countries_are_those_that_acts_are_read_by(said: str, code: str | None) -> None:
    assert cells.find_country_code(said) == code


def test_a_product_without_a_number_among_products_is_no_supplier() -> None:
    assert [type(entry) for entry in read("name,hs", "Lamp,9405.40", "Cable,").entries] == [
        Product,
        Product,
    ]


def test_a_column_that_products_have_no_use_for_is_told() -> None:
    told = read("product,hs,country,aliases", "Lamp,9405.40,CN,Lux")

    assert "country" not in told.taken[0]
    assert told.unused == (
        (
            "list.csv: not used: “country” (C, country), “aliases” (D, aliases); --map"
            " HEADING=field uses one"
        ),
    )


def test_several_parents_in_a_cell_are_several_and_further_owners_and_notes_are_kept() -> None:
    party = only("name,parent,owner,owner,note,note", "Acme,X; Y,Ann,Bob,one,two")

    assert isinstance(party, Party)
    assert [owner.name for owner in party.all_owners] == ["X", "Y"]
    assert (party.owner, party.note) == ("Ann; Bob", "one; two")


def test_a_second_name_of_a_product_is_told() -> None:
    told = read("name,item name,hs", "Acme,Lamp,9405.40")

    assert told.remarks == ("list.csv row 2: name 'Acme' stands beside another; taken as 'Lamp'",)


def told_of(
    read_: Callable[[cells.Cells, cells.Tell], object], field: str, said: str
) -> tuple[object, list[str]]:
    """What a cell of that field gives, and what is told of it."""
    told: list[str] = []
    given = read_({field: [said]}, told.append)
    return (list(given) if isinstance(given, Iterator) else given), [
        line.partition(said)[2].lstrip("' ") for line in told
    ]


@pytest.mark.parametrize(
    ("said", "percent"),
    read_cases(
        """
        "60" | 60
        60 % | 60
        "0.6" | 60
        1 % | 1
        0.5% | 0.5
        "1.0" | 100
        "1.5" | 1.5
        "0" | 0
        33,3 | 33.3
        0,5 | 0.5
        ~60 | 60
        > 50% | 50
        ca. 40 | 40
        "100.0" | 100
        "" | None
        """
    ),
)  # fmt: skip
def test_a_share_is_read_as_percent_also_where_a_spreadsheet_made_a_fraction_of_it(
    said: str, percent: float | None
):
    assert told_of(cells.parse_share, "share", said) == (percent, [])


@pytest.mark.parametrize(
    "said",
    read_cases("""
        "101"
        "-5"
        many
        "100.1"
        """),
)
def test_what_is_no_percentage_is_told(said: str):
    assert told_of(cells.parse_share, "share", said) == (None, ["is no percentage; kept without"])


@pytest.mark.parametrize(
    ("said", "code", "why"),
    read_cases("""
        Germany | DE | []
        中国; 中国 | CN | []  # said twice
        Côte d’Ivoire | CI | []
        Atlantis;France | FR | ["country 'Atlantis' is not known; kept without"]
        France;Germany | None | ['countries FR, DE: an entry has one; kept without']
        "" | None | []
        """),
)
def test_a_country_is_one_and_what_is_none_is_told(said: str, code: str | None, why: list[str]):
    told: list[str] = []

    assert cells.parse_country({"country": [said]}, told.append) == code
    assert cells.parse_country({}, told.append) is None
    assert told == why


ROUNDED = (
    "was rounded by a spreadsheet; give the column the format Text and enter it anew; left out"
)


@pytest.mark.parametrize(
    ("said", "ids", "why"),
    read_cases("""
        N/A; 123456 | ['123456'] | ""
        123456,n/a | ['123456'] | ""
        AB/N/A | ['AB', 'N', 'A'] | ""
        12 34  56 | ['12 34', '56'] | ""
        1234/5678 | ['1234/5678'] | ""
        12.345.678/0001-95 | ['12.345.678/0001-95'] | ""
        HRB 12345/DE123456789 | ['HRB 12345', 'DE123456789'] | ""
        91320500MA1MXXXX1Y/91320500MA1MXXXX2W | ['91320500MA1MXXXX1Y', '91320500MA1MXXXX2W'] | ""
        "913205000000000" | ['913205000000000'] | ""  # all that a spreadsheet keeps
        "9132050000000000" | ['9132050000000000'] | ""
        "91320500000000000" | [] | was rounded
        "9132050000000000001" | ['9132050000000000001'] | ""
        9.13E+17 | [] | was rounded
        no | [] | ""
        """),
)
def test_the_numbers_of_a_cell_are_read_and_one_that_lost_digits_is_told(
    said: str, ids: list[str], why: str
):
    assert told_of(cells.parse_identifiers, "ids", said) == (ids, [ROUNDED] if why else [])


@for_each(
    ("said", "digits", "why"),
    read_cases("""
        8505,11 | ['850511'] | ""  # a comma for a point
        NLR;8505 | ['8505'] | ""
        HS 8505 | ['8505'] | ""
        ex 8505 (magnets) | ['8505'] | ""
        85 05 11 | ['850511'] | ""
        "80510" | ['080510', '80510'] | may have lost its first zero; taken as 080510 and as 80510
        "8051010" | ['08051010'] | has lost its first zero; taken as 08051010
        "805.10" | ['080510'] | has lost its first zero; taken as 0805.10
        "8504.4" | ['850440', '85044'] | may have lost its last zero; taken as 8504.40 and as 8504.4
        "850.5" | ['085050', '08505'] | has lost its first zero, perhaps its last; taken as 0850.50 and as 0850.5
        "85051.0" | ['085051', '85051'] | may have lost its first zero; taken as 085051 and as 85051
        "85051110.00" | ['85051110'] | ""
        2710-12-01T00:00 | ['271012'] | was made a date; taken as 2710.12
        8.50511E+09 | [] | was rounded
        "101.2" | ['010120', '01012'] | has lost its first zero, perhaps its last; taken as 0101.20 and as 0101.2
        8501-8503 | [] | is a range; enter each number of it; left out
        8501.10-8503.20 | [] | is a range; enter each number of it; left out
        8507-60-00 | ['85076000'] | ""
        8507-8505 | ['85078505'] | ""
        850511-8505 | ['8505118505'] | ""
        8505-8505 | ['85058505'] | ""
        "505" | [] | is not 4 to 12 digits; left out
        "850511101012" | ['850511101012'] | ""
        "8505111010123" | [] | is not 4 to 12 digits; left out
        none | [] | ""
        """),
)
def test_tariff_numbers_are_read_back_from_what_became_of_them(
    said: str, digits: list[str], why: str
):
    told = ROUNDED if why == "was rounded" else why
    assert told_of(cells.parse_tariffs, "hs", said) == (digits, [told] if told else [])


@pytest.mark.parametrize(
    ("said", "codes", "why"),
    read_cases("""
        3A001.a.7 | ['3A001.a.7'] | []
        EAR 99 | ['EAR99'] | []
        ML10.b | ['ML10.b'] | []
        3A001; n/a | ['3A001'] | []
        5.00E+02 | ['5E002'] | ['was made a number; taken as 5E002']
        5E2 | ['5E002'] | ['was made a number; taken as 5E002']
        "50" | ['5E001'] | ['was made a number; taken as 5E001']
        "5000" | ['5E003'] | ['was made a number; taken as 5E003']
        "50000" | [] | ['is not like 3A001.b.2; left out']
        hello | [] | ['is not like 3A001.b.2; left out']
        """),
)
def test_control_codes_are_read_back_from_what_became_of_them(
    said: str, codes: list[str], why: list[str]
):
    assert told_of(lambda row, tell: cells.parse_codes(row, "codes", tell), "codes", said) == (
        codes,
        why,
    )
