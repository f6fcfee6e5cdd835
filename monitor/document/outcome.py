"""What a child says of the file it was given."""

import msgspec

from monitor.document.model import Document


class Outcome(msgspec.Struct, frozen=True):
    """The document, or why there is none."""

    document: Document | None = None
    failure: str = ""
