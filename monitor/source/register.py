"""A register that an authority publishes whole, as a stream of records: hashed first, understood only when one has moved."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor.errors import ErrorKind, LayoutChanged, NotThePage
from monitor.model import Listing
from monitor.vocabulary import letters


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the id it is known by, and bytes of its own from which alone it can be understood."""

    id: str
    raw: bytes


@dataclass(frozen=True)
class Shape:
    """How a record's bytes are made, by which a publisher's change of form is told from a change of what is said.

    `parts` gives the columns, or the paths of tags, that they hold, each with its words; `reshaped` the bytes with some parts
    under another name, or (None) left out. `exact` where a part that no record holds has no place in the publication either, as
    with a column; a tag is only left out where it is empty.
    """

    parts: Callable[[bytes], Mapping[str, tuple[str, ...]]]
    reshaped: Callable[[bytes, Mapping[str, str | None]], bytes]
    exact: bool = False


@dataclass(frozen=True)
class Register:
    """What a register's reader returns.

    `records` can be walked once, and raises a `SourceError` at its end where the body is not whole: nothing before it may be
    believed until then. `read` understands one record's raw bytes, of today or of years ago. `proven` tells whether the format
    proves its own end (an end tag, an end mark, a count); `official_ids` whether an id is the publisher's own or derived from
    the names. `published` is an ISO date or date-time, and what is none is remarked and left out; `declared` is the number of
    records the publisher says there are, `remarks` what was odd about the layout and is to be told to whoever keeps the reader.
    `shape` tells how the bytes are made, where they can be taken apart.
    """

    register: str
    records: Iterable[Record]
    read: Callable[[bytes], Listing]
    proven: bool = False
    official_ids: bool = False
    published: str | None = None
    declared: int | None = None
    remarks: tuple[str, ...] = ()
    shape: Shape | None = None

    def __post_init__(self) -> None:
        if self.published and instant(self.published) is None:
            object.__setattr__(self, "remarks", (*self.remarks, "a day of publication that is no ISO date"))
            object.__setattr__(self, "published", None)

    def refuse_short(self, count: int) -> None:
        """Take `count` records for the whole register.

        Raises:
            LayoutChanged: there is not one.
            NotThePage: the register declares another number.
        """
        if not count:
            raise LayoutChanged(f"{self.register}: not one record where the register should be")
        if self.declared is not None and self.declared != count:
            raise NotThePage(f"{self.register}: declares {self.declared:,} records and has {count:,}", kind=ErrorKind.INCOMPLETE)


def instant(published: str) -> datetime | None:
    """The moment of a publication, that of a day being its start in UTC; None where the words are no ISO date."""
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def key(*parts: str) -> str:
    """A derived id, for registers that give none: the parts folded so that width, case and white space do not matter."""
    return "|".join(letters.folded(part) for part in parts)
