import pytest
from registers_tables import Save, changes, only, table, uflpa, walked

from monitor.errors import LayoutChanged, SourceError
from monitor.source.page import Body, Page
from scrapers import us_dhs


def test_an_entity_under_a_second_paragraph_is_amended(saved: Save) -> None:
    one = table(["Name of Entity", "Effective Date"], [["Camel Group Co., Ltd.", "August 2, 2023"]])
    first = f"<html><body><p>Section 2(d)(2)(B)(i)</p>{one}</body></html>"
    both = first.replace("</body>", f"<p>Section 2(d)(2)(B)(v)</p>{one}</body>")

    row = only(changes(us_dhs.uflpa.read, saved, first.encode(), both.encode()))

    assert row.fields == {"lists": ("2(d)(2)(B)(i)", ("2(d)(2)(B)(i)", "2(d)(2)(B)(v)"))}


def test_a_new_alias_amends_the_entity(saved: Save) -> None:
    heads, day = ("Name of Entity", "Effective Date"), "June 21, 2022"
    old = uflpa(
        heads, [("Changji Esquel Textile Co. Ltd. (and one alias: Changji Yida Textile)", day)]
    )
    new = uflpa(
        heads,
        [
            (
                (
                    "Changji Esquel Textile Co. Ltd. (including two aliases: Changji Yida Textile;"
                    " and Esquel)"
                ),
                day,
            )
        ],
    )

    row = only(changes(us_dhs.uflpa.read, saved, old, new))

    assert row.fields == {
        "aliases": (("Changji Yida Textile",), ("Changji Yida Textile", "Esquel"))
    }


def test_a_table_under_no_paragraph_of_the_act_is_read_and_said() -> None:
    body = uflpa(
        ("Name of Entity", "Effective Date"), [("Camel Group Co., Ltd.", "August 2, 2023")]
    )
    register = us_dhs.uflpa.read(
        Page(url="https://www.dhs.gov/", body=Body(body.replace(b"2(d)(2)(B)(i)", b"II")))
    )

    assert register.remarks == (
        "a table that does not say under which paragraph of the act it lists",
    )
    assert [record.id for record in register.records] == ["CAMEL GROUP CO., LTD."]


def test_a_page_without_a_table_of_entities_is_refused() -> None:
    with pytest.raises(LayoutChanged, match="no table of names"):
        walked(us_dhs.uflpa.read, uflpa(("Country", "Tariff"), [("China", "1 %")]))


def test_a_table_made_to_be_endless_is_refused() -> None:
    cells = '<td colspan="90" rowspan="999999">x</td>' * 9
    body = f"<html><body><table><tr>{cells}</tr></table></body></html>"

    with pytest.raises(SourceError) as refused:
        walked(us_dhs.uflpa.read, body.encode())

    assert refused.value.kind == "too-large"
