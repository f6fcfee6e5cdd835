"""Registers in XML, element by element: what is a record, what it says, and what is no whole
register.
"""

from collections.abc import Callable

import pytest

from monitor.errors import ErrorKind, LayoutChanged, SourceError, Unreadable
from monitor.model import Entity, Listing
from monitor.source.formats import xml
from monitor.source.page import Body, Page, Register

URL = "https://register.example/roll.xml"
ROLL = xml.Layout("roll", records=("entry",), others=("count",))


def page(text: str | bytes) -> Page:
    return Page(URL, Body(text if isinstance(text, bytes) else text.encode()))


def register(text: str | bytes, layout: xml.Layout = ROLL, **more) -> Register:
    return xml.register(page(text), "un-sc", layout, read=_read, **{"id": "id", **more})


def ids(text: str | bytes, layout: xml.Layout = ROLL, **more) -> list[str]:
    return [record.id for record in register(text, layout, **more).records]


def walked(*beside: str) -> list[str]:
    """The ids of the records of a roll, in which these elements stand beside them."""
    first, *more = beside or ("",)
    return ids(
        f"<roll>{first}<entry><id>1</id></entry>{''.join(more)}<entry><id>2</id></entry></roll>"
    )


def _read(record) -> Listing:
    return Listing(subject=Entity(names={"en": xml.text(record, "id")}, kind="org"))


@pytest.mark.parametrize(
    "beside", [(), ("<count>2</count>",), ("<note/>",), ("", "<note/>"), ("<note/>", "<remark/>")]
)
def test_one_unknown_element_without_parts_beside_the_records_may_be_a_note(
    beside: tuple[str, ...],
):
    assert walked(*beside) == ["1", "2"]


@pytest.mark.parametrize(
    "where",
    [
        "<roll>{}<person><id>1</id></person></roll>",
        "<roll><persons><person><id>1</id></person>{}</persons></roll>",
    ],
)
@pytest.mark.parametrize(
    "strange",
    [
        "<human><id>2</id></human>",
        "<people><person><id>2</id></person></people>",
        "<roll><id>2</id></roll>",
    ],
)
def test_one_that_has_parts_is_a_record_under_another_name(where: str, strange: str):
    with pytest.raises(
        LayoutChanged, match="an element '.*' with parts of its own where only records are expected"
    ):
        ids(where.format(strange), xml.Layout("roll", records=("person", "persons/person")))


def test_two_of_one_name_are_records_under_another_name():
    with pytest.raises(LayoutChanged, match="2 elements 'note' where only records are expected"):
        walked("<note/>", "<note/>")


NESTED = xml.Layout("roll", records=("persons/person", "firms/firm"))


def test_records_of_several_kinds_stand_in_their_containers():
    firms = "<firms><firm><id>2</id><firm><id>3</id></firm></firm></firms>"

    assert ids(f"<roll><persons><person><id>1</id></person></persons>{firms}</roll>", NESTED) == [
        "1",
        "2",
    ]


@pytest.mark.parametrize("firms", ["", "<firms><firm><id>2</id></firm></firms>"])
def test_a_record_elsewhere_than_in_its_container_is_a_changed_layout(firms: str):
    text = (
        f"<roll><persons><person><id>1</id></person></persons>{firms}<firm><id>4</id></firm></roll>"
    )

    with pytest.raises(
        LayoutChanged,
        match="an element 'firm' with parts of its own where only records are expected",
    ):
        ids(text, NESTED)


@pytest.mark.parametrize("where", ["<roll>{}</roll>", "<roll><persons>{}</persons></roll>"])
@pytest.mark.parametrize(
    "strange", ["{0}<x/><x/>", "<x/>{0}<x/>", "<x/><x/>{0}", "<x/><x/><firms/>{0}"]
)
def test_strange_elements_are_counted_wherever_they_stand(where: str, strange: str):
    text = where.format(strange.format("<person><id>1</id></person>"))

    with pytest.raises(
        LayoutChanged, match=r"roll\.xml: 2 elements 'x' where only records are expected"
    ):
        ids(text, xml.Layout("roll", records=("person", "persons/person"), others=("firms",)))


