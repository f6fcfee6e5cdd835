"""Every golden payload as a person meets it on a phone: an independent reader, which knows
nothing of how they are made.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from notices import PAYLOADS

READ = sorted(
    path.stem for path in PAYLOADS.glob("*.json") if not path.stem.endswith(("-empty", "-full"))
)
VERBS = (
    *(
        "adds",
        "puts",
        "suspends",
        "suspended",
        "publishes",
        "edits",
        "contradicts",
        "reports",
        "bans",
        "tightens",
        "changes",
    ),
    *(
        "is",
        "are",
        "return",
        "takes",
        "had",
        "give",
        "gives",
        "were",
        "was",
        "alternates",
        "links",
        "lost",
        "has",
        "needs",
    ),
    *("follows", "says", "seen"),
)
VERB = re.compile(rf"\b(?:{'|'.join(VERBS)})\b", re.IGNORECASE)
OUR_WORDS = re.compile(
    r"explicit|\bRead:|\bMeans\b|\badd ·|pinyin|\bmonitor\b(?!"
    r" (?:watch|poll|triage|status|doctor)\b)"
)
DAY = re.compile(r"\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}\b")
WITH_ZONE = re.compile(
    DAY.pattern + r"(?: \([A-Z]\w+(?: \w+)?\)|, \d\d:\d\d [A-Z]\w+| \d\d:\d\d UTC)"
)
ISO_DAY = re.compile(r"(?<![\w/-])\d{4}-\d{2}-\d{2}(?![\w/-])")
HASH = re.compile(r"\b[0-9a-f]{12,}\b")


def message(name: str) -> dict[str, Any]:
    return json.loads((PAYLOADS / f"{name}.json").read_bytes())


def texts(part: Any) -> Iterator[str]:
    """All that is shown, in its order."""
    if isinstance(part, list):
        for of in part:
            yield from texts(of)
    elif isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for name in ("text", "elements", "rows"):
            if not isinstance(part.get(name), str):
                yield from texts(part.get(name))


def lines(blocks: list[dict[str, Any]]) -> list[str]:
    """A line for each paragraph, each point of a list and each other block."""
    told: list[str] = []
    for block in blocks:
        parts = block["elements"] if block["type"] == "rich_text" else [block]
        for part in parts:
            points = part["elements"] if part["type"] == "rich_text_list" else [part]
            told += ["".join(texts(point)) for point in points]
    return told


def headline(blocks: list[dict[str, Any]]) -> str:
    return next(line for line in lines(blocks) if line and not line.startswith("About: "))


def shown(blocks: list[dict[str, Any]]) -> str:
    return "\n".join(lines([block for block in blocks if block["type"] != "actions"]))


def test_a_phone_shows_who_does_what_in_ninety_characters():
    for name in READ:
        told = message(name)
        first = headline(told["blocks"])

        assert len(first) <= 90
        assert VERB.search(first), first
        assert (
            first.partition(" (possible repeat)")[0][:60]
            in told["text"].replace("&amp;", "&")[:400]
        )


def test_the_table_comes_after_eight_lines_at_most():
    for name in READ:
        blocks = message(name)["blocks"]
        tables = [at for at, block in enumerate(blocks) if block["type"] == "table"]

        assert len(tables) <= 1
        for at in tables:
            assert len([line for line in lines(blocks[:at]) if line]) <= 9  # the headline and eight


def test_nothing_is_told_twice():
    for name in READ:
        blocks = message(name)["blocks"]
        outside = [block for block in blocks if block["type"] not in {"table", "actions"}]
        sentences = Counter(
            sentence.strip().casefold()
            for line in lines(outside)
            for sentence in re.split(r"(?<!No\.)(?<=[.;])\s", line)
            if len(sentence.split()) >= 4
        )
        addresses = Counter(re.findall(r'"url": "([^"]+)"', json.dumps(blocks)))
        hashes = Counter(HASH.findall(shown(blocks)))

        assert [told for told, times in (sentences + addresses + hashes).items() if times > 1] == []


def test_no_word_is_of_the_program_and_no_stop_is_doubled():
    for name in READ:
        told = message(name)

        for text in (told["text"], shown(told["blocks"])):
            assert OUR_WORDS.findall(text) == []
            assert ".." not in text.replace("…", "")


def test_days_have_one_form_and_a_zone():
    for name in READ:
        told = message(name)
        text = shown(told["blocks"])

        assert ISO_DAY.findall(text) == []
        assert bool(DAY.search(text)) == bool(WITH_ZONE.search(text))


def test_the_reader_sees_what_it_looks_for():
    """It would be no proof if it saw nothing."""
    blocks = [
        {
            "type": "header",
            "text": {"type": "plain_text", "text": "A headline without what matters"},
        },
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "Read: one"}]}
            ],
        },
    ]

    assert headline(blocks) == "A headline without what matters"
    assert not VERB.search(headline(blocks))
    assert OUR_WORDS.findall(shown(blocks)) == ["Read:"]
    assert WITH_ZONE.search("8 Nov 2025 (Beijing)")
    assert not WITH_ZONE.search("on 8 Nov 2025 it ends")
    assert ISO_DAY.findall("since 2025-10-09: yes") == ["2025-10-09"]
