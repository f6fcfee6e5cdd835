"""The door to the grammar of US rules, which is loaded when a rule is read."""

from typing import TYPE_CHECKING

from monitor.lazy import lazy
from monitor.model import Fact

if TYPE_CHECKING:
    from monitor.extract.us import documents
else:
    documents = lazy("monitor.extract.us.documents")


def federal_register(loaded: object) -> list[Fact]:
    """The rules in the Federal Register's JSON: a document, a listing with `results`, or an object of documents by number."""
    return documents.facts(loaded)
