"""Registers that are tables, in text, markup or sheets: what is a change, what is none, and what is refused."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import papers
import pytest

from monitor.cli.captures import between, captures
from monitor.diff.rows import Changes
from monitor.errors import LayoutChanged, NotThePage, SourceError
from monitor.model import RowChange
from monitor.source.body import Body
from monitor.source.page import Link, Page, Reader
from monitor.source.register import Register
from scrapers import jp_meti, tw_shtc, us_bis, us_dhs, us_dod, us_fcc
from scrapers._platforms.us_entries import Entry, entry

Rows = Sequence[Sequence[str]]
DENIED = ("<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1></body></html>", "bot-wall")
MAINTENANCE = ("<html><head><title>Under maintenance</title></head><body>Back soon.</body></html>", "maintenance")
NO_SUCH_KEY = ('<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>', "error-page")


def tsv(heads: Sequence[str], rows: Rows) -> bytes:
    return "\n".join("\t".join(f'"{cell}"' for cell in row) for row in (heads, *rows)).encode()


def csv(heads: Sequence[str], rows: Rows) -> bytes:
    return ("\ufeff" + "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in (heads, *rows))).encode()


def table(heads: Sequence[str], rows: Rows) -> str:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f"<table><thead><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr></thead><tbody>{lines}</tbody></table>"


def uflpa(heads: Sequence[str], rows: Rows) -> bytes:
    return f"<html><body><p>UFLPA Section 2(d)(2)(B)(i)</p>{table(heads, rows)}</body></html>".encode()


def covered(heads: Sequence[str], rows: Rows) -> bytes:
    uas = table(["UAS Conditional Approvals", "Dates of Conditional Approval"], [["Q12 Aircraft", "March 17, 2026 - "]])
    routers = table(["Routers Conditional Approvals", "Dates of Conditional Approval*"], [["SDG routers", "April 14, 2026"]])
    return f"<html><body><h1>List</h1>{table(heads, rows)}{uas}{routers}</body></html>".encode()


def supplement(heads: Sequence[str], rows: Rows, number: str = "4") -> bytes:
    markup = re.sub(r"</?\w+", lambda tag: tag[0].upper(), table(heads, rows))
    return f'<DIV9 N="Supplement No. {number} to Part 744" TYPE="APPENDIX"><DIV>{markup}</DIV></DIV9>'.encode()


def sheet(heads: Sequence[str], rows: Rows) -> bytes:
    return papers.workbook(["No.", *heads], *([float(number), *row] for number, row in enumerate(rows, 1)))


def notice(_heads: Sequence[str], rows: Rows) -> bytes:
    lines = "".join(f'<FP SOURCE="FP-1">{name}</FP>\n' for (name,) in rows)
    said = "<P>These entities qualify as “Chinese military companies”:</P>"
    return f"<NOTICE><SUPLINF>{said}\n{lines}</SUPLINF><FRDOC>[FR Doc. 2025-00070]</FRDOC></NOTICE>".encode()


@dataclass(frozen=True)
class Form:
    """A register's reader, and a small edition that any other is made of."""

    read: Reader
    build: Callable[[Sequence[str], Rows], bytes]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    proven: bool = False

    def body(self, rows: Rows | None = None, heads: Sequence[str] | None = None) -> bytes:
        return self.build(heads or self.heads, self.rows if rows is None else rows)


