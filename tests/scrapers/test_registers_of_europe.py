"""What holds for each register of the EU, the United Kingdom, Switzerland, Canada and Australia."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from each import for_each
from registers_europe import (
    ERROR_PAGE,
    GOLDEN,
    OTHER_XML,
    PAGES,
    REGISTRY,
    URL,
    XML,
    backwards,
    changes,
    cut_at_a_record,
    golden,
    large,
    read,
    refusal,
    renamed,
)

from monitor.cli.read import compare_bodies
from monitor.source.page import Body, Page, Register


@pytest.mark.parametrize("source", XML)
def test_order_and_space_are_of_no_importance_in_xml(source: str, tmp_path: Path) -> None:
    body, tag = golden(source), XML[source][1]
    spaced = re.sub(rb">\s*<", b">\n      <", body)

    assert backwards(body, tag) != body
    assert changes(source, body, backwards(body, tag), tmp_path) == []
    assert changes(source, body, spaced, tmp_path) == []


@for_each("source", XML)
@for_each(
    ("spoil", "kind"),
    [
        (cut_at_a_record, "truncated"),
        (lambda body, tag: large(body[: len(body) * 7 // 10]), "truncated"),
        (lambda body, tag: large(body.rstrip()[:-3]), "truncated"),
        (lambda body, tag: body.replace(b">\n", b"> R & D\n", 1), "broken-xml"),
        (renamed, None),
        (lambda body, tag: ERROR_PAGE, "error-page"),
        (lambda body, tag: OTHER_XML, "error-page"),
        (lambda body, tag: b"", "empty"),
        (
            lambda body, tag: re.sub(rb"\?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', body, count=1),
            "xml-entities",
        ),
    ],
    ids=[
        "cut at a record",
        "cut inside",
        "without its end",
        "broken",
        "renamed",
        "error",
        "another",
        "empty",
        "entities",
    ],
)
def test_what_is_not_the_whole_register_is_refused(
    source: str, spoil: Callable[[bytes, str], bytes], kind: str | None
) -> None:
    assert refusal(source, spoil(golden(source), XML[source][1])) in (
        {kind} if kind else {"layout", "not-the-page"}
    )


@pytest.mark.parametrize("source", GOLDEN)
def test_no_source_reads_the_register_of_another(source: str) -> None:
    others = [page for page in GOLDEN.values() if page != GOLDEN[source]]

    assert {refusal(source, (PAGES / other).read_bytes()) for other in others} <= {
        "not-the-page",
        "layout",
        "unreadable",
    }


class NeverHeld(Body):
    @property
    def whole(self) -> bytes:
        raise AssertionError("a large register is read as a stream")


@pytest.mark.parametrize("source", XML)
def test_a_large_register_is_read_from_its_file_and_never_held(source: str) -> None:
    found = REGISTRY.reader(source)(Page(URL, NeverHeld(PAGES / GOLDEN[source])))
    assert isinstance(found, Register)

    assert len(list(found.records)) == len(read(source, golden(source))) - 1


@pytest.mark.parametrize(
    ("source", "printed", "new"),
    [
        ("eu_fsf.consolidated", b'strong="false"', b'strong="false" quality="low"'),
        ("gb_fcdo.sanctions", b"<Genders>", b"<Hobbies><Hobby>chess</Hobby></Hobbies><Genders>"),
        (
            "ch_seco.sanctions",
            b"<other-information ",
            b"<bic-number>KDBKKPPY</bic-number><other-information ",
        ),
        ("ca_sema.consolidated", b"<Aliases>", b"<Residence>Yangon</Residence><Aliases>"),
    ],
)
def test_a_tag_that_nobody_knows_is_told_to_who_keeps_the_reader_and_is_no_change(
    source: str, printed: bytes, new: bytes, tmp_path: Path
) -> None:
    (tmp_path / "old").write_bytes(golden(source))
    (tmp_path / "new").write_bytes(golden(source).replace(printed, new))
    found = compare_bodies(REGISTRY.reader(source), tmp_path / "old", tmp_path / "new", url=URL)

    assert found.rows == ()
    assert len(found.remarks) == 1
