"""Registers in the forms in which their publishers serve them: names, countries, numbers and
aliases as one reads them.
"""

import papers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import LayoutChanged
from monitor.model import Entity, Listing
from monitor.source.page import Body, Page, Reader, Register
from scrapers import au_dfat, ca_sema, jp_meti, us_bis, us_dhs
from scrapers._platforms.one_line import parted

EXPORT = (
    "\ufeffName_and_Address,Effective_Date,Expiration_Date,Appropriate Federal Register"
    " Citations,Type of Denial"
)


def listings(read: Reader, body: bytes) -> dict[str, Listing]:
    register = read(Page("https://example.org/list", Body(body)))
    assert isinstance(register, Register)
    return {record.id: register.read(record.raw) for record in register.records}


def entity(listing: Listing) -> Entity:
    assert isinstance(listing.subject, Entity)
    return listing.subject


# Denied persons: name and address in one cell


@pytest.mark.parametrize(
    ("cell", "name", "country"),
    [
        ("NORD TOOLS LTD., 5 MAIN STREET, LEEDS, , GB, ", "NORD TOOLS LTD.", "GB"),
        ("NORD TOOLS, INC, 5 MAIN STREET, AUSTIN, TX, US, 78701", "NORD TOOLS, INC", "US"),
        (
            "Nord Tools Co., Ltd., 9 F, No. 7 Min Road, Taipei, , TW, 10542",
            "Nord Tools Co., Ltd.",
            "TW",
        ),
        (
            "JOHN A. DOE, JR., INMATE NUMBER: 11111-222, FCI SOMEWHERE, BASTROP, TX, US, 78602",
            "JOHN A. DOE, JR.",
            "US",
        ),
        ("JOHN DOE, III., 1 SAXBY COURT, AUSTIN, TX, US, 78701", "JOHN DOE, III.", "US"),
        ("NORD , LTD., 1 BUD RD., WARWICK, , GB, ", "NORD , LTD.", "GB"),
        (
            "TEX ZONE (NORD GROUP, INC.), 1 BEND LANE, HOUSTON, TX, US, 77042",
            "TEX ZONE (NORD GROUP, INC.)",
            "US",
        ),
        ("SAMMY (JOHN) DOE, 1 BEND LANE, HOUSTON, TX, US, 77042", "SAMMY (JOHN) DOE", "US"),
        ("LI, WEIMING, 18 DOBBIN DRIVE, SUITE B, SAN JOSE, CA, US, 95133", "LI, WEIMING", "US"),
        ("NORDAIR, MAHAN TOWER, NO. 21, AZADEGAN ST., TEHRAN, , IR, ", "NORDAIR", "IR"),
        ("NORD AIR, , , , LU, ", "NORD AIR", "LU"),
        ("NORD AIR, 1 BAY DRIVE, ANTHONY, , NM, 88021", "NORD AIR", None),
        ("NORD AIR, 1 BAY DRIVE, MONTGOMERY, AL, , 36112", "NORD AIR", None),
    ],
)
def test_a_name_keeps_its_form_and_the_country_is_the_last_part_but_one(
    cell: str, name: str, country: str | None
) -> None:
    read = parted(cell)

    assert (read.name, read.country) == (name, country)


@given(st.text(alphabet="AB ,.()1", max_size=60))
def test_no_word_of_a_cell_is_lost_between_name_and_address(cell: str) -> None:
    read = parted(cell)

    assert "".join(f"{read.name} {read.address}".replace(",", "").split()) == "".join(
        cell.replace(",", "").split()
    )


def test_one_order_is_the_same_in_columns_and_in_one_cell() -> None:
    columns = (
        '"Name"\t"Street_Address"\t"City"\t"State"\t"Country"\t"Postal_Code"\t"Effective_Date"\t"Expiration_Date"\t"Standard_Order"\t"FR_Citation"\n"NORD'
        ' TOOLS, INC"\t"5 MAIN'
        ' STREET"\t"AUSTIN"\t"TX"\t"US"\t"78701"\t"06/05/2019"\t"12/03/2029"\t"Y"\t"84 F.R. 1"'
    )
    cell = (
        f'{EXPORT}\r\n"NORD TOOLS, INC, 5 MAIN STREET, AUSTIN, TX, US, 78701",6/5/2019,12/3/2029,84'
        " F.R. 1,Standard\r\n"
    )

    assert listings(us_bis.denied_persons, columns.encode()) == listings(
        us_bis.denied_persons, cell.encode()
    )


def test_a_person_in_two_countries_has_both_as_a_field() -> None:
    rows = "".join(
        f'"ALI DOE, 1 BAY, {city}, , {code}, ",6/5/2019,,84 F.R. 1,Standard\r\n'
        for city, code in (("A", "AE"), ("B", "TR"))
    )

    (read,) = listings(us_bis.denied_persons, f"{EXPORT}\r\n{rows}".encode()).values()

    assert (entity(read).country, read.fields["countries"]) == (None, ("AE", "TR"))


# METI: a PDF has no space before the dot of the next alias