NAMES = (
    "Abdul Satar Ghoura",
    "Beijing Zhipu Technology Co., Ltd.",
    "Sophgo Technologies Ltd.",
    "Admiralty Shipyard JSC",
    "Mahan Air",
)
DPL = ("Name", "City", "Country", "Effective_Date", "Expiration_Date", "FR_Citation")
SHTC = ("名稱name", "別名alias", "國家代碼country code", "地址address")
SUPPLEMENT_4 = ("Country", "Entity", "License requirement", "License review policy", "Federal Register citation")
METI = (
    "国名、地域名\nCountry or Region",
    "企業名､組織名\nCompany or Organization",
    "別名\nAlso Known As",
    "懸念区分\nType of WMD",
)
FORMS = {
    "denied": Form(
        us_bis.denied_persons,
        tsv,
        DPL,
        tuple((name, "TEHRAN", "IR", "06/05/2019", "12/03/2019", "84 F.R. 27233") for name in NAMES),
    ),
    "shtc": Form(tw_shtc.entities.read, csv, SHTC, tuple((name, "", "IR", "Tehran") for name in NAMES)),
    "uflpa": Form(
        us_dhs.uflpa.read, uflpa, ("Name of Entity", "Effective Date"), tuple((name, "June 21, 2022") for name in NAMES)
    ),
    "covered": Form(
        us_fcc.covered.read,
        covered,
        ("Covered Equipment or Services*", "Date of Inclusion on Covered List"),
        tuple((f"Equipment produced by {name}", "March 12, 2021") for name in NAMES),
    ),
    "entity list": Form(
        us_bis.entity_list,
        supplement,
        SUPPLEMENT_4,
        tuple(("RUSSIA", f"{name}, 5 Main Street, Moscow.", "All items", "Denial", "90 FR 4619, 1/16/25.") for name in NAMES),
        proven=True,
    ),
    "end users": Form(
        jp_meti.end_users, sheet, METI, tuple(("ロシア\nRussian Federation", name, "・Alias", "核\nN") for name in NAMES)
    ),
    "1260H": Form(us_dod.chinese_military_companies, notice, (), tuple((name,) for name in NAMES)),
}
WITH_HEADS = [name for name, form in FORMS.items() if form.heads]
ALL = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


@pytest.fixture(name="saved")
def saved_(tmp_path: Path) -> Callable[[bytes], Path]:
    def save(body: bytes) -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir())):04}"
        path.write_bytes(body)
        return path

    return save


Save = Callable[[bytes], Path]


def changes(read: Reader, save: Save, old: bytes, new: bytes) -> Changes:
    return between(read, save(old), save(new), url="https://example.org/list")


def only(found: Changes) -> RowChange:
    (row,) = found.rows
    return row


def walked(read: Reader, body: bytes, url: str = "https://example.org/list") -> Register:
    register = read(Page(url=url, body=Body(body)))
    assert isinstance(register, Register)
    register.refuse_short(len(list(register.records)))
    return register


# What holds for each of them


@ALL
def test_rows_in_another_order_are_no_change(form: Form, saved: Save) -> None:
    assert changes(form.read, saved, form.body(), form.body(form.rows[::-1])) == Changes()


@ALL
def test_a_row_more_is_an_addition_and_a_row_less_a_removal(form: Form, saved: Save) -> None:
    added = only(changes(form.read, saved, form.body(form.rows[:4]), form.body()))
    removed = only(changes(form.read, saved, form.body(), form.body(form.rows[:4])))

    assert (added.action, removed.action) == ("add", "remove")
    assert added.name == removed.name
    assert added.name.endswith("Mahan Air")


@ALL
def test_two_of_five_rows_gone_are_held_unless_the_format_proves_its_end(form: Form, saved: Save, tmp_path: Path) -> None:
    saved(form.body())
    saved(form.body(form.rows[:3]))

    last = list(captures(form.read, tmp_path, url="https://example.org/list"))[-1]

    assert len(last.changes if form.proven else last.held) == 2
    assert len(last.held if form.proven else last.changes) == 0


@ALL
def test_not_one_row_is_refused(form: Form) -> None:
    with pytest.raises(SourceError):
        walked(form.read, form.body([]))


@ALL
@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
def test_a_body_that_is_cut_is_refused(form: Form, share: float) -> None:
    body = form.body()
    with pytest.raises(SourceError):
        walked(form.read, body[: int(len(body) * share)])


@ALL
@pytest.mark.parametrize(("body", "kind"), [("", "empty"), DENIED, MAINTENANCE, NO_SUCH_KEY])
def test_another_page_is_refused_by_its_kind(form: Form, body: str, kind: str) -> None:
    with pytest.raises(SourceError) as refused:
        walked(form.read, body.encode())

    assert refused.value.kind == kind


