"""What others ask of the grammar of US rules."""

from monitor.extract import referee
from monitor.extract.us import documents
from monitor.model import Fact


def federal_register(loaded: object) -> list[Fact]:
    """The rules and notices in the JSON of the Federal Register: a document, a listing, or an object of documents by number."""
    return referee.judge_facts(documents.facts(loaded), "")
