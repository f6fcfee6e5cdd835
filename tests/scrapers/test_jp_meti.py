import papers
import pytest
from registers_tables import METI, Save, changes, only, sheet, table, walked

from monitor.diff.rows import Changes
from monitor.errors import NotThePage
from monitor.model import Entity
from monitor.source.page import Body, Page, Register
from scrapers import jp_meti


def test_a_list_in_another_form_is_no_change_and_a_legal_form_written_out_is_an_amendment(
    saved: Save,
) -> None:
    rows = [
        (
            "香港\nHong Kong",
            "NANXIGU CO., LIMITED（南溪穀科技有限公司）",
            "・Nanxigu\n・Xigu",
            "ミサイル\nM",
        ),
        ("パキスタン\nIslamic Republic of Pakistan", "Link Lines Pvt Ltd.", "", "核\nN"),
    ]
    wrapped = [(country, name.replace("公司", "公\n司"), *rest) for country, name, *rest in rows]
    numbered = [(str(number), *row) for number, row in enumerate(wrapped, 1)]
    lines = [tuple(cell.replace("\n", "<br>") for cell in row) for row in numbered]
    page = f"<html><body>{table(['No.', *METI], lines)}</body></html>".encode()

    assert changes(jp_meti.end_users, saved, page, sheet(METI, rows)) == Changes()

    renamed = [rows[0], (rows[1][0], "Link Lines (Pvt.) Limited", "", "核 Ｎ")]
    row = only(changes(jp_meti.end_users, saved, page, sheet(METI, renamed)))
    assert row.action == "amend"
    assert row.fields["name"] == ("Link Lines Pvt Ltd.", "Link Lines (Pvt.) Limited")


def test_a_row_that_goes_on_on_the_next_page_of_a_pdf_is_one_row() -> None:
    heads = ["No.", "Country or Region", "Company or Organization", "Also Known As", "Type of WMD"]
    body = papers.pdf_table(
        "",
        [heads, ["1", "India", "Bhabha Centre", "BARC", "N"], ["", "", "of Research", "", ""]],
        wide=122,
    )

    (record,) = (register := walked_pdf(body)).records

    assert register.read(record.raw).subject.names == {"en": "Bhabha Centre of Research"}


def walked_pdf(body: bytes) -> Register:
    register = jp_meti.end_users(
        Page(url="https://www.meti.go.jp/policy/anpo/20250929_3.pdf", body=Body(body))
    )
    assert register.published == "2025-09-29"
    return register


def test_a_missing_number_is_a_missing_row() -> None:
    rows = [(float(number), "インド India", f"Plant {number}", "", "N") for number in (1, 3)]

    with pytest.raises(NotThePage, match="row number 2 is missing") as refused:
        walked(jp_meti.end_users, papers.workbook(["No.", *METI], *rows))

    assert refused.value.kind == "incomplete"


def test_the_newest_edition_is_followed_and_a_sheet_rather_than_a_pdf() -> None:
    files = ["20250131_2.xlsx", "20250929_3.pdf", "20250929_4.xlsx"]
    body = "".join(f'<a href="/policy/anpo/{name}">外国ユーザーリスト</a>' for name in files)

    (link,) = jp_meti.end_user_list.read(
        Page(url="https://www.meti.go.jp/policy/anpo/law05.html", body=Body(body.encode()))
    )

    assert link.url == "https://www.meti.go.jp/policy/anpo/20250929_4.xlsx"


@pytest.mark.parametrize(
    ("cell", "weapons", "unread"),
    [
        ("生物、化学、ミサイル、核\nB,C,M,N", ("B", "C", "M", "N"), ()),
        ("ミサイル、核 M、Ｎ", ("M", "N"), ()),
        ("ミサイルM 通常兵器CW", ("M", "CW"), ()),
        ("", None, ()),
        ("生物 B S", ("B",), ("a type of weapons: S",)),
        ("BC", None, ("a type of weapons: BC",)),
        ("生物", None, ("a type of weapons: 生物",)),
    ],
)
def test_a_type_of_weapons_that_is_not_known_is_said_to_be_unread(
    cell: str, weapons: tuple[str, ...] | None, unread: tuple[str, ...]
) -> None:
    register = jp_meti.end_users(
        Page(url="", body=Body(sheet(METI, [("インド\nIndia", "Bhabha Centre", "", cell)])))
    )
    (listing,) = (register.read(record.raw) for record in register.records)

    assert (listing.fields.get("weapons"), listing.unread) == (weapons, unread)


@pytest.mark.parametrize(
    ("printed", "country", "fields"),
    [
        ("インド\nIndia", "IN", {}),
        ("インド", "IN", {}),
        ("新国\nNew Land", None, {"country": "新国 New Land"}),
        ("", None, {}),
    ],
)
def test_a_country_that_has_no_code_is_told_as_it_is_printed(
    printed: str, country: str | None, fields: dict[str, str]
) -> None:
    register = jp_meti.end_users(
        Page(url="", body=Body(sheet(METI, [(printed, "Bhabha Centre", "", "核\nN")])))
    )
    (listing,) = (register.read(record.raw) for record in register.records)

    assert isinstance(listing.subject, Entity)
    assert (listing.subject.country, listing.fields) == (country, {"weapons": ("N",)} | fields)
