"""Elements of XML: parsed with nothing fetched, by names without namespaces, and taken apart path by path."""

from collections.abc import Iterator, Mapping

from lxml import etree
from lxml.etree import _Element

from monitor.source.register import Shape

SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
# What is no word of the register: within a name it would hide all that follows.
UNSAID = {"remove_comments": True, "remove_pis": True}


def parse(raw: bytes) -> _Element:
    """One record's own bytes as an element."""
    element: _Element = etree.fromstring(raw, etree.XMLParser(**SAFE, **UNSAID))  # type: ignore[arg-type]
    return element


def tag(element: _Element) -> str:
    """An element's name without its namespace."""
    return name_of(element).rpartition("}")[2]


def name_of(element: _Element) -> str:
    """An element's name with its namespace; "" for a comment, whose "tag" is a function."""
    return element.tag if isinstance(element.tag, str) else ""


def texts_of(element: _Element, path: str) -> Iterator[tuple[str, str]]:
    """An element's own words and attributes, each with its path."""
    for name, value in element.attrib.items():
        yield f"{path}/@{str(name).rpartition('}')[2]}".lstrip("/"), " ".join(str(value).split())
    words = " ".join((element.text or "").split())
    if words:
        yield path or ".", words


def _parts(raw: bytes) -> dict[str, tuple[str, ...]]:
    """The words of a record by path; an empty one holds nothing."""
    parts: dict[str, tuple[str, ...]] = {}
    for path, words in _everything(parse(raw), ""):
        parts[path] = (*parts.get(path, ()), words)
    return parts


def _everything(element: _Element, path: str) -> Iterator[tuple[str, str]]:
    yield from texts_of(element, path)
    for child in element:
        if tag(child):
            yield from _everything(child, f"{path}/{tag(child)}".lstrip("/"))


def _reshaped(raw: bytes, names: Mapping[str, str | None]) -> bytes:
    """The record with some of its paths called by another name, which differs in its last step, or left out."""
    record = parse(raw)
    _reshape(record, "", names)
    return etree.tostring(record)


def _reshape(element: _Element, path: str, names: Mapping[str, str | None]) -> None:
    for name, value in list(element.attrib.items()):
        place = f"{path}/@{str(name).rpartition('}')[2]}".lstrip("/")
        if place in names:
            del element.attrib[name]
            if new := names[place]:
                element.set(new.rpartition("@")[2], value)
    for child in list(element):
        place = f"{path}/{tag(child)}".lstrip("/")
        _reshape(child, place, names)
        if place in names:
            if new := names[place]:
                child.tag = new.rpartition("/")[2]
            elif len(child):
                child.text = None
            else:
                element.remove(child)


SHAPE = Shape(_parts, _reshaped)
