"""XML → its root, for office files and pages: no entity, no DTD, no network, and nothing that is not whole."""

import re

from lxml import etree

from monitor.errors import ErrorKind, Unreadable

DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<[A-Za-z_]", re.IGNORECASE)


def root(body: bytes) -> etree._Element:
    """The root element of a whole document.

    Raises:
        Unreadable: it declares a DTD or entities, is not well-formed, or is nested too deeply.
    """
    _refuse_declarations(body)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree: etree._Element = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"not whole XML: {error}", kind=ErrorKind.BROKEN_XML) from error
    _refuse_dtd(tree)
    return tree


def _refuse_declarations(body: bytes) -> None:
    """Refuse a DTD before any parser sees it; one hidden by another encoding is refused after."""
    first = DECLARED.search(body)
    if first and first[0].startswith(b"<!"):
        raise Unreadable("XML that declares a document type or entities", kind=ErrorKind.XML_ENTITIES)


def _refuse_dtd(tree: etree._Element) -> None:
    if tree.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("XML that declares a document type or entities", kind=ErrorKind.XML_ENTITIES)
