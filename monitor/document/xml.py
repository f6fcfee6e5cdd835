"""XML → its root, for office files and pages: no entity, no DTD, no network, and nothing
incomplete.
"""

import re

from lxml import etree

from monitor.errors import ErrorKind, Unreadable

DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<[A-Za-z_]", re.IGNORECASE)
DTD = "XML that declares a document type or entities"


def parse_root(body: bytes) -> etree._Element:
    """The root element of a whole document.

    Raises:
        Unreadable: it declares a DTD or entities, is not well-formed, or is nested too deeply.
    """
    # before any parser; one hidden by another encoding is refused after
    first = DECLARED.search(body)
    if first and first[0].startswith(b"<!"):
        raise Unreadable(DTD, ErrorKind.XML_ENTITIES)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        tree: etree._Element = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"not whole XML: {error}", ErrorKind.BROKEN_XML) from error
    if tree.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(DTD, ErrorKind.XML_ENTITIES)
    return tree
