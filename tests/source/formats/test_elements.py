"""A record in XML, taken apart by the paths of its tags, and put together under other names."""

import pytest
from lxml.etree import XMLSyntaxError

from monitor.source.formats.xml import SHAPE, parse, tag

RECORD = (
    b'<n:entry xmlns:n="https://register.example/ns" n:id="7"><n:name lang="en"> Alpha  <!-- not'
    b" said -->L<?order 5?>td.</n:name>"
    b"<name>Beta</name><address><city>Baku</city><city/><street></street></address></n:entry>"
)


def test_a_record_says_its_words_and_attributes_by_their_paths_without_namespaces():
    assert SHAPE.parts(RECORD) == {
        "@id": ("7",),
        "name/@lang": ("en",),
        "name": ("Alpha Ltd.", "Beta"),
        "address/city": ("Baku",),
    }
    assert SHAPE.parts(b"<entry>Alpha<city> Baku </city></entry> ") == {
        ".": ("Alpha",),
        "city": ("Baku",),
    }
    assert SHAPE.parts(b"<entry/>") == {}


WHOLE = {
    "@no": ("7",),
    "name": ("Alpha",),
    "name/@lang": ("en",),
    "at/city": ("Baku",),
    "at": ("Asia",),
}


@pytest.mark.parametrize(
    ("names", "gone", "come"),
    [
        ({"name": "title"}, {"name", "name/@lang"}, {"title": ("Alpha",), "title/@lang": ("en",)}),
        (
            {"@no": "@id", "at/city": "at/town"},
            {"@no", "at/city"},
            {"@id": ("7",), "at/town": ("Baku",)},
        ),
        ({"name/@lang": "name/@in"}, {"name/@lang"}, {"name/@in": ("en",)}),
        ({"@no": None, "name/@lang": None, "name": None}, {"@no", "name/@lang", "name"}, {}),
        ({"at": None}, {"at"}, {}),
        ({"at": None, "at/city": None}, {"at", "at/city"}, {}),
        ({"nowhere": None, "nor/here": "nor/there"}, set(), {}),
    ],
)
def test_parts_under_another_name_or_left_out_leave_the_others_as_they_are(names, gone, come):
    record = b'<entry no="7"><name lang="en">Alpha</name><at>Asia<city>Baku</city></at></entry>'
    parts = {path: words for path, words in WHOLE.items() if path not in gone} | come

    assert SHAPE.parts(record) == WHOLE
    assert SHAPE.parts(SHAPE.reshaped(record, names)) == parts


def test_what_an_entity_stands_for_is_never_read_and_what_is_nested_beyond_all_use_is_refused(
    tmp_path,
):
    (tmp_path / "secret").write_text("not for the register")
    (tmp_path / "names.dtd").write_text('<!ENTITY firm "from elsewhere">')
    declared = (
        f"<!DOCTYPE r SYSTEM '{tmp_path}/names.dtd' [<!ENTITY a 'ha'><!ENTITY f SYSTEM"
        f" '{tmp_path}/secret'>]>"
    )
    record = parse(f"{declared}<r><a>&a;</a><f>&f;</f><d>&firm;</d></r>".encode())

    assert [tag(child) for child in record] == ["a", "f", "d"]
    assert [child.text for child in record] == [None] * 3
    assert record.getroottree().docinfo.externalDTD is None
    with pytest.raises(XMLSyntaxError):
        parse(b"<r>" * 300 + b"</r>" * 300)
