"""Saved pages of OFAC's lists and of the Consolidated Screening List, and ways to change them."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from monitor.cli.read import compare_bodies
from monitor.diff.rows import Changes
from monitor.errors import SourceError
from monitor.source.page import Body, Page, Reader
from monitor.source.scraper import count_content

PAGES = Path(__file__).parent.parent / "pages" / "us_ofac"
OTHERS = (PAGES / "consolidated-2021.xml").read_bytes()
SDN = (PAGES / "sdn-2022.xml").read_bytes()
CSV = (PAGES / "sdn_csv-2022.csv").read_bytes()
# As if the rows of lists that are read elsewhere were of one that is not.
CSL = re.sub(
    rb'"source": "[^"]*"',
    b'"source": "Nonproliferation Sanctions (ISN) - State Department"',
    (PAGES.parent / "us_csl" / "consolidated-2022.json").read_bytes(),
)
ADDRESS = "https://sanctionslistservice.ofac.treas.gov/list"


def changes(read: Reader, folder: Path, old: bytes, new: bytes) -> Changes:
    (folder / "old").write_bytes(old)
    (folder / "new").write_bytes(new)
    return compare_bodies(read, folder / "old", folder / "new", url=ADDRESS)


def refused(read: Reader, body: bytes) -> str:
    with pytest.raises(SourceError) as refusal:
        count_content(read, Page(url=ADDRESS, body=Body(body)))
    return refusal.value.kind


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(f"{name}.XML", body)
    return packed.getvalue()


def swapped(body: bytes, old: bytes, new: bytes) -> bytes:
    assert old in body
    return body.replace(old, new)
