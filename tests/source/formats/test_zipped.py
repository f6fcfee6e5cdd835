"""A page that is a ZIP with one file in it is read as that file, or refused in whole."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from monitor.errors import NotThePage, Unreadable
from monitor.source.formats.zipped import unpacked
from monitor.source.page import Body, Page

WORDS = b"<roll>" + b"<entry>Alpha</entry>" * 50 + b"</roll>"


def packed(files: Mapping[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    with zipfile.ZipFile(held := io.BytesIO(), "w", how) as archive:
        for name, words in files.items():
            archive.writestr(name, words)
    return held.getvalue()


def page(content: bytes) -> Page:
    return Page("https://register.example/roll.zip", Body(content))


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("files", [{"roll.xml": WORDS}, {"2026/": b"", "2026/roll.xml": WORDS}])
def test_the_only_file_is_the_page(files: Mapping[str, bytes], how: int):
    assert unpacked(page(packed(files, how))).body.whole == WORDS


def test_a_packed_page_that_lies_in_a_file_is_kept_as_long_as_what_is_read_of_it(tmp_path):
    lying = tmp_path / "roll.zip"
    lying.write_bytes(packed({"roll.xml": WORDS}))
    holder = object()
    read = unpacked(Page("https://register.example/roll.zip", Body(lying, holder=holder)))

    assert (read.body.whole, read.body.holder) == (WORDS, holder)
    assert read.body.size == lying.stat().st_size


@pytest.mark.parametrize("content", [WORDS, b"", b"PK"])
def test_any_other_page_stays_as_it_is(content: bytes):
    assert unpacked(page(content)).body.whole == content


@pytest.mark.parametrize(
    ("files", "count"), [({"a.xml": WORDS, "b.xml": WORDS}, 2), ({"2026/": b""}, 0)]
)
def test_another_number_of_files_is_not_the_register(files: Mapping[str, bytes], count: int):
    with pytest.raises(NotThePage, match=f"roll.zip: a ZIP of {count} files where one is expected"):
        unpacked(page(packed(files)))


def test_a_zip_that_is_cut_or_holds_other_bytes_than_were_packed_is_refused():
    whole, tight = packed({"roll.xml": WORDS}), packed({"roll.xml": WORDS}, zipfile.ZIP_DEFLATED)

    with pytest.raises(Unreadable, match="roll.zip: a ZIP whose roll.xml is not what was packed"):
        unpacked(page(whole.replace(b"Alpha", b"Gamma", 1)))
    with pytest.raises(Unreadable, match="roll.zip: a ZIP that can't be unpacked"):
        unpacked(page(b"\xff".join((tight[:38], tight[39:]))))  # the first byte of what is packed
    with pytest.raises(Unreadable, match="a broken or truncated ZIP file"):
        unpacked(page(whole[:-30]))