def test_a_record_is_forgotten_once_the_next_is_asked_for():
    beside = []

    def known_as(record) -> str:
        beside.append(len(record.getparent()))
        return xml.text(record, "id")

    entry = f"<entry><id>7</id>{'x' * 2000}</entry>"  # a parser reads some thousand letters ahead

    assert len(ids(f"<roll><count>200</count>{entry * 200}</roll>", id=known_as)) == 200
    assert max(beside) <= 50


def test_what_a_register_says_of_itself_is_known_before_its_records_are_walked():
    about = lambda root: xml.About(published=root.get("day"), declared=2)  # noqa: E731
    told = register('<roll day="2026-03-01"><entry><id>1</id></entry>', about=about)

    assert (told.published, told.declared, told.remarks) == ("2026-03-01", 2, ())
    assert told.proven
    assert told.official_ids
    assert not register("<roll><entry><id>1</id></entry></roll>", official_ids=False).official_ids


@pytest.mark.parametrize(
    ("namespaces", "text", "remarks"),
    [
        (("",), '<roll xmlns="https://new.example/">{}</roll>', ("the root has another namespace than we know: https://new.example/",)),
        (("https://new.example/",), '<n:roll xmlns:n="https://new.example/">{}</n:roll>', ()),
        (("https://old.example/",), "<roll>{}</roll>", ("the root has another namespace than we know: none",)),
    ],
)  # fmt: skip
def test_another_namespace_is_remarked(
    namespaces: tuple[str, ...], text: str, remarks: tuple[str, ...]
):
    told = register(
        text.format("<entry><id>1</id></entry>"),
        xml.Layout("roll", ("entry",), namespaces=namespaces),
    )

    assert told.remarks == remarks
    assert [record.id for record in told.records] == ["1"]


def test_an_id_is_a_child_an_attribute_or_what_a_function_makes_of_the_record():
    text = '<roll><entry no="A7"><id> 1 </id></entry> <entry no="A8"><id>2</id></entry></roll>'

    assert ids(text) == ["1", "2"]
    assert ids(text, id="@no") == ["A7", "A8"]
    assert ids(text, id=lambda record: record.get("no")[1:]) == ["7", "8"]
    assert (
        next(record.raw for record in register(text).records)
        == b'<entry no="A7"><id> 1 </id></entry>'
    )


def test_a_record_without_its_id_is_a_changed_layout_that_quotes_it_alone():
    with pytest.raises(
        LayoutChanged, match=r"^a entry without its id: b'<entry><name>x</name></entry>'$"
    ):
        ids("<roll><entry><name>x</name></entry> and so on</roll>")


PREFIXED = (
    f'<n:roll xmlns:n="https://register.example/">{"<entry><id>1</id></entry>" * 300}</n:roll >'
)
LONG = f"<roll>{'<entry><id>1</id></entry>' * 300}</roll>"


@pytest.mark.parametrize(
    ("text", "refused", "kind"),
    [
        ("", "the page is empty", ErrorKind.EMPTY),
        (" \n", "the page is empty", ErrorKind.EMPTY),
        ("The roll is not here.", "not XML: b'The roll is not here.'", ErrorKind.NOT_THE_PAGE),
        ("<list><entry/></list>", "the root is 'list', not 'roll'", ErrorKind.NOT_THE_PAGE),
        ("<roll><person/></roll>", "not the register: no entry in it", ErrorKind.NOT_THE_PAGE),
        ("<html><title>Just a moment...</title></html>", "not the page: Just a moment", ErrorKind.BOT_WALL),
        ("<!DOCTYPE html><html><title>403 Forbidden</title></html>", "not the page: 403", ErrorKind.ERROR_PAGE),
        ("<!doctype html><title>403 Forbidden</title>", "not the page: 403", ErrorKind.ERROR_PAGE),
        ("<!DOCTYPE page><html><title>403 Forbidden</title></html>", "not the page: 403", ErrorKind.ERROR_PAGE),
        ("<!DOCTYPE roll><roll><entry/></roll>", "declares a document type or entities", ErrorKind.XML_ENTITIES),
        (f"<!--{'-x' * 3000}--><!DOCTYPE roll><roll><entry/></roll>", "declares a document type", ErrorKind.XML_ENTITIES),
        (LONG.replace("</roll>", ""), "not whole XML", ErrorKind.TRUNCATED),
        (LONG[:-10], "not whole XML", ErrorKind.TRUNCATED),
        (LONG.replace("</id></entry></roll>", "</entry></roll>\n"), "not whole XML", ErrorKind.BROKEN_XML),
        (PREFIXED.replace("</id></entry></n", "</entry></n"), "not whole XML", ErrorKind.BROKEN_XML),
    ],
)  # fmt: skip
def test_what_is_no_whole_register_is_refused_by_its_kind(text: str, refused: str, kind: ErrorKind):
    with pytest.raises(SourceError, match=refused) as caught:
        ids(text)
    assert caught.value.kind is kind


