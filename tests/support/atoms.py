"""What RFC 4287 says of a feed: by its schema, and what no schema can say."""

import io
from pathlib import Path

import feedparser
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = etree.RelaxNG(file=str(Path(__file__).parent / "atom.rng"))


def complaints(document: bytes) -> list[str]:
    """What is wrong with a feed."""
    root = etree.parse(io.BytesIO(document)).getroot()
    wrong = [] if SCHEMA.validate(root) else [str(error) for error in SCHEMA.error_log]
    for holder in (root, *root.iter(f"{ATOM}entry")):
        links = [
            (link.get("type"), link.get("hreflang"))
            for link in holder.findall(f"{ATOM}link[@rel='alternate']")
        ]
        wrong += ["two alternates of one type"] if len(links) != len({*links}) else []
    for entry in root.iter(f"{ATOM}entry"):
        known = entry.findtext(f"{ATOM}id")
        wrong += (
            []
            if entry.find(f"{ATOM}author") is not None or root.find(f"{ATOM}author") is not None
            else [f"{known}: nobody's"]
        )
        wrong += [] if entry.find(f"{ATOM}content") is not None else [f"{known}: says nothing"]
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    return wrong + ([] if len(ids) == len({*ids}) else ["two of one id"])


def read(document: bytes) -> feedparser.FeedParserDict:
    """As a feed reader reads it, which must not have to guess."""
    parsed = feedparser.parse(io.BytesIO(document))
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed
