"""A feed by its schema and by a reader, with words that are made to do harm."""

import pytest
from atoms import complaints, read
from consoles import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from monitor.render.atom import AtomEntry, Feed, make_urn, render_atom

AT = "2025-10-09T01:00:41Z"
ENTRY = AtomEntry(
    id="urn:uuid:1", title="China adds 24 names", at=AT, changed="2025-11-07T08:00:39Z", summary="They may not trade.",
    text="They may not trade.\n- Acme", author="MOFCOM", url="https://www.mofcom.gov.cn/art.html", kind="act",
)  # fmt: skip
FEED = Feed(
    id="urn:uuid:2",
    title="Register: X",
    about="What was told",
    begun=AT,
    entries=(ENTRY,),
    place="http://127.0.0.1/f",
)


def feed(**more) -> Feed:
    return Feed(**{name: more.get(name, getattr(FEED, name)) for name in FEED.__slots__})


def entry(**more) -> AtomEntry:
    return AtomEntry(**{name: more.get(name, getattr(ENTRY, name)) for name in ENTRY.__slots__})


def test_a_feed_is_what_the_rfc_asks_for_and_a_reader_reads_all_that_it_says():
    parsed = read(render_atom(FEED))
    (told,) = parsed.entries

    assert complaints(render_atom(FEED)) == []
    assert (parsed.version, parsed.feed.title, parsed.feed.updated) == (
        "atom10",
        "Register: X",
        ENTRY.changed,
    )
    assert (told.id, told.title, told.link, told.author) == (
        ENTRY.id,
        ENTRY.title,
        ENTRY.url,
        "MOFCOM",
    )
    assert (told.published, told.updated) == (AT, ENTRY.changed)
    assert (told.summary, told.content[0].value) == (ENTRY.summary, ENTRY.text)


def test_an_empty_feed_is_one_and_says_since_when_it_could_have_told_something():
    empty = render_atom(feed(entries=(), place=""))

    assert complaints(empty) == []
    assert read(empty).feed.updated == AT


def test_a_feed_says_how_it_is_written_and_stands_in_lines_for_whoever_opens_it():
    whole = render_atom(FEED).decode()

    assert whole.startswith("<?xml version='1.0' encoding='utf-8'?>\n<feed ")
    assert "\n    <title>China adds 24 names</title>\n" in whole


def links(**more) -> set[tuple[str, str]]:
    return {(link.rel, link.href) for link in read(render_atom(feed(**more))).feed.get("links", [])}


def test_a_feed_says_where_it_is_itself_where_that_is_known():
    assert links() == {("self", FEED.place)}
    assert links(place="") == set()


def test_of_an_entry_only_what_is_known_is_said():
    (told,), (bare,) = (
        read(render_atom(feed(entries=(each,)))).entries for each in (ENTRY, entry(url="", kind=""))
    )

    assert [tag.term for tag in told.tags] == ["act"]
    assert "tags" not in bare
    assert (len(told.links), bare.get("links", [])) == (1, [])


def test_a_feed_changed_when_its_newest_entry_did():
    late = entry(id="urn:uuid:3", changed="2025-12-01T00:00:00Z")

    assert read(render_atom(feed(entries=(ENTRY, late, ENTRY)))).feed.updated == late.changed


@pytest.mark.parametrize(
    "text", [HOSTILE, "a\x00\x0b\x1f\ufffe\uffff\x7fb", "]]><!--&amp;&#0;", "\ud800", "\u202e𠮷"]
)
def test_foreign_words_are_text_and_what_xml_has_no_way_to_write_is_left_out(text):
    whole = render_atom(
        feed(
            title=text,
            entries=(
                entry(title=text, text=text, summary=text, author=f"x{text}", kind=text, url=""),
            ),
        )
    )
    (told,) = read(whole).entries

    assert complaints(whole) == []
    assert "<script" not in whole.decode()
    assert told.title_detail.type == "text/plain"


@given(st.text())
def test_whatever_somebody_writes_the_feed_stays_one(text):
    whole = render_atom(feed(entries=(entry(title=text, text=text, summary=text),)))

    assert complaints(whole) == []


def test_an_id_is_a_urn_that_stays_and_another_in_another_store():
    assert (
        make_urn("a", "alert", "k")
        == make_urn("a", "alert", "k")
        == "urn:uuid:" + make_urn("a", "alert", "k")[9:]
    )
    assert (
        len(
            {
                make_urn("a", "alert", "k"),
                make_urn("b", "alert", "k"),
                make_urn("a", "feed", "k"),
                make_urn("a", "alert", "l"),
            }
        )
        == 4
    )


@pytest.mark.parametrize(
    ("instead", "by"),
    [
        (b"<updated>2025-11-07T08:00:39Z", b"<updated>2025-11-07"),
        (b"<id>urn:uuid:1</id>", b""),
        (b"<title>Register: X</title>", b"<title>X</title><title>Y</title>"),
        (b"<name>MOFCOM</name>", b""),
        (b'type="text"', b'type="xhtml"'),
    ],
)
def test_a_feed_that_is_none_would_be_seen(instead, by):
    assert complaints(render_atom(FEED).replace(instead, by))