def test_a_register_in_another_encoding_or_that_speaks_of_errors_is_read():
    roll = "<roll><entry><id>甲</id></entry></roll>"

    assert ids(f"<?xml version='1.0' encoding='utf-16'?>{roll}".encode("utf-16")) == ["甲"]
    assert ids(b"\xef\xbb\xbf\n" + roll.encode()) == ["甲"]
    assert ids(LONG.replace("<entry>", "<entry><title>403 Forbidden</title>", 1)) == ["1"] * 300


WHOLE: dict[str, Callable[[str], str]] = {
    "cut": lambda text: text[: len(text) // 2],
    "broken": lambda text: text.replace("</id>", "</no>", 1),
    "typed": lambda text: f"<!--{'-x' * 3000}--><!DOCTYPE roll>{text}",
}


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        ("cut", ErrorKind.TRUNCATED),
        ("broken", ErrorKind.BROKEN_XML),
        ("typed", ErrorKind.XML_ENTITIES),
    ],
)
def test_a_tree_is_whole_or_refused(spoil: str, kind: ErrorKind):
    assert xml.texts(xml.whole(page(LONG)), "entry/id") == ("1",) * 300
    with pytest.raises(Unreadable, match=r"roll\.xml: ") as refused:
        xml.whole(page(WHOLE[spoil](LONG)))
    assert refused.value.kind is kind


def test_a_tree_of_nothing_but_a_comment_is_cut_before_it_began():
    with pytest.raises(Unreadable, match="not whole XML") as refused:
        xml.whole(page(f"<!-- {'soon ' * 1000} -->"))
    assert refused.value.kind is ErrorKind.TRUNCATED


RECORD = xml.parse(
    b'<n:entry xmlns:n="https://register.example/ns" no="7"><n:name n:lang="en"> Alpha <!-- x --> Ltd.</n:name>'
    b'<name lang="">Beta</name><name/><address><street>5 Main Street</street><city>Baku</city><zip code="A">1</zip></address>'
    b"<sort>9<key>5</key></sort></n:entry>"
)  # fmt: skip


def test_words_are_found_by_the_path_of_their_tags_or_attributes():
    assert xml.texts(RECORD, "name") == ("Alpha Ltd.", "Beta")
    assert xml.text(RECORD, "name") == "Alpha Ltd."
    assert xml.texts(RECORD, "@no") == ("7",)
    assert xml.texts(RECORD, "name/@lang") == ()
    assert xml.text(RECORD, "address/zip/@code") == "A"
    assert (
        xml.text(RECORD, "address/town"),
        xml.text(RECORD, "town/name"),
        xml.text(RECORD, "address"),
    ) == ("", "", "")


def test_what_a_record_says_is_gathered_by_field_and_what_nobody_knows_is_said_to_be_unread():
    known = {
        "@no": "number",
        "name": "names",
        "address": xml.Group("address", ("city", "street", "country")),
    }
    said = xml.leaves(RECORD, known, ["sort", "address/zip/@code"])

    assert said.fields == {
        "number": "7",
        "names": ("Alpha Ltd.", "Beta"),
        "address": "Baku, 5 Main Street",
    }
    assert said.unread == {"name/@lang", "address/zip"}
    assert (said.one("names"), said.take("number"), said.take("number"), said.one("nothing")) == (
        "Alpha Ltd.; Beta",
        ("7",),
        (),
        "",
    )
    assert said.fields == {"address": "Baku, 5 Main Street"}


def test_a_value_that_stands_twice_or_is_empty_is_told_once_or_not():
    said = xml.leaves(
        xml.parse(b"<entry><a>Baku</a><b>Baku</b><b/><a>Astana</a></entry>"),
        {"a": "city", "b": "city"},
    )
    said.add("city", "")
    said.add("town", "")

    assert said.fields == {"city": ("Baku", "Astana")}
    assert said.unread == set()
