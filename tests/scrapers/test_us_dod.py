from collections.abc import Iterator

import pytest
from registers_tables import notice

from monitor.errors import LayoutChanged
from monitor.source.page import Body, Link, Page, Register
from scrapers import us_dod


def test_a_removal_is_not_followed_as_if_it_were_the_list() -> None:
    whole = (
        '{"title":"Notice of Availability of Designation of Chinese Military'
        ' Companies","publication_date":"2025-01-07",'
    )
    part = (
        '{"title":"Notice of Removal of Designation of Chinese Military'
        ' Companies","publication_date":"2025-02-03",'
    )
    rows = f'{part}"full_text_xml_url":"https://example.org/2.xml"}},{whole}"full_text_xml_url":"https://example.org/1.xml"}}'

    (link,) = links(
        us_dod.notices.read(Page(url="", body=Body(f'{{"results":[{rows}]}}'.encode())))
    )

    assert link.url == "https://example.org/1.xml"


def test_a_notice_without_its_text_is_no_list_to_follow() -> None:
    row = (
        '{"title":"Designation of Chinese Military'
        ' Companies","publication_date":"2025-01-07","full_text_xml_url":null}'
    )

    with pytest.raises(LayoutChanged, match="no text in XML yet"):
        list(links(us_dod.notices.read(Page(url="", body=Body(f'{{"results":[{row}]}}'.encode())))))


def links(found: object) -> Iterator[Link]:
    assert not isinstance(found, Register)
    yield from (each for each in found if isinstance(each, Link))  # type: ignore[attr-defined]


def test_a_line_further_in_belongs_to_the_one_above_it() -> None:
    body = notice(
        (), [("Aero Engine Corporation (AECC)",), ("AECC Power Co., Ltd.",), ("Tencent",)]
    )
    inner = body.replace(b'<FP SOURCE="FP-1">AECC Power', b'<FP SOURCE="FP-2">AECC Power')

    register = us_dod.chinese_military_companies(Page(url="", body=Body(inner)))
    parents = [register.read(record.raw).subject.parent for record in register.records]  # type: ignore[union-attr]

    assert parents == [None, "Aero Engine Corporation", None]