@pytest.mark.parametrize("name", WITH_HEADS)
def test_a_heading_under_another_name_is_refused(name: str) -> None:
    form = FORMS[name]
    for place in range(len(form.heads)):
        heads = [*form.heads[:place], "Something new", *form.heads[place + 1 :]]
        optional = name in ("denied", "entity list") and form.heads[place] in ("City", "Country", *SUPPLEMENT_4[2:4])
        if not optional:
            with pytest.raises(SourceError):
                walked(form.read, form.body(heads=heads))


@pytest.mark.parametrize("name", [name for name in WITH_HEADS if name != "covered"])
def test_a_new_column_is_said_and_is_no_change(name: str, saved: Save) -> None:
    form = FORMS[name]

    found = changes(form.read, saved, form.body(), form.body([(*row, "x") for row in form.rows], [*form.heads, "Remarks"]))

    assert found == Changes(remarks=("a column we do not read: Remarks",))


@pytest.mark.parametrize("name", ["denied", "shtc", "uflpa", "entity list"])
def test_columns_in_another_order_are_no_change(name: str, saved: Save) -> None:
    form = FORMS[name]
    turned = [row[::-1] for row in form.rows]
    if name == "entity list":  # there the first column is the country, inherited from row to row
        turned = [(row[0], *row[:0:-1]) for row in form.rows]
        heads = (form.heads[0], *form.heads[:0:-1])
    else:
        heads = form.heads[::-1]

    assert changes(form.read, saved, form.body(), form.body(turned, heads)) == Changes()


@pytest.mark.parametrize("name", ["denied", "shtc"])
def test_a_row_with_a_cell_less_or_more_is_refused(name: str) -> None:
    form = FORMS[name]
    for row in (form.rows[1][:-1], (*form.rows[1], "more")):
        with pytest.raises(LayoutChanged, match="row 2 has"):
            walked(form.read, form.body([form.rows[0], row, *form.rows[2:]]))


# Denied persons


def denied(*orders: tuple[str, str, str]) -> bytes:
    return tsv(DPL, [(name, city, "IR", day, "12/03/2029", "84 F.R. 27233") for name, city, day in orders])


def test_a_reissued_order_is_an_amendment(saved: Save) -> None:
    mahan = ("MAHAN AIRWAYS", "TEHRAN")

    row = only(changes(us_bis.denied_persons, saved, denied((*mahan, "12/10/2018")), denied((*mahan, "06/05/2019"))))

    assert row.action == "amend"
    assert row.fields == {
        "id": ("MAHAN AIRWAYS|12/10/2018", "MAHAN AIRWAYS|06/05/2019"),
        "effective": ("2018-12-10", "2019-06-05"),
    }


def test_a_second_order_on_one_name_is_an_addition_and_blanks_before_the_name_are_nothing(saved: Save) -> None:
    one, other = ("I. ASH", "SEAGOVILLE", "03/04/2002"), ("I. ASH", "SEAGOVILLE", "06/19/2003")

    row = only(changes(us_bis.denied_persons, saved, denied(one), denied((" I.  ASH", *one[1:]), other)))

    assert (row.action, row.id) == ("add", "I. ASH|06/19/2003")


def test_an_address_more_amends_the_order_and_their_order_is_nothing(saved: Save) -> None:
    tehran, dubai = ("MAHAN AIRWAYS", "TEHRAN", "06/05/2019"), ("MAHAN AIRWAYS", "DUBAI", "06/05/2019")

    assert changes(us_bis.denied_persons, saved, denied(tehran, dubai), denied(dubai, tehran)) == Changes()
    assert only(changes(us_bis.denied_persons, saved, denied(tehran), denied(tehran, dubai))).fields == {
        "addresses": (("TEHRAN, IR",), ("DUBAI, IR", "TEHRAN, IR"))
    }


def test_a_date_that_is_none_stays_as_printed() -> None:
    register = us_bis.denied_persons(Page(url="", body=Body(denied(("I. ASH", "SEAGOVILLE", "03/04/20020")))))

    assert register.read(next(iter(register.records)).raw).fields["effective"] == "03/04/20020"


