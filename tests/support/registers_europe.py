"""Golden pages of the registers of the EU, the United Kingdom, Switzerland, Canada and
Australia, and ways to spoil them.
"""

import re
from pathlib import Path

import pytest
from lxml import etree

from monitor.cli.read import compare_bodies, iterate_rows
from monitor.config import Config
from monitor.errors import SourceError
from monitor.model import RowChange
from monitor.source.page import Body, Page, Register
from monitor.source.registry import Registry

PAGES = Path(__file__).parent.parent / "pages"
REGISTRY = Registry(Config())
URL = "https://example.org/register"
Change = tuple[str, str, dict[str, tuple[object, object]]]
XML = {  # source → its golden page, the tag of its records
    "eu_fsf.consolidated": ("eu_fsf/consolidated-2022.xml", "sanctionEntity"),
    "gb_fcdo.sanctions": ("gb_fcdo/sanctions-2026.xml", "Designation"),
    "ch_seco.sanctions": ("ch_seco/sanctions-2026.xml", "target"),
    "ca_sema.consolidated": ("ca_sema/consolidated-2022.xml", "record"),
}
TABLES = {
    "gb_fcdo.sanctions_csv": "gb_fcdo/sanctions_csv-2026.csv",
    "au_dfat.consolidated": "au_dfat/consolidated-2026.xlsx",
}
GOLDEN = {source: page for source, (page, _) in XML.items()} | TABLES
ERROR_PAGE = (
    b"<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>"
)
OTHER_XML = (
    b'<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>There is no such'
    b" key.</Message></Error>"
)


def golden(source: str) -> bytes:
    return (PAGES / GOLDEN[source]).read_bytes()


def changes(source: str, old: bytes, new: bytes, tmp_path: Path) -> list[Change]:
    return [(one.action, one.id, dict(one.fields)) for one in told(source, old, new, tmp_path)]


def told(source: str, old: bytes, new: bytes, tmp_path: Path) -> tuple[RowChange, ...]:
    paths = tmp_path / "old", tmp_path / "new"
    for path, body in zip(paths, (old, new), strict=True):
        path.write_bytes(body)
    return compare_bodies(REGISTRY.reader(source), *paths, url=URL).rows


def read(source: str, body: bytes) -> list[object]:
    found = REGISTRY.reader(source)(Page(url=URL, body=Body(body)))
    assert isinstance(found, Register)
    return list(iterate_rows(found))


def refusal(source: str, body: bytes) -> str:
    with pytest.raises(SourceError) as raised:
        read(source, body)
    return raised.value.kind


def backwards(body: bytes, tag: str) -> bytes:
    root = etree.fromstring(body)
    records = root.findall(f"{{*}}{tag}")
    places = [root.index(record) for record in records]
    for place, record in zip(
        places,
        [etree.fromstring(etree.tostring(record)) for record in reversed(records)],
        strict=True,
    ):
        root[place] = record
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def large(body: bytes) -> bytes:
    """As large as a register, of which a parser never sees the end at once."""
    return body.replace(b"?>", b"?>" + b"\n" * 5000, 1)


def cut_at_a_record(body: bytes, tag: str) -> bytes:
    return large(body[: body.rindex(b"<%s" % tag.encode())])


def renamed(body: bytes, tag: str) -> bytes:
    return re.sub(rb"(</?)%s\b" % tag.encode(), rb"\1%sX" % tag.encode(), body)


def lines(body: bytes) -> list[bytes]:
    return body.split(b"\r\n")[:-1]
