import io
import zipfile
from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.watch.cells import country_code
from monitor.watch.entries import Party, Product
from monitor.watch.lists import entries

CHINESE = """供应商名称,英文名,国家,统一社会信用代码,母公司
华为技术有限公司,Huawei Technologies Co Ltd;HW,中国,914403001922038216,华为控股
"""


def test_headings_are_known_in_chinese_and_english():
    (chinese,) = entries("a.csv", CHINESE.encode(), "supplier").entries
    (english,) = entries("b.csv", b"Vendor Name;Country;Parent company\nAcme;USA;Umbrella\n", "customer").entries

    assert chinese == Party(
        name="华为技术有限公司",
        aliases=("Huawei Technologies Co Ltd", "HW"),
        country="CN",
        ids=("914403001922038216",),
        parent="华为控股",
        origin="a.csv row 2",
    )
    assert (english.name, english.country, english.parent, english.relation) == ("Acme", "US", "Umbrella", "customer")


def test_what_chinese_windows_saves_is_read():
    (found,) = entries("a.csv", CHINESE.encode("gb18030"), "supplier").entries

    assert found.name == "华为技术有限公司"


def test_a_row_that_cannot_be_used_is_told_with_its_number_and_the_rest_is_taken():
    body = b"name,country\nAcme,Utopia\n,US\nFoo, Ltd.,US\n\nAcme,US\nBar,DE\n"

    read = entries("s.csv", body, "supplier")

    assert [entry.name for entry in read.entries] == ["Acme", "Bar"]
    assert [line.partition(":")[0] for line in read.unusable] == ["s.csv row 2", "s.csv row 3", "s.csv row 4", "s.csv row 6"]


def test_products_keep_the_good_numbers_and_tell_of_the_bad():
    read = entries("p.csv", "品名,海关编码,ECCN,材料\n磁体,8505.11.10;12,1C909.a.1;hello,Dy/Tb\n".encode(), "product")

    (product,) = read.entries
    assert (product.hs, product.eccn, product.materials) == (("85051110",), ("1C909.a.1",), ("Dy", "Tb"))
    assert len(read.unusable) == 2


def test_a_line_of_a_bill_of_materials_is_a_part_of_its_product():
    read = entries("bom.csv", b"Assembly,Component,HS code\nMotor,Magnet,850511\nMotor,Shaft,848310\n", "product")

    assert [(entry.relation, entry.part_of, entry.name) for entry in read.entries if isinstance(entry, Product)] == [
        ("part", "Motor", "Magnet"),
        ("part", "Motor", "Shaft"),
    ]
    assert len({entry.key for entry in read.entries}) == 2


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\xff\xff\x81", b"a,b\n1,2\n"])
def test_a_file_without_names_is_one_clear_error(body: bytes):
    with pytest.raises(ConfigError, match="s.csv: "):
        entries("s.csv", body, "supplier")


def test_headings_may_stand_below_a_title():
    (found,) = entries("s.csv", b"Our suppliers 2026,\n,\nName,Country\nAcme,FR\n", "supplier").entries

    assert (found.name, found.country, found.origin) == ("Acme", "FR", "s.csv row 4")


def test_a_sheet_is_read_like_a_csv(tmp_path: Path):
    (found,) = entries("s.xlsx", sheet([["供应商", "国家"], ["Acme GmbH", "Germany"]]), "supplier").entries

    assert (found.name, found.country) == ("Acme GmbH", "DE")


def test_a_broken_sheet_is_one_clear_error():
    with pytest.raises(ConfigError, match="s.xlsx: "):
        entries("s.xlsx", b"PK not a sheet", "supplier")


def test_countries_are_known_by_code_and_name():
    assert [country_code(said) for said in ("cn", "Germany", "韩国", "South Korea", "Utopia", "")] == [
        "CN",
        "DE",
        "KR",
        "KR",
        None,
        None,
    ]


def sheet(rows: list[list[str]]) -> bytes:
    """The smallest workbook that a spreadsheet opens."""
    cells = "".join("<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        f"<Relationship Id='r1' Type='{link}/officeDocument' Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook xmlns='{main}' xmlns:r='{link}'>"
        "<sheets><sheet name='S' sheetId='1' r:id='r1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        f"<Relationship Id='r1' Type='{link}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet xmlns='{main}'><sheetData>{cells}</sheetData></worksheet>",
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return held.getvalue()
