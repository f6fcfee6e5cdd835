"""A page as a value: how it is asked for, what its bytes say, and where its links lead."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import papers
import pytest

from monitor.errors import ErrorKind, LayoutChanged, NotThePage, SourceError
from monitor.model import Entity, Listing
from monitor.source.page import Body, Entry, Page, Register, Request, parse_publication

HERE = "https://ministry.example/list/index.html"


def page(body: str | bytes, **more) -> Page:
    return Page(HERE, Body(body if isinstance(body, bytes) else body.encode()), **more)


def nothing(page: Page) -> list:
    return []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Request(HERE), Request(HERE, headers={"Referer": "x"}, charset="gbk"), True),
        (Request(HERE), Request(HERE + "?page=2"), False),
        (Request(HERE), Request(HERE, json={}), False),
        (Request(HERE, form={"a": "1", "b": "2"}), Request(HERE, form={"b": "2", "a": "1"}), True),
        (Request(HERE, form={"a": "1"}), Request(HERE, json={"a": "1"}), False),
        (
            Request(HERE, json={"a": 1, "b": {"c": 1, "d": 2}}),
            Request(HERE, json={"b": {"d": 2, "c": 1}, "a": 1}),
            True,
        ),
        (Request(HERE, json={"a": 1}), Request(HERE, json={"a": 2}), False),
    ],
)
def test_two_requests_are_one_address_where_method_url_and_body_are_the_same(
    one: Request, other: Request, same: bool
):
    assert (one.identity == other.identity) is same


def test_a_page_moves_with_any_of_its_companions_and_by_nothing_else():
    alone, one, other = page("a"), page("b"), page("c")
    named = [
        page("a", companions=each)
        for each in (
            {"x": one, "y": other},
            {"y": other, "x": one},
            {"x": one, "y": one},
            {"x": one},
        )
    ]

    assert alone.identity == page("a", content_type="text/html").identity == alone.body.sha256
    assert named[0].identity == named[1].identity
    assert len({each.identity for each in (alone, *named)}) == 4


GB = "text/html; charset=gb18030"
LATIN = "text/html; charset=latin-1"


@pytest.mark.parametrize(
    "declared",
    [{"charset": "gb18030"}, {"content_type": GB}, {"charset": "gb18030", "content_type": LATIN}],
)
def test_its_words_are_read_by_the_charset_of_the_request_and_else_of_the_answer(
    declared: dict[str, str],
):
    assert page("稀土出口管制".encode("gb18030"), **declared).text == "稀土出口管制"


@pytest.mark.parametrize(
    ("body", "keys", "count"),
    [
        ({"a": {"b": [{}, {}]}}, ("a", "b"), 2),
        ([{}, {}, {}], (), 3),
        ({"a": [{}, "x", None, {}]}, ("a",), 2),
    ],
)
def test_as_many_rows_as_are_expected_are_enough(body, keys: tuple[str, ...], count: int):
    assert page(json.dumps(body)).rows(*keys, at_least=count) == [{}] * count
    with pytest.raises(
        LayoutChanged,
        match=f"{count} rows under '{'.'.join(keys) or 'the root'}', expected at least {count + 1}",
    ):
        page(json.dumps(body)).rows(*keys, at_least=count + 1)


@pytest.mark.parametrize("body", [{"a": [{"b": [{}]}]}, {"a": None}, {"b": [{}]}, []])
def test_keys_that_lead_nowhere_are_a_changed_layout(body):
    with pytest.raises(LayoutChanged, match=r"0 rows under 'a\.b'"):
        page(json.dumps(body)).rows("a", "b")


def test_json_that_is_nested_beyond_all_use_is_not_the_page():
    with pytest.raises(NotThePage, match="expected JSON"):
        page("[" * 100_000).json()


JSON_FEED = [
    {
        "url": "/1",
        "title": "One",
        "summary": "short",
        "content_text": "text",
        "content_html": "<p>html</p>",
    },
    {
        "external_url": "https://press.example/2",
        "content_text": "text",
        "content_html": "<p>html</p>",
    },
    {
        "url": "/3",
        "external_url": "https://press.example/3",
        "title": None,
        "content_html": "<p>html</p>",
    },
    {"url": "/4", "title": "Four"},
    {"title": "without an address"},
]


@pytest.mark.parametrize("before", ["", "\n "])
def test_the_entries_of_a_json_feed_have_their_own_address_and_the_shortest_words_about_them(
    before: str,
):
    assert page(before + json.dumps({"items": JSON_FEED})).feed() == [
        Entry("https://ministry.example/1", "One", "short"),
        Entry("https://press.example/2", "", "text"),
        Entry("https://ministry.example/3", "", "<p>html</p>"),
        Entry("https://ministry.example/4", "Four", ""),
    ]


def test_a_json_feed_without_an_address_is_none():
    with pytest.raises(
        NotThePage, match="expected a feed with entries, and none of its items has an address"
    ):
        page(json.dumps({"items": JSON_FEED[-1:]})).feed()


def test_as_many_nodes_as_are_expected_are_enough():
    two = page("<li>one</li><li>two</li>")

    assert [node.text for node in two.select("li", at_least=2)] == ["one", "two"]
    assert two.select("p", at_least=0) == []
    with pytest.raises(LayoutChanged, match="2 nodes match 'li', expected at least 3"):
        two.select("li", at_least=3)


def test_a_link_is_called_by_its_title_or_words_and_leads_once_to_another_page():
    found = page(
        '<a href="/1" title="">Rare <b>earths</b>\n </a><a href="https://other.example/2"'
        ' title="Two">2</a><a href="ftp://a.example/3">3</a><a name="4">4</a><a href="#">Menu</a><a'
        ' href="#top">Up</a><a href="">Here</a><a href="http://other.example/5#top"> </a><a href="/1">'
        'again</a><a href="javascript:void(0)">menu</a><a href="http://[">broken</a>'
    ).links("a", read=nothing)

    assert [(link.url, link.title, link.asks.method) for link in found] == [
        ("https://ministry.example/1", "Rare earths", "GET"),
        ("https://other.example/2", "Two", "GET"),
        ("http://other.example/5#top", "", "GET"),
    ]


def test_the_words_of_a_page_are_those_of_the_whole_of_one_node_or_of_a_file():
    body = (
        "<html><body><div>Menu</div><div class='act'>Article 1</div><div class='act'>Article"
        " 2</div></body></html>"
    )

    assert page(body).document().text.split() == ["Menu", "Article", "1", "Article", "2"]
    assert page(body).document("div.act").text == "Article 1"
    assert "Article 3" in page(papers.pdf("Article 3")).document("div.act").text
    assert page(body).binary() is None


def register(**more) -> Register:
    return Register("un-sc", (), lambda raw: raw, **more)  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize(
    ("published", "moment"),
    [
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01T09:30:00", datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        (
            "2026-03-01T09:30:00+08:00",
            datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=8))),
        ),
        ("1 March 2026", None),
        ("", None),
    ],
)
def test_a_day_begins_in_utc_and_a_moment_keeps_its_offset(published: str, moment: datetime | None):
    told = parse_publication(published)

    assert told == moment
    assert told is None or told.utcoffset() == moment.utcoffset()


@pytest.mark.parametrize("published", [None, "", "2026-03-01", "2026-03-01T09:30:00+08:00"])
def test_a_day_that_is_one_is_kept_and_none_is_none(published: str | None):
    assert (register(published=published).published, register(published=published).remarks) == (
        published,
        (),
    )


def test_a_day_that_is_none_is_remarked_beside_what_was_odd_and_left_out():
    told = register(published="yesterday", remarks=("a new column",))

    assert told.published is None
    assert told.remarks == ("a new column", "a day of publication that is no ISO date")


def is_whole(known: Register, count: int) -> bool:
    try:
        known.refuse_short(count)
    except SourceError:
        return False
    return True


COUNTS = (0, 1, 1_199, 1_200, 1_201)


@pytest.mark.parametrize(("declared", "whole"), [(None, [*COUNTS[1:]]), (1_200, [1_200])])
def test_as_many_records_as_are_declared_are_the_register(declared: int | None, whole: list[int]):
    assert [count for count in COUNTS if is_whole(register(declared=declared), count)] == whole


@pytest.mark.parametrize("count", [1_199, 1_201])
def test_another_number_than_is_declared_is_not_the_whole(count: int):
    with pytest.raises(
        NotThePage, match=f"un-sc: declares 1,200 records and has {count:,}"
    ) as refused:
        register(declared=1_200).refuse_short(count)
    assert refused.value.kind is ErrorKind.INCOMPLETE


@pytest.mark.parametrize("declared", [None, 0, 5])
def test_not_one_record_is_no_register_whatever_is_declared(declared: int | None):
    with pytest.raises(LayoutChanged, match="un-sc: not one record where the register should be"):
        register(declared=declared).refuse_short(0)
    with pytest.raises(NotThePage, match="declares 0 records and has 1"):
        register(declared=0).refuse_short(1)


@pytest.mark.parametrize(
    ("kind", "fields", "complaint"),
    [
        ("company", {}, "'1' .*'company' .*a kind is one of org, person, vessel, aircraft, other"),
        ("org", {"share": 50}, "'1' .*Expected `str | array`, got `int`"),
    ],
)
def test_a_record_that_can_not_be_recorded_is_named_with_what_is_wrong_in_it(
    kind: str, fields: dict[str, object], complaint: str
):
    def read(_: bytes) -> Listing:
        return Listing(subject=Entity(names={"en": "Alpha"}, kind=kind), fields=fields)  # type: ignore[arg-type]

    with pytest.raises(SourceError, match=complaint) as refused:
        Register("un-sc", (), read).read_checked("1", b"Alpha")
    assert refused.value.kind is ErrorKind.READER


WORDS = b"Exports of gallium need a licence. " * 9


def packed() -> bytes:
    with zipfile.ZipFile(held := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.txt", WORDS)
        archive.writestr("read me.txt", b"not this")
    return held.getvalue()


@pytest.mark.parametrize("member", [None, "list.txt"])
@pytest.mark.parametrize("in_a_file", [False, True])
def test_a_body_gives_the_same_bytes_wherever_they_lie(
    tmp_path: Path, member: str | None, in_a_file: bool
):
    content = packed() if member else WORDS
    (tmp_path / "page").write_bytes(content)
    body = Body(tmp_path / "page" if in_a_file else content, member)

    assert body.whole == WORDS
    with body.stream() as stream:
        assert (stream.read(7), stream.read()) == (WORDS[:7], WORDS[7:])
    assert body.size == len(content)
    assert body.sha256 == hashlib.sha256(WORDS).hexdigest()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            (
                "<title>t</title><nav>home</nav><div"
                " class=art-con><p>军事用途</p><table><tr><td>a<td>b</table></div>"
            ),
            ["军事用途", "a\tb"],
        ),
        (
            (
                '{"rows": [{"id": 7, "content": "<p>军事用途</p><p>second</p>"}, ["third"]], "a":'
                " null}"
            ),
            ["军事用途", "second", "third"],
        ),
        ("{" * 100_000, [""]),
        ("[" * 100_000 + "]" * 100_000, [""]),
        ("<p>", [""]),
    ],
)
def test_the_words_of_a_page_are_the_lines_of_its_article(body: str, words: list[str]):
    page = Page("https://ministry.example/1", Body(body.encode()))
    assert page.list_words() == words