def test_a_row_without_a_name_is_refused() -> None:
    with pytest.raises(LayoutChanged, match="without a name"):
        walked(us_bis.denied_persons, denied(("", "TEHRAN", "06/05/2019")))


# The supplements of the eCFR


def listed(*rows: tuple[str, str]) -> bytes:
    return supplement(SUPPLEMENT_4, [(country, entity, "All items", "Denial", "90 FR 4619") for country, entity in rows])


def test_a_country_is_inherited_from_the_row_above(saved: Save) -> None:
    old = listed(("CHINA", "Acme Ltd., Beijing."), ("", "Zeta Ltd., Wuhan."), ("RUSSIA", "Nord JSC, Omsk."))
    new = listed(("CHINA", "Acme Ltd., Beijing."), ("RUSSIA", "Nord JSC, Omsk."), ("", "Zeta Ltd., Wuhan."))

    row = only(changes(us_bis.entity_list, saved, old, new))

    assert (row.action, row.fields["id"], row.fields["country"]) == (
        "amend",
        ("CHINA|ZETA LTD.", "RUSSIA|ZETA LTD."),
        ("CN", "RU"),
    )


def test_reserved_rows_and_notes_across_the_table_are_no_entities() -> None:
    plain = listed(("CHINA", "Acme Ltd., Beijing."), ("", "[Reserved]"))
    noted = plain.replace(b"</TBODY>", b'<TR><TD COLSPAN="5">1 A note.</TD></TR></TBODY>')

    assert [record.id for record in us_bis.entity_list(Page(url="", body=Body(noted))).records] == ["CHINA|ACME LTD."]


def test_a_country_that_spans_its_rows_and_the_gazettes_own_tags_are_read() -> None:
    spanned = listed(("CHINA", "Acme Ltd., Beijing."), ("", "Zeta Ltd., Wuhan."))
    spanned = spanned.replace(b"<TD>CHINA", b'<TD rowspan="2">CHINA').replace(b"<TD></TD>", b"")
    gazette = spanned
    for html, own in ((b"TABLE", b"GPOTABLE"), (b"TR", b"ROW"), (b"TD", b"ENT"), (b"TH>", b"CHED>")):
        gazette = gazette.replace(b"<" + html, b"<" + own).replace(b"</" + html, b"</" + own)

    for body in (spanned, gazette):
        ids = [record.id for record in us_bis.entity_list(Page(url="", body=Body(body))).records]
        assert ids == ["CHINA|ACME LTD.", "CHINA|ZETA LTD."]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (
            "Acme, Ltd., a.k.a., the following two aliases:\n—Acme Trading; and\n—Acme Group.\n5 Main Street, Baku; and Box 7.",
            Entry("Acme, Ltd.", ("Acme Trading", "Acme Group"), ("5 Main Street, Baku", "Box 7")),
        ),
        (
            "Zhipu Co., Ltd., a.k.a., the following one alias: —Atlas Technology Co., Ltd. Floor 10, Beijing, China.",
            Entry("Zhipu Co., Ltd.", ("Atlas Technology Co., Ltd.",), ("Floor 10, Beijing, China",)),
        ),
        ("Academy of Propulsion (AASPT).", Entry("Academy of Propulsion", ("AASPT",))),
        ("DJI, a.k.a. SZ DJI Co., Ltd. (SZ DJI), Shenzhen", Entry("DJI", ("SZ DJI Co., Ltd.", "SZ DJI"), ("Shenzhen",))),
        ("Nord S.A., Rue 5, Geneva", Entry("Nord S.A.", (), ("Rue 5, Geneva",))),
    ],
)
def test_a_cell_is_a_name_its_aliases_and_its_addresses(cell: str, expected: Entry) -> None:
    assert entry(cell) == expected


def test_another_supplement_is_not_taken_for_the_list() -> None:
    body = supplement(SUPPLEMENT_4, FORMS["entity list"].rows, number="5")

    with pytest.raises(NotThePage, match="no Supplement No. 4"):
        walked(us_bis.entity_list, body)


