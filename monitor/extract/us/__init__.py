"""The door to the grammar of US rules, which is loaded when a rule is read."""

from typing import TYPE_CHECKING

from monitor.lazy import lazy
from monitor.model import Fact

if TYPE_CHECKING:
    from monitor.extract import referee
    from monitor.extract.us import documents
else:
    referee = lazy("monitor.extract.referee")
    documents = lazy("monitor.extract.us.documents")


def federal_register(loaded: object) -> list[Fact]:
    """The rules and notices in the JSON of the Federal Register: a document, a listing, or an object of documents by number."""
    return referee.judged(documents.facts(loaded), "")
