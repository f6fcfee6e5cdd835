"""The results of screening a change, as frozen values that the history keeps."""

from collections.abc import Sequence
from enum import StrEnum

from monitor.model import Value


class Relation(StrEnum):
    """What an entry of the watch list is to the reader: someone, or goods (`is_goods`), which may
    have codes.
    """

    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    OWN = "own"  # a firm of the reader's own
    PRODUCT = "product"
    PART = "part"  # of a product

    @property
    def is_goods(self) -> bool:
        """Return whether it is goods, not someone."""
        return self in GOODS


GOODS = frozenset({Relation.PRODUCT, Relation.PART})


class MatchVerdict(StrEnum):
    """Whether an entry of the watch list is who or what is listed."""

    MATCH = "match"
    POSSIBLE = "possible"  # a person should look


class TieKind(StrEnum):
    """How an entry of the watch list is tied to a listed subject, the closest first."""

    SAME = "same"  # by its number or as goods
    NAME = "name"
    NAMED = "named"  # the subject is goods that name the entry
    OWNED = "owned"  # the subject owns the entry
    PARENT = "parent"  # the entry is the group that the subject belongs to
    SISTER = "sister"  # both belong to one group
    TIED = "tied"  # by ownership or group, and no more is known


class Tie(Value, kw_only=True):
    """The tie between an entry and a listed subject.

    `like`: the names or numbers that tie them agree only in part. `owner` is the entry's owner as
    the watch list names it. `share` is the percent that counts as its own if stated, and `path` the
    firms between them. `arithmetic` explains the share; `joint`: several listed owners hold it
    together.
    """

    kind: TieKind
    like: bool = False
    owner: str = ""
    share: float | None = None
    arithmetic: str = ""
    joint: bool = False
    path: tuple[str, ...] = ()
    source: str = ""

    @property
    def is_direct(self) -> bool:
        """Return whether the entry itself is, or may be, the subject."""
        return self.kind in (TieKind.SAME, TieKind.NAME)

    @property
    def is_certain(self) -> bool:
        """Return whether the entry is the subject."""
        return self.is_direct and not self.like


class Match(Value, kw_only=True):
    """A match of an entry with a listed subject, sure or `possible`, with its reason.

    `entry` and `subject` are names. `key` is the entry's key, `group` the subject's group if only
    that ties them. `dismissed_by` is a person who said that they differ.
    """

    kind: str
    score: float
    verdict: MatchVerdict
    reason: str
    entry: str
    key: str
    relation: str
    subject: str
    group: str = ""
    owner: str = ""
    ref: str = ""
    quote: str = ""
    dismissed_by: str = ""
    dismissed_at: str = ""
    tie: Tie | None = None  # a record of an earlier version has none

    @property
    def known_tie(self) -> Tie:
        """The tie, or for an older record the one that its kind and verdict imply."""
        kind = TieKind.TIED if self.kind in ("parent", "member") else TieKind.SAME
        return self.tie or Tie(kind=kind, like=self.verdict is MatchVerdict.POSSIBLE)

    @property
    def is_goods(self) -> bool:
        """Return whether the entry is goods, not someone."""
        return self.relation in GOODS


class ScreeningResult(Value, kw_only=True):
    """The result of comparing a change with the watch list.

    It has the list's `names` and `products`, the number of `listed` subjects, and the matches.
    `unread` are sentences on unreadable parts of the list, which are unknown or out of date.
    `unheld` are keys of acts that the change amends and that were never seen, so their subjects
    were not compared.
    """

    names: int
    products: int
    listed: int
    found: tuple[Match, ...] = ()
    unread: tuple[str, ...] = ()
    unheld: tuple[str, ...] = ()

    @classmethod
    def together(
        cls, results: Sequence["ScreeningResult"], unheld: Sequence[str] = ()
    ) -> "ScreeningResult | None":
        """Combine the results of several changes; None if none of them was screened.

        A match stands once. The numbers of entries are the smallest of all results. `unheld` are
        acts that were not screened.
        """
        if not results:
            return None
        return cls(
            names=min(result.names for result in results),
            products=min(result.products for result in results),
            listed=sum(result.listed for result in results),
            found=tuple(dict.fromkeys(match for result in results for match in result.found)),
            unread=tuple(dict.fromkeys(text for result in results for text in result.unread)),
            unheld=tuple(
                dict.fromkeys((*unheld, *(key for result in results for key in result.unheld)))
            ),
        )

    @property
    def sure(self) -> tuple[Match, ...]:
        """Matches that were not dismissed."""
        return self._list_standing(MatchVerdict.MATCH)

    @property
    def possible(self) -> tuple[Match, ...]:
        """Possible matches for a person to check."""
        return self._list_standing(MatchVerdict.POSSIBLE)

    def _list_standing(self, verdict: MatchVerdict) -> tuple[Match, ...]:
        return tuple(one for one in self.found if one.verdict is verdict and not one.dismissed_by)

    @property
    def dismissed(self) -> tuple[Match, ...]:
        """Matches that a person dismissed."""
        return tuple(match for match in self.found if match.dismissed_by)
