"""The door to the grammar of US rules, which is loaded when a rule is read."""

from monitor.model import Fact


def federal_register(loaded: object) -> list[Fact]:
    """The rules and notices in the JSON of the Federal Register: a document, a listing, or an object of documents by number."""
    from monitor.extract.us import documents as grammar  # noqa: PLC0415

    return grammar.facts(loaded)
