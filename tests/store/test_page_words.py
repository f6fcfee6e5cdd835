"""Words of archived pages are found as phrases, whatever script they are in and whatever a query
holds.
"""

import hashlib

import pytest
from acts import control, listing
from arrivals import BODY, NOW, PAGE, decide
from cases import read_cases

from monitor.model import Evidence
from monitor.source.page import Link, Request
from monitor.store import Annexed, History, PageRead, Stamp, addresses, facts, page_words, proofs

LINES = (
    "四、用于14纳米及以下逻辑芯片，或者具有潜在军事用途的人工智能的出口申请，逐案审批。",
    "价值比例达到0.1％及以上的；",
    "A General\tLicense (No. 8) covers it; and/or GP/CIV.",
    "Regulation (EU) No 833/2014, Annex IV",
    "NEAR(a b) OR c",
    "輸出貿易管理令の一部を改正する",
    "전략물자 수출통제를 강화한다",
    "Ünlü Geräte, naïve",
)


def hash_words(lines) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def read(
    history: History, *found, words=LINES, url: str = PAGE.url, annexes=(), sha256: str = ""
) -> str:
    """A page that gave facts; the SHA-256 of its body."""
    sha256 = sha256 or hash_words(words or (url,))
    evidence = Evidence(url=url, sha256=sha256, fetched_at="2025-10-09T01:00:00Z")
    place = history(addresses.take_up, "toy.notices", [Request(url)], "toy.notices", NOW)[0]
    history(
        facts.record_page,
        place,
        PageRead(found, (), evidence, BODY, annexes=annexes, words=words),
        decide,
        NOW,
    )
    return sha256


def said(history: History, asked: str) -> list[str]:
    return [passage.words for passage in history(page_words.find_passages, asked)]


@pytest.mark.parametrize(
    ("asked", "line"),
    read_cases(
        """
        14纳米 | 0
        军事用途 | 0
        军 事 用 途 | 0
        0.1 % | 1
        0.1% | 1
        general license | 2
        GENERAL LICENSE (No. 8) | 2
        or | 2
        CIV | 2
        833/2014 | 3
        2014, Annex | 3
        貿易管理 | 5
        수출통제 | 6
        geräte | 7
        """
    ),
)
def test_a_phrase_is_found_in_its_line(history: History, asked: str, line: int):
    read(history, control(61), words=LINES)
    assert said(history, asked)[:1] == [LINES[line]]


@pytest.mark.parametrize(
    "asked",
    ["纳米14", "事军", "General Licence", "4纳米", "sor", "0.2 %", "1 0", "gerate", "管理貿易"],
)
def test_what_no_line_says_is_not_found(history: History, asked: str):
    read(history, control(61))
    assert not said(history, asked)


@pytest.mark.parametrize(
    "asked",
    [
        *(
            '"',
            "'",
            '""',
            "*",
            "%",
            "\x00",
            "\x1f",
            "(",
            "NEAR(",
            "- -",
            "_",
            "{words} :",
            "\\",
            "; --",
            ":phrase",
            "&|!",
        ),
        *(
            "a AND b",
            "c OR c",
            "NOT c",
            "words:c",
            "^NEAR",
            "sha256 : c",
            "a* b*",
            "'; DROP TABLE page_line; --",
            "a <-> b",
        ),
    ],
)
def test_signs_and_syntax_of_a_search_are_plain_words(history: History, asked: str):
    read(history, control(61))
    found = said(history, asked)
    assert found == ([LINES[4]] if asked in {"NEAR(", "^NEAR", "a* b*", "a <-> b"} else [])
    assert said(history, "or C") == [LINES[4]]


def test_a_passage_names_the_page_and_its_facts_and_counts_its_further_lines(history: History):
    sha256 = read(history, control(61), words=("稀土一", "稀土二", "else", "稀土三"))
    read(history, listing(10, "Acme"), url="https://ministry.example/other", words=("稀土", "\x1f"))
    first, second = history(page_words.find_passages, "稀土")
    assert {(one.words, one.more, one.url) for one in (first, second)} == {
        ("稀土一", 2, PAGE.url),
        ("稀土", 0, "https://ministry.example/other"),
    }
    assert (
        next(one for one in (first, second) if one.sha256 == sha256).facts[0].key
        == "mofcom-2025-61"
    )


def test_an_annex_is_searched_with_the_act_of_its_page(history: History):
    link = Link("https://ministry.example/annex.pdf", decide, "附件1", "mofcom-2025-61")
    annexed = Annexed(link, "toy.annex", Stamp(hash_words(["钐"]), None, None), words=("钐、铽",))
    read(history, control(61), words=("公告",), annexes=(annexed,))
    (passage,) = history(page_words.find_passages, "铽")
    assert (passage.url, passage.facts[0].key) == (link.url, "mofcom-2025-61")


def test_a_page_that_says_something_else_now_is_searched_as_it_is_now(history: History):
    read(history, control(61), words=("the old words",))
    read(history, control(61), words=("the new words",))
    assert said(history, "the new words") == ["the new words"]
    assert not said(history, "the old words")


def test_a_line_of_any_length_and_a_page_of_any_signs_are_kept(history: History):
    line = "".join(map(chr, range(0x4E00, 0x9000))) + "末尾"
    read(history, control(61), words=(line, "a\x00b \x1f c", ""))
    assert all(said(history, line[start : start + 290]) for start in range(1000, 4000, 97))
    assert len(said(history, line[-5:])) == 1


def test_pages_read_before_words_were_kept_are_listed_until_they_are(history: History):
    sha256 = read(history, control(61), words=())
    assert history(page_words.list_pages_without_words) == [(sha256, PAGE.url)]
    history(page_words.keep_words, {sha256: ["words"]})
    history(page_words.keep_words, {sha256: ["others"]})
    assert history(page_words.list_pages_without_words) == []
    assert (said(history, "words"), said(history, "others")) == (["words"], [])


def test_words_go_with_the_body(history: History):
    gone, stays = (
        read(history, control(61), words=("one", "two")),
        read(history, control(62), words=("two",), url="https://m.example/2"),
    )
    history(proofs.forget_retrievals, [gone], NOW)
    assert [passage.sha256 for passage in history(page_words.find_passages, "two")] == [stays]
    assert not said(history, "one")


def test_two_pages_whose_hashes_begin_alike_are_found_and_forgotten_apart(history: History):
    one, other = ("f" * 11 + end * 53 for end in "ab")
    read(history, control(61), words=("first of two",), sha256=one)
    read(
        history,
        control(62),
        words=("second of two",),
        sha256=other,
        url="https://m.example/2",
    )
    assert {*said(history, "of two")} == {"first of two", "second of two"}

    history(page_words.forget_words, [one])
    history(page_words.keep_words, {other: ["second of two"]})

    assert said(history, "of two") == ["second of two"]
