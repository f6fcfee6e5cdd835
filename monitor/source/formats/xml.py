"""Registers in XML: walked element by element, whole or refused; names of tags without their
namespaces.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BufferedIOBase

from monitor.errors import ErrorKind, LayoutChanged, NotThePage, Unreadable
from monitor.model import frozen
from monitor.source.page import Record, Register

__all__ = [
    "About",
    "Group",
    "Layout",
    "Leaves",
    "leaves",
    "parse",
    "register",
    "tag",
    "text",
    "texts",
    "whole",
]

# lxml is imported where it is used: a poll that finds its register unchanged never waits for it.
from lxml import etree
from lxml.etree import _Element, _ElementTree

from monitor.document import error_pages
from monitor.document import xml as document_xml
from monitor.model import FieldValue, Listing
from monitor.source.formats import gather_fields
from monitor.source.page import Page, Shape

HEAD = 4096
Strange = tuple[str, bool]  # an unexpected element: its name, and whether it has parts
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<|\xff\xfe|\xfe\xff")  # UTF-16 begins with its mark


@frozen
class Layout:
    """Where the records are: the root's tag, and each record's path below it
    (`INDIVIDUALS/INDIVIDUAL`). `others` are children of the root without records; `namespaces` are
    the known ones of the root ("" for none).
    """

    root: str
    records: tuple[str, ...]
    others: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ("",)

    def places(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """The tags of records in each container (the root's own tag, or another), and all tags
        that may stand there.
        """
        parents: dict[str, set[str]] = {}
        for path in self.records:
            container, _, record = path.rpartition("/")
            parents.setdefault(container or self.root, set()).add(record)
        below = parents.keys() - {self.root}
        at_root = parents.get(self.root, set()) | below | set(self.others)
        return parents, parents | {self.root: at_root}


@frozen
class About:
    """The register's description before its first record."""

    published: str | None = None
    declared: int | None = None


def register(
    page: Page,
    code: str,
    layout: Layout,
    *,
    id: str | Callable[[_Element], str],  # noqa: A002 - the word of the field
    read: Callable[[_Element], Listing],
    about: Callable[[_Element], About] = lambda _root: About(),
    official_ids: bool = True,
) -> Register:
    """Open the XML register on this page. `id` is the child (or "@attribute") of a record with its
    id, or a function of the record. `about` gets the root as of the first record's end. `read` gets
    one record alone, in its namespaces.

    Raises:
        SourceError: at once for another kind of page; during iteration if it is incomplete.
    """
    root = next((element.getroottree().getroot() for element in _walk_elements(page, layout)), None)
    if root is None:
        raise NotThePage(f"{page.url}: not the register: no {' or '.join(layout.records)} in it")
    told, namespace = about(root), str(root.tag).rpartition("}")[0].lstrip("{")
    strange = f"the root has another namespace than we know: {namespace or 'none'}"
    return Register(
        register=code,
        records=_iterate_records(
            page, layout, id if callable(id) else lambda record: text(record, id)
        ),
        read=lambda raw: read(parse(raw)),
        proven=True,
        official_ids=official_ids,
        published=told.published,
        declared=told.declared,
        remarks=() if namespace in layout.namespaces else (strange,),
        shape=SHAPE,
    )


def whole(page: Page) -> _Element:
    """Return the root of an XML page that fits into memory as a tree.

    Raises:
        NotThePage: it is empty, or a page of words.
        Unreadable: the XML is truncated, broken, or declares a document type.
    """
    with page.body.stream() as body:
        _refuse_declarations(page.url, body)
        try:
            tree = etree.parse(body, etree.XMLParser(**SAFE, **UNSAID))  # type: ignore[arg-type]
        except etree.XMLSyntaxError as error:
            body.seek(0)
            first = re.search(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)", body.read(HEAD))
            raise _make_not_whole(
                page.url, body, first[1].decode() if first else "?", error
            ) from error
    return _get_root(page.url, tree)


def text(element: _Element, path: str) -> str:
    """The words at a path of child names below the element, white space levelled; "" where there
    are none.
    """
    return next(iter(texts(element, path)), "")


def texts(element: _Element, path: str) -> tuple[str, ...]:
    """The words of every element at this path, in order, empty ones left out. The last step may
    be an "@attribute".
    """
    here = [element]
    *steps, last = path.split("/")
    for step in steps if last.startswith("@") else [*steps, last]:
        here = [child for node in here for child in node.iterchildren(f"{{*}}{step}")]
    values = [
        str(node.get(last[1:], "")) if last.startswith("@") else node.text or "" for node in here
    ]
    return tuple(words for words in (" ".join(one.split()) for one in values) if words)


@frozen
class Group:
    """Parts that belong together, such as those of an address: one value of `field`, the parts
    in this order.
    """

    field: str
    parts: tuple[str, ...]
    between: str = ", "


@dataclass
class Leaves:
    """Field name → the words found for it, in the order of the record; and the paths that nobody
    knows.
    """

    found: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    @property
    def fields(self) -> dict[str, FieldValue]:
        """Return the unread rest: a single value as it is, several as a tuple."""
        return gather_fields(self.found)

    def add(self, name: str, words: str) -> None:
        """One more value of a field; a value that is there already, or empty, is none."""
        if words and words not in self.found.get(name, ()):
            self.found[name] = (*self.found.get(name, ()), words)

    def take(self, name: str) -> tuple[str, ...]:
        """A field's values, which are then no longer among the fields."""
        return self.found.pop(name, ())

    def one(self, name: str) -> str:
        """A field's only value, taken; "" where it has none."""
        return "; ".join(self.take(name))


def leaves(
    record: _Element, known: Mapping[str, str | Group], ignored: Collection[str] = ()
) -> Leaves:
    """Read all of a record, by field name. `known` names the field for each path of tags below the
    record ("sdnType", "programList/program", "@id" and "name/@lang" for attributes), or the group
    of parts at a path. `ignored` are unimportant paths, such as the publisher's own numbers of
    parts. Any other path is not read, and is reported as unread.
    """
    gathered = Leaves()
    _gather_leaves(record, "", known, frozenset(ignored), gathered)
    return gathered


def _gather_leaves(
    element: _Element,
    path: str,
    known: Mapping[str, str | Group],
    ignored: frozenset[str],
    gathered: Leaves,
) -> None:
    for place, words in texts_of(element, path):
        name = known.get(place)
        if isinstance(name, str):
            gathered.add(name, words)
        elif place not in ignored:
            gathered.unread.add(place)
    for child in element:
        place = f"{path}/{tag(child)}".lstrip("/")
        group = known.get(place)
        if isinstance(group, Group):
            _gather_group(child, place, group, ignored, gathered)
        elif place not in ignored:
            _gather_leaves(child, place, known, ignored, gathered)


def _gather_group(
    element: _Element, path: str, group: Group, ignored: frozenset[str], gathered: Leaves
) -> None:
    parts = leaves(
        element,
        {part: part for part in group.parts},
        [place.removeprefix(f"{path}/") for place in ignored],
    )
    gathered.add(
        group.field, group.between.join(words for part in group.parts for words in parts.take(part))
    )
    gathered.unread |= {f"{path}/{place}" for place in parts.unread}


def _iterate_records(
    page: Page, layout: Layout, identify: Callable[[_Element], str]
) -> Iterator[Record]:
    for element in _walk_elements(page, layout):
        known_as = identify(element)
        if not known_as:
            raise LayoutChanged(
                f"a {tag(element)} without its id:"
                f" {etree.tostring(element, with_tail=False)[:120]!r}"
            )
        yield Record(known_as, etree.tostring(element, with_tail=False))


def _walk_elements(page: Page, layout: Layout) -> Iterator[_Element]:
    """Iterate over records as they end; each is freed before the next, so that memory does not
    grow.

    Raises:
        NotThePage: another root.
        Unreadable: the XML is truncated or broken, or declares a document type.
        LayoutChanged: other elements are in the place of records.
    """
    parents, known = layout.places()
    strange: list[Strange] = []
    root: _Element | None = None
    with page.body.stream() as body:
        _refuse_declarations(page.url, body)
        try:
            tags = {f"{{*}}{name}" for names in parents.values() for name in names}
            for _, element in etree.iterparse(body, tag=tags, **SAFE, **UNSAID):
                if root is None:
                    root = _get_root(page.url, element.getroottree())
                    if tag(root) != layout.root:
                        raise NotThePage(
                            f"{page.url}: the root is {tag(root)!r}, not {layout.root!r}"
                        )
                parent = element.getparent()
                if parent is not None and tag(element) in parents.get(tag(parent), ()):
                    yield element
                    element.clear()
                    strange += _forget_before(element, parent, known[tag(parent)], layout.others)
        except etree.XMLSyntaxError as error:
            raise _make_not_whole(page.url, body, layout.root, error) from error
    for parent in (
        [root, *(child for child in root if tag(child) in parents)] if root is not None else ()
    ):
        strange += _find_strangers(parent, known[tag(parent)])
    _refuse_strange(page.url, strange)


def _forget_before(
    element: _Element, parent: _Element, known: Collection[str], others: Collection[str]
) -> list[Strange]:
    """Remove what is before an element; return what is neither a record nor allowed there."""
    strange: list[Strange] = []
    while (earlier := element.getprevious()) is not None:
        name = tag(earlier)
        if name not in known:
            strange.append((name, len(earlier) > 0))
        elif name in others and parent.getparent() is None:
            break
        parent.remove(earlier)
    return strange


def _find_strangers(elements: Iterable[_Element], known: Collection[str]) -> list[Strange]:
    return [(tag(element), len(element) > 0) for element in elements if tag(element) not in known]


def _refuse_strange(url: str, strange: Sequence[Strange]) -> None:
    """One unknown element without parts may be a note; one with parts, or several, are records
    under another name.
    """
    for name, count in Counter(name for name, _ in strange).items():
        if count > 1:
            raise LayoutChanged(f"{url}: {count} elements {name!r} where only records are expected")
    if like_record := next((name for name, has_parts in strange if has_parts), None):
        raise LayoutChanged(
            f"{url}: an element {like_record!r} with parts of its own where only records are"
            " expected"
        )


def _get_root(url: str, tree: _ElementTree) -> _Element:
    if tree.docinfo.internalDTD is not None:
        raise Unreadable(f"{url}: XML that declares a document type", ErrorKind.XML_ENTITIES)
    root: _Element = tree.getroot()
    return root


def _make_not_whole(
    url: str, body: BufferedIOBase, root: str, error: etree.XMLSyntaxError
) -> Unreadable:
    """Broken where the last thing in the body is the end of its root, else cut."""
    body.seek(max(body.seek(0, 2) - HEAD, 0))
    ends = re.search(rb"</(?:[\w.-]+:)?%s\s*>\s*$" % root.encode(), body.read())
    return Unreadable(
        f"{url}: not whole XML: {error}", ErrorKind.BROKEN_XML if ends else ErrorKind.TRUNCATED
    )


def _refuse_declarations(url: str, body: BufferedIOBase) -> None:
    """Refuse a DTD before any parser sees it, and a page that is no XML by its words."""
    start = body.read(HEAD)
    body.seek(0)
    if not start.strip():
        raise NotThePage(f"{url}: the page is empty", ErrorKind.EMPTY)
    first = document_xml.DECLARED.search(start)
    if (
        first
        and first[0].startswith(b"<!")
        and b"<html" not in start.lower()
        and b"doctype html" not in start.lower()
    ):
        raise Unreadable(
            f"{url}: XML that declares a document type or entities", ErrorKind.XML_ENTITIES
        )
    if len(start) < HEAD:
        error_pages.refuse(start.decode("utf-8", "replace"))
    if not MARKUP.match(start):
        raise NotThePage(f"{url}: not XML: {start[:60]!r}")


# Elements of XML: parsed with nothing fetched, by names without namespaces, and taken apart path by
# path.

SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
# Nodes without words of the register: within a name they would hide all that follows.
UNSAID = {"remove_comments": True, "remove_pis": True}


def parse(raw: bytes) -> _Element:
    """One record's own bytes as an element."""
    element: _Element = etree.fromstring(raw, etree.XMLParser(**SAFE, **UNSAID))  # type: ignore[arg-type]
    return element


def tag(element: _Element) -> str:
    """Return an element's name without its namespace; "" for a comment, which has a function as its
    tag.
    """
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def texts_of(element: _Element, path: str) -> Iterator[tuple[str, str]]:
    """An element's own words and attributes, each with its path."""
    for name, value in element.attrib.items():
        yield f"{path}/@{str(name).rpartition('}')[2]}".lstrip("/"), " ".join(str(value).split())
    words = " ".join((element.text or "").split())
    if words:
        yield path or ".", words


def _read_parts(raw: bytes) -> dict[str, tuple[str, ...]]:
    """The words of a record by path; an empty one holds nothing."""
    parts: dict[str, tuple[str, ...]] = {}
    for path, words in _iterate_texts(parse(raw), ""):
        parts[path] = (*parts.get(path, ()), words)
    return parts


def _iterate_texts(element: _Element, path: str) -> Iterator[tuple[str, str]]:
    yield from texts_of(element, path)
    for child in element:
        if tag(child):
            yield from _iterate_texts(child, f"{path}/{tag(child)}".lstrip("/"))


def _rename_parts(raw: bytes, names: Mapping[str, str | None]) -> bytes:
    """The record with some of its paths called by another name, which differs in its last step,
    or left out.
    """
    record = parse(raw)
    _rename_steps(record, "", names)
    return etree.tostring(record)


def _rename_steps(element: _Element, path: str, names: Mapping[str, str | None]) -> None:
    for name, value in list(element.attrib.items()):
        place = f"{path}/@{str(name).rpartition('}')[2]}".lstrip("/")
        if place in names:
            del element.attrib[name]
            if new := names[place]:
                element.set(new.rpartition("@")[2], value)
    for child in list(element):
        place = f"{path}/{tag(child)}".lstrip("/")
        _rename_steps(child, place, names)
        if place in names:
            if new := names[place]:
                child.tag = new.rpartition("/")[2]
            elif len(child):
                child.text = None
            else:
                element.remove(child)


SHAPE = Shape(_read_parts, _rename_parts)
