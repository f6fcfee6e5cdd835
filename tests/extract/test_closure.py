"""What an act says beside its measures: wordings that decide nothing leave it `full`, others make
it `part`.

`texts/closure.txt` has pages by language and kind, and below each the classes of sentences that
are put in the place of `{sentence}`: `+` decides nothing, `-` does something that no fact has.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement
from tests.extract.told import tell

TEXTS = (Path(__file__).parent / "texts" / "closure.txt").read_text(encoding="utf-8")


def cases() -> Iterator[tuple[str, str, str, bool]]:
    """Each sentence by its class, the page that it is put in, and whether it decides nothing."""
    page = ""
    for part in TEXTS.removeprefix("== ").split("\n== "):
        name, _, rest = part.partition("\n")
        if "{sentence}" in rest:
            page = rest
            continue
        for line in filter(None, rest.split("\n")):
            yield f"{name} {line}", page, line[2:], line[0] == "+"


@cache  # each page is read once without a sentence
def told(page: str, sentence: str) -> tuple[list[str], list[str]]:
    """What is told of a page with a sentence in its place, and the terms."""
    [act] = extract.understand(read_text(page.replace("{sentence}", sentence)))
    assert isinstance(act, Announcement)
    assert act.measures
    return tell(act), [term.text for made in act.measures for term in made.terms]


@pytest.mark.parametrize(
    ("page", "sentence", "idle"),
    [case for _, *case in cases()],
    ids=[name for name, *_ in cases()],
)
def test_a_sentence_beside_the_measures_is_weighed(page: str, sentence: str, idle: bool) -> None:
    (without, terms), (lines, stated) = told(page, ""), told(page, sentence)

    assert without[0] == "full"
    assert lines == without if idle else (lines, stated) != (without, terms)
