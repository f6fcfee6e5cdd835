import re

import pytest
from registers_tables import DPL, FORMS, SUPPLEMENT_4, Save, changes, only, supplement, tsv, walked

from monitor.diff.rows import Changes
from monitor.errors import LayoutChanged, NotThePage
from monitor.source.page import Body, Page
from scrapers import us_bis


def denied(*orders: tuple[str, str, str]) -> bytes:
    return tsv(
        DPL, [(name, city, "IR", day, "12/03/2029", "84 F.R. 27233") for name, city, day in orders]
    )


def test_a_reissued_order_is_an_amendment(saved: Save) -> None:
    mahan = ("MAHAN AIRWAYS", "TEHRAN")

    row = only(
        changes(
            us_bis.denied_persons,
            saved,
            denied((*mahan, "12/10/2018")),
            denied((*mahan, "06/05/2019")),
        )
    )

    assert row.action == "amend"
    assert row.fields == {
        "id": ("MAHAN AIRWAYS|12/10/2018", "MAHAN AIRWAYS|06/05/2019"),
        "effective": ("2018-12-10", "2019-06-05"),
    }


def test_another_last_day_in_one_of_an_orders_rows_is_told(saved: Save) -> None:
    before, now = (
        tsv(DPL, [("I. ASH", city, "IR", "03/04/2002", day, "67 F.R. 1") for city, day in rows])
        for rows in (
            [("TEHRAN", "12/14/2026"), ("DUBAI", "12/14/2026")],
            [("TEHRAN", "12/14/2026"), ("DUBAI", "1/1/2099")],
        )
    )

    row = only(changes(us_bis.denied_persons, saved, before, now))
    assert row.fields == {"expires": ("2026-12-14", ("2099-01-01", "2026-12-14"))}


def test_a_second_order_on_one_name_is_an_addition_and_blanks_before_the_name_are_nothing(
    saved: Save,
) -> None:
    one, other = ("I. ASH", "SEAGOVILLE", "03/04/2002"), ("I. ASH", "SEAGOVILLE", "06/19/2003")

    row = only(
        changes(us_bis.denied_persons, saved, denied(one), denied((" I.  ASH", *one[1:]), other))
    )

    assert (row.action, row.id) == ("add", "I. ASH|06/19/2003")


def test_an_address_more_amends_the_order_and_their_order_is_nothing(saved: Save) -> None:
    tehran, dubai = (
        ("MAHAN AIRWAYS", "TEHRAN", "06/05/2019"),
        ("MAHAN AIRWAYS", "DUBAI", "06/05/2019"),
    )

    assert (
        changes(us_bis.denied_persons, saved, denied(tehran, dubai), denied(dubai, tehran))
        == Changes()
    )
    assert only(
        changes(us_bis.denied_persons, saved, denied(tehran), denied(tehran, dubai))
    ).fields == {"addresses": (("TEHRAN, IR",), ("DUBAI, IR", "TEHRAN, IR"))}


def test_a_date_that_is_none_stays_as_printed() -> None:
    register = us_bis.denied_persons(
        Page(url="", body=Body(denied(("I. ASH", "SEAGOVILLE", "03/04/20020"))))
    )

    assert register.read(next(iter(register.records)).raw).fields["effective"] == "03/04/20020"


def test_a_row_without_a_name_is_refused() -> None:
    with pytest.raises(LayoutChanged, match="without a name"):
        walked(us_bis.denied_persons, denied(("", "TEHRAN", "06/05/2019")))


def listed(*rows: tuple[str, str]) -> bytes:
    return supplement(
        SUPPLEMENT_4,
        [(country, entity, "All items", "Denial", "90 FR 4619") for country, entity in rows],
    )


def test_a_country_is_inherited_from_the_row_above(saved: Save) -> None:
    old = listed(
        ("CHINA", "Acme Ltd., Beijing."), ("", "Zeta Ltd., Wuhan."), ("RUSSIA", "Nord JSC, Omsk.")
    )
    new = listed(
        ("CHINA", "Acme Ltd., Beijing."), ("RUSSIA", "Nord JSC, Omsk."), ("", "Zeta Ltd., Wuhan.")
    )

    row = only(changes(us_bis.entity_list, saved, old, new))

    assert (row.action, row.fields["id"], row.fields["country"]) == (
        "amend",
        ("CHINA|ZETA LTD.", "RUSSIA|ZETA LTD."),
        ("CN", "RU"),
    )


def test_reserved_rows_and_notes_across_the_table_are_no_entities() -> None:
    plain = listed(("CHINA", "Acme Ltd., Beijing."), ("", "[Reserved]"))
    noted = plain.replace(b"</TBODY>", b'<TR><TD COLSPAN="5">1 A note.</TD></TR></TBODY>')

    assert [record.id for record in us_bis.entity_list(Page(url="", body=Body(noted))).records] == [
        "CHINA|ACME LTD."
    ]


def test_a_country_that_spans_its_rows_and_the_gazettes_own_tags_are_read() -> None:
    spanned = listed(("CHINA", "Acme Ltd., Beijing."), ("", "Zeta Ltd., Wuhan."))
    spanned = spanned.replace(b"<TD>CHINA", b'<TD rowspan="2">CHINA').replace(b"<TD></TD>", b"")
    gazette = spanned
    for html, own in (
        (b"TABLE", b"GPOTABLE"),
        (b"TR", b"ROW"),
        (b"TD", b"ENT"),
        (b"TH>", b"CHED>"),
    ):
        gazette = gazette.replace(b"<" + html, b"<" + own).replace(b"</" + html, b"</" + own)

    for body in (spanned, gazette):
        ids = [record.id for record in us_bis.entity_list(Page(url="", body=Body(body))).records]
        assert ids == ["CHINA|ACME LTD.", "CHINA|ZETA LTD."]


def test_another_supplement_is_not_taken_for_the_list() -> None:
    body = supplement(SUPPLEMENT_4, FORMS["entity list"].rows, number="5")

    with pytest.raises(NotThePage, match="no Supplement No. 4"):
        walked(us_bis.entity_list, body)


def test_only_the_newest_version_of_each_supplement_is_followed() -> None:
    versions = ",".join(
        f'{{"identifier":"Supplement No. {number} to Part'
        f' 744","issue_date":"{day}","removed":{removed}}}'
        for number, day, removed in [
            (4, "2025-09-16", "false"),
            (4, "2025-01-16", "false"),
            (4, "2026-01-01", "true"),
            (6, "2024-10-30", "false"),
            (7, "2023-09-27", "false"),
        ]
    )
    page = Page(
        url="https://www.ecfr.gov/", body=Body(f'{{"content_versions":[{versions}]}}'.encode())
    )

    days = [re.findall(r"/full/([\d-]+)/", link.url)[0] for link in us_bis.ecfr_versions.read(page)]

    assert days == ["2025-09-16", "2024-10-30", "2023-09-27"]