def test_only_the_newest_version_of_each_supplement_is_followed() -> None:
    versions = ",".join(
        f'{{"identifier":"Supplement No. {number} to Part 744","issue_date":"{day}","removed":{removed}}}'
        for number, day, removed in [
            (4, "2025-09-16", "false"),
            (4, "2025-01-16", "false"),
            (4, "2026-01-01", "true"),
            (6, "2024-10-30", "false"),
            (7, "2023-09-27", "false"),
        ]
    )
    page = Page(url="https://www.ecfr.gov/", body=Body(f'{{"content_versions":[{versions}]}}'.encode()))

    days = [re.findall(r"/full/([\d-]+)/", link.url)[0] for link in us_bis.ecfr_versions.read(page)]

    assert days == ["2025-09-16", "2024-10-30", "2023-09-27"]


# METI


def test_a_list_in_another_form_is_no_change_and_a_legal_form_written_out_is_an_amendment(saved: Save) -> None:
    rows = [
        ("香港\nHong Kong", "NANXIGU CO., LIMITED（南溪穀科技有限公司）", "・Nanxigu\n・Xigu", "ミサイル\nM"),
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
    body = papers.pdf_table("", [heads, ["1", "India", "Bhabha Centre", "BARC", "N"], ["", "", "of Research", "", ""]], wide=122)

    (record,) = (register := walked_pdf(body)).records

    assert register.read(record.raw).subject.names == {"en": "Bhabha Centre of Research"}


def walked_pdf(body: bytes) -> Register:
    register = jp_meti.end_users(Page(url="https://www.meti.go.jp/policy/anpo/20250929_3.pdf", body=Body(body)))
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

    (link,) = jp_meti.end_user_list.read(Page(url="https://www.meti.go.jp/policy/anpo/law05.html", body=Body(body.encode())))

    assert link.url == "https://www.meti.go.jp/policy/anpo/20250929_4.xlsx"


# FCC


def test_marks_of_footnotes_bold_words_and_broken_lines_are_no_change(saved: Save) -> None:
    form = FORMS["covered"]
    marked = [(f"<strong>{text}</strong>*<sup>†</sup>", f"<p>{day}</p>") for text, day in form.rows]

    assert changes(form.read, saved, form.body(), form.body(marked)) == Changes()


def test_another_date_of_a_row_amends_it(saved: Save) -> None:
    form = FORMS["covered"]

    row = only(changes(form.read, saved, form.body(), form.body([(form.rows[0][0], "June 3, 2026"), *form.rows[1:]])))

    assert (row.action, row.fields["listed_on"]) == ("amend", ("2021-03-12", "2026-06-03"))


def test_a_table_that_is_gone_is_refused_and_a_new_one_is_said() -> None:
    body = FORMS["covered"].body().decode()
    gone = body.replace("UAS Conditional Approvals", "Aircraft")
    more = body.replace("</body>", table(["News", "Day"], [["Something", "Today"]]) + "</body>")

    with pytest.raises(LayoutChanged, match="UAS approved"):
        walked(us_fcc.covered.read, gone.encode())
    assert walked(us_fcc.covered.read, more.encode()).remarks == ("a table we do not read: News | Day",)


# DHS


def test_an_entity_under_a_second_paragraph_is_amended(saved: Save) -> None:
    one = table(["Name of Entity", "Effective Date"], [["Camel Group Co., Ltd.", "August 2, 2023"]])
    first = f"<html><body><p>Section 2(d)(2)(B)(i)</p>{one}</body></html>"
    both = first.replace("</body>", f"<p>Section 2(d)(2)(B)(v)</p>{one}</body>")

    row = only(changes(us_dhs.uflpa.read, saved, first.encode(), both.encode()))

    assert row.fields == {"lists": ("2(d)(2)(B)(i)", ("2(d)(2)(B)(i)", "2(d)(2)(B)(v)"))}


def test_a_new_alias_amends_the_entity(saved: Save) -> None:
    heads, day = ("Name of Entity", "Effective Date"), "June 21, 2022"
    old = uflpa(heads, [("Changji Esquel Textile Co. Ltd. (and one alias: Changji Yida Textile)", day)])
    new = uflpa(heads, [("Changji Esquel Textile Co. Ltd. (including two aliases: Changji Yida Textile; and Esquel)", day)])

    row = only(changes(us_dhs.uflpa.read, saved, old, new))

    assert row.fields == {"aliases": (("Changji Yida Textile",), ("Changji Yida Textile", "Esquel"))}


def test_a_table_under_no_paragraph_of_the_act_is_read_and_said() -> None:
    body = uflpa(("Name of Entity", "Effective Date"), [("Camel Group Co., Ltd.", "August 2, 2023")])
    register = us_dhs.uflpa.read(Page(url="https://www.dhs.gov/", body=Body(body.replace(b"2(d)(2)(B)(i)", b"II"))))

    assert register.remarks == ("a table that does not say under which paragraph of the act it lists",)
    assert [record.id for record in register.records] == ["CAMEL GROUP CO., LTD."]


def test_a_page_without_a_table_of_entities_is_refused() -> None:
    with pytest.raises(LayoutChanged, match="no table of names"):
        walked(us_dhs.uflpa.read, uflpa(("Country", "Tariff"), [("China", "1 %")]))


# Taiwan


def test_semicolons_of_full_width_and_the_running_number_are_no_change(saved: Save) -> None:
    rows = [("1", "Acme Co.", "Acme; ACM", "IR", "Tehran"), ("2", "Zeta Co.", "", "IR", "Tehran")]
    moved = [("7", "Acme Co.", "Acme；ACM", "IR", "Tehran"), ("8", "Zeta Co.", "", "IR", "Tehran")]
    heads = ("項次item", *SHTC)

    assert changes(tw_shtc.entities.read, saved, csv(heads, rows), csv(heads, moved)) == Changes()


# Chinese military companies


def test_a_removal_is_not_followed_as_if_it_were_the_list() -> None:
    whole = '{"title":"Notice of Availability of Designation of Chinese Military Companies","publication_date":"2025-01-07",'
    part = '{"title":"Notice of Removal of Designation of Chinese Military Companies","publication_date":"2025-02-03",'
    rows = f'{part}"full_text_xml_url":"https://example.org/2.xml"}},{whole}"full_text_xml_url":"https://example.org/1.xml"}}'

    (link,) = links(us_dod.notices.read(Page(url="", body=Body(f'{{"results":[{rows}]}}'.encode()))))

    assert link.url == "https://example.org/1.xml"


def test_a_notice_without_its_text_is_no_list_to_follow() -> None:
    row = '{"title":"Designation of Chinese Military Companies","publication_date":"2025-01-07","full_text_xml_url":null}'

    with pytest.raises(LayoutChanged, match="no text in XML yet"):
        list(links(us_dod.notices.read(Page(url="", body=Body(f'{{"results":[{row}]}}'.encode())))))


def links(found: object) -> Iterator[Link]:
    assert not isinstance(found, Register)
    yield from (each for each in found if isinstance(each, Link))  # type: ignore[attr-defined]


def test_a_line_further_in_belongs_to_the_one_above_it() -> None:
    body = notice((), [("Aero Engine Corporation (AECC)",), ("AECC Power Co., Ltd.",), ("Tencent",)])
    inner = body.replace(b'<FP SOURCE="FP-1">AECC Power', b'<FP SOURCE="FP-2">AECC Power')

    register = us_dod.chinese_military_companies(Page(url="", body=Body(inner)))
    parents = [register.read(record.raw).subject.parent for record in register.records]  # type: ignore[union-attr]

    assert parents == [None, "Aero Engine Corporation", None]


def test_a_table_made_to_be_endless_is_refused() -> None:
    cells = '<td colspan="90" rowspan="999999">x</td>' * 9
    body = f"<html><body><table><tr>{cells}</tr></table></body></html>"

    with pytest.raises(SourceError) as refused:
        walked(us_dhs.uflpa.read, body.encode())

    assert refused.value.kind == "too-large"
