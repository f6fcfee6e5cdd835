"""A feed as Atom (RFC 4287): what is foreign is text in it, escaped, and never markup. Pure."""

import re
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from monitor.model import frozen

MIME = "application/atom+xml; charset=utf-8"
NAME = "Regulatory monitor"
SPACE = "http://www.w3.org/2005/Atom"
IDS = uuid5(NAMESPACE_URL, "tag:regulatory-monitor,2026:feeds")
# XML 1.0 has no way to write these
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@frozen
class AtomEntry:
    """An entry of a feed.

    Its `id` is stable; `changed` is when its text last changed. Moments are UTC, ISO. `url` is the
    official page, `author` the authority of its act or register.
    """

    id: str
    title: str
    at: str
    changed: str
    summary: str
    text: str
    author: str
    url: str = ""
    kind: str = ""


@frozen
class Feed:
    """A feed. `begun` is its earliest possible entry, `place` its own address, "" if unknown."""

    id: str
    title: str
    about: str
    begun: str
    entries: tuple[AtomEntry, ...] = ()
    place: str = ""


def make_urn(store: str, *parts: str) -> str:
    """An id that is the same wherever a store is served, and another in another store."""
    return uuid5(IDS, "\n".join((store, *parts))).urn


def render_atom(feed: Feed) -> bytes:
    """The feed as a document."""
    root = etree.Element(f"{{{SPACE}}}feed", nsmap={None: SPACE})  # type: ignore[dict-item]
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    changed = max((entry.changed for entry in feed.entries), default=feed.begun)
    _add_element(root, "id", feed.id)
    _add_element(root, "title", feed.title)
    _add_element(root, "subtitle", feed.about)
    _add_element(root, "updated", changed)
    _add_element(_add_element(root, "author"), "name", NAME)
    _add_element(root, "generator", NAME)
    if feed.place:
        _add_link(root, feed.place, "self", "application/atom+xml")
    for entry in feed.entries:
        _add_entry(root, entry)
    document: bytes = etree.tostring(
        root, encoding="utf-8", xml_declaration=True, pretty_print=True
    )
    return document


def _add_entry(root: etree._Element, entry: AtomEntry) -> None:
    element = _add_element(root, "entry")
    _add_element(element, "id", entry.id)
    _add_element(element, "title", entry.title)
    _add_element(element, "updated", entry.changed)
    _add_element(element, "published", entry.at)
    _add_element(_add_element(element, "author"), "name", entry.author)
    if entry.url:
        _add_link(element, entry.url, "alternate", "text/html")
    if entry.kind:
        _add_element(element, "category").set("term", _drop_forbidden(entry.kind))
    _add_element(element, "summary", entry.summary).set("type", "text")
    _add_element(element, "content", entry.text).set("type", "text")


def _add_element(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    child = etree.SubElement(parent, f"{{{SPACE}}}{name}")
    child.text = _drop_forbidden(text) or None
    return child


def _add_link(parent: etree._Element, address: str, relation: str, kind: str) -> None:
    link = _add_element(parent, "link")
    for name, value in (("rel", relation), ("type", kind), ("href", address)):
        link.set(name, _drop_forbidden(value))


def _drop_forbidden(text: str) -> str:
    return FORBIDDEN.sub("", text)
