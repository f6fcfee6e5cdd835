"""A corrigendum of the Union: which act it corrects, whose names it puts right, and what of it is
only quoted.

Each of its parts says where, then `for: ‘…’`, then `read: ‘…’`.
"""

from collections.abc import Iterator

from monitor.document import Document
from monitor.extract import subject
from monitor.extract.en.entries import FIRM_END, IN_SCRIPT
from monitor.extract.en.names import read_entities
from monitor.extract.en.references import list_european_keys
from monitor.extract.en.words import ENGLISH
from monitor.model import Action, Entity, Measure, Target, Unread
from monitor.vocabulary.registers import EU_SANCTIONS

WORDS = ENGLISH.table("corrigenda")


def is_corrigendum(title: str) -> bool:
    """Return whether a title is that of a correction, of whatever act."""
    return WORDS.titled.match(title) is not None


def read_corrigendum(document: Document) -> tuple[list[Measure], list[Unread]]:
    """Read a correction of an act of the Union; nothing of another document."""
    title = document.title.strip()
    corrected = [*list_european_keys(title)] if is_corrigendum(title) else []
    parts = list(WORDS.part.finditer(document.text))
    if not corrected:
        return [], []
    whom: list[Entity] = []
    left = [] if parts else [subject.make_unread(title)]
    for part in parts:
        name = _read_name(part["place"], part["wrong"], part["right"], part[0].strip())
        whom += [name] if name else []
        left += [] if name else [Unread("measure", ONLY_QUOTED, part[0].strip())]
    on = EU_SANCTIONS.code if whom else None
    quote = WORDS.titled_after.split(title)[0]
    measure = Measure(
        Action.AMEND, on, amends=(Target(corrected[0]),), entities=tuple(whom), quote=quote
    )
    return [measure], [*left, *_list_other_lines(document, [part[0] for part in parts])]


ONLY_QUOTED = "what it puts right is only quoted"


def _read_name(place: str, wrong: str, right: str, quote: str) -> Entity | None:
    """Read whose name a part puts right: its place says that it is one, or both are firms'."""
    name, was = (IN_SCRIPT.sub("", words).strip() for words in (right, wrong))
    if not (WORDS.of_names.search(place) or (FIRM_END.search(name) and FIRM_END.search(was))):
        return None
    read = [each for each in read_entities(f": {name}") if name in each.names["en"]]
    return read[0].replace(aliases=(), quote=quote) if len(read) == 1 else None


def _list_other_lines(document: Document, parts: list[str]) -> Iterator[Unread]:
    """What a correction says beside its parts, its title and where it was printed."""
    told = "\n".join([document.title, *parts]) if parts else document.text
    for line in (line.strip() for line in document.text.splitlines()):
        if line and line not in told and not WORDS.frame.fullmatch(line):
            yield Unread("sentence", ONLY_QUOTED, line)