@pytest.mark.parametrize(
    ("cell", "aliases"),
    [
        ("・Nord Tools・Nord・北方工具", ["Nord Tools", "Nord", "北方工具"]),
        ("・Nord Tools\n・Nord\n・北方工具", ["Nord Tools", "Nord", "北方工具"]),
        ("・ノルド・ツールズ\n・Nord", ["ノルド・ツールズ", "Nord"]),
    ],
)
def test_aliases_of_the_end_user_list_are_the_same_with_and_without_spaces(
    cell: str, aliases: list[str]
) -> None:
    heads = [
        "No.",
        "国名、地域名\nCountry or Region",
        "企業名､組織名\nCompany or Organization",
        "別名\nAlso Known As",
        "懸念区分\nType of WMD",
    ]
    body = papers.workbook(heads, [1.0, "中国\nPeople's Republic of China", "Nord", cell, "核\nN"])

    (read,) = listings(jp_meti.end_users, body).values()

    assert list(entity(read).aliases) == aliases


def test_the_list_itself_is_followed_and_not_the_notice_beside_it() -> None:
    page = (
        '<html><body><a href="/anpo/20260130_1.pdf">「外国ユーザーリスト」の改正について</a>'
        '<a href="/anpo/20260130_2.pdf">リスト本体（PDF形式）</a></body></html>'
    )

    (link,) = jp_meti.end_user_list.read(
        Page("https://www.meti.go.jp/policy/anpo/law05.html", Body(page.encode()))
    )

    assert link.url.endswith("20260130_2.pdf")


# UFLPA


@pytest.mark.parametrize(
    ("told", "aliases"),
    [
        (
            "also known as Nord Iron and Steel Co. Ltd.; Nord Group; and Nord Iron and Steel",
            ["Nord Iron and Steel Co. Ltd.", "Nord Group", "Nord Iron and Steel"],
        ),
        (
            "formerly known as North County Cereals, Oils and Foods Co., Ltd.",
            ["North County Cereals, Oils and Foods Co., Ltd."],
        ),
        (
            "also known as Nord Co. and formerly known as North Co., Ltd.",
            ["Nord Co.", "North Co., Ltd."],
        ),
        (
            "also known as Nord Transport Co. and Nord United Co.",
            ["Nord Transport Co.", "Nord United Co."],
        ),
        (
            "including two aliases: Nord Printing and Dyeing; and Nord Textile",
            ["Nord Printing and Dyeing", "Nord Textile"],
        ),
        ("including three aliases: Nord, North and Northern", ["Nord", "North", "Northern"]),
    ],
)
def test_aliases_are_parted_by_what_the_page_parts_them_with(told: str, aliases: list[str]) -> None:
    cells = f"<tr><td>Acme Co., Ltd. ({told})</td><td>June 21, 2022</td></tr>"
    page = (
        "<html><body><table><tr><th>Entity</th><th>Effective"
        f" Date</th></tr>{cells}</table></body></html>"
    )

    (read,) = listings(us_dhs.uflpa.read, page.encode()).values()

    assert list(entity(read).aliases) == aliases


# Australia

AUSTRALIAN = [
    "Reference",
    "Name of Individual or Entity",
    "Type",
    "Name Type",
    "Citizenship",
    "IMO Number",
    "Control Date",
]


def test_references_of_all_years_belong_to_their_number() -> None:
    names = [
        ("34", "Primary Name"),
        ("34a", "aka"),
        ("34 c", "aka"),
        ("34c1", "Original Script"),
        ("35", "Primary Name"),
    ]
    rows = [
        [reference, f"NAME {n}", "Individual", kind, "", "", "2014-12-15"]
        for n, (reference, kind) in enumerate(names)
    ]

    read = listings(au_dfat.consolidated.read, papers.workbook(AUSTRALIAN, *rows))

    assert [len(entity(each).aliases) for each in read.values()] == [3, 0]


def test_a_row_is_refused_for_the_field_that_is_wrong() -> None:
    for row, reason in (
        (["§34", "DOE"], "reference is not read: '§34'"),
        (["34", ""], "without a name"),
    ):
        body = papers.workbook(
            AUSTRALIAN, [*row, "Individual", "Primary Name", "", "", "2014-12-15"]
        )
        with pytest.raises(LayoutChanged, match=reason):
            listings(au_dfat.consolidated.read, body)


# Canada

RECORD = (
    "<data-set><record><Country-Pays>Russia / Russie</Country-Pays>"
    "<EntityOrShip-EntiteOuNavire>Nord</EntityOrShip-EntiteOuNavire>"
    "<Aliases-Alias>{aliases}</Aliases-Alias>"
    "<TitleOrShipType-TitreOuTypeDeNavire>{title}</TitleOrShipType-TitreOuTypeDeNavire>"
    "<ShipIMONumber-NumeroOMIDuNavire>IMO 8517839</ShipIMONumber-NumeroOMIDuNavire>"
    "</record></data-set>"
)


def test_a_ship_has_its_type_in_english_and_its_number_in_digits() -> None:
    (read,) = listings(
        ca_sema.consolidated.read,
        RECORD.format(aliases="", title="General Cargo | Cargo classique").encode(),
    ).values()

    assert (entity(read).ids, read.fields["ship_type"]) == ({"IMO": "8517839"}, "General Cargo")


@pytest.mark.parametrize(
    ("told", "aliases"),
    [
        ("Andrei, Andrii", ["Andrei", "Andrii"]),
        ("Норд; Nord, North Co., Ltd.", ["Норд", "Nord", "North Co., Ltd."]),
        ("Institute of Machines (IOM, AO)", ["Institute of Machines (IOM, AO)"]),
    ],
)
def test_aliases_are_parted_by_semicolons_and_commas(told: str, aliases: list[str]) -> None:
    (read,) = listings(
        ca_sema.consolidated.read, RECORD.format(aliases=told, title="").encode()
    ).values()

    assert list(entity(read).aliases) == aliases
