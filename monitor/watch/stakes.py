"""Read the cell of an owner: the owners of a firm, their percent, and other text. Pure."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

from monitor.names.name import parse_name
from monitor.watch.cells import CODE, NONE, SEVERAL, split_cells
from monitor.watch.noise import clean_name
from monitor.watch.tables import load_patterns

WHOLE = 100.0  # percent
# Small letters that stand in names: two other such words are a sentence.
CONNECTORS = frozenset(
    "a an and of the for in on at de del di do da du des la le les et e y i und der die das von van en og".split()  # noqa: SIM905 -- in a row
)
ENDS = " ,，、;:：/+&–—-\t"
AND = r"(?:and|und|et|y|e|i|och|og|en|和|及|与)"
JOINING = re.compile(rf"^{AND}\s|\s{AND}$", re.IGNORECASE)


class Holder(NamedTuple):
    """An owner as a cell names it, with its percent; None if not stated.

    A `doubtful` name may be no name, or hold more; "" if the cell names nobody.
    """

    name: str
    share: float | None = None
    doubtful: bool = False


def read_holders(cells: Iterable[str]) -> Iterator[Holder]:
    """The owners in cells, each with its percent: `Acme Ltd 40 %, Beta GmbH (60 %)`."""
    for written in split_cells(cells, SEVERAL):
        for part, share in _split_shares(written):
            name = clean_name(part).name
            if share and not name:
                yield Holder("", None, doubtful=True)
            elif name.casefold() not in ("", *NONE):
                percent = (
                    float(share["percent"].replace(",", "."))
                    if share and not share["from"]
                    else None
                )
                yield Holder(
                    name,
                    percent if percent is None or percent <= WHOLE else None,
                    _is_doubtful(name),
                )


def _split_shares(written: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """The parts of a cell, each with its share, which stands before all of them or behind."""
    is_told = any(map(str.isdigit, written))
    shares = [*load_patterns("stakes")["share"].finditer(written)] if is_told else []
    if not shares:
        yield written, None
        return
    if written[: shares[0].start()].strip(ENDS):
        edges = [0, *(share.end() for share in shares), len(written)]
    else:
        edges = [*(share.start() for share in shares), len(written)]
    for (begin, end), share in zip_longest(pairwise(edges), shares):
        text = written[begin:end]
        name = text.replace(share[0], " ", 1) if share else text
        name = JOINING.sub("", name.strip(ENDS)).strip(ENDS)
        if name or share:
            yield name, share


def _is_doubtful(name: str) -> bool:
    """Return whether a name may be no name: it has words of a sentence, a number, or no letter."""
    said = [word for word in name.split() if word.islower() and word not in CONNECTORS]
    is_told = bool(load_patterns("stakes")["doubt"].search(name))
    return is_told or len(said) > 1 or not any(map(str.isalpha, name))


def tell_unread(cells: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Report cells under unused headings that look like a firm or a control code."""
    for heading, written in cells:
        if CODE.fullmatch(written) or any(map(_has_form, split_cells([written], SEVERAL))):
            yield f"“{heading}”: {written}"


@lru_cache(4096)  # the same towns stand in most rows
def _has_form(written: str) -> bool:
    return any(parse_name(part).forms for part, _ in _split_shares(written))
