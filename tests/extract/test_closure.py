"""What an act says beside its measures: wordings that decide nothing leave it `full`, others make
it `part`.

`texts/closure.txt` has pages by language and kind, and below each the classes of sentences that
are put in the place of `{sentence}`: `+` decides nothing, `-` does something that no fact has, `~`
goes with what the act does, and is quoted beside it.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from each import for_each

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement
from tests.extract.told import tell

TEXTS = (Path(__file__).parent / "texts" / "closure.txt").read_text(encoding="utf-8")


def cases() -> Iterator[tuple[str, str, str, str]]:
    """Each sentence by its class, the page that it is put in, and what it does."""
    page = ""
    for part in TEXTS.removeprefix("== ").split("\n== "):
        name, _, rest = part.partition("\n")
        if "{sentence}" in rest:
            page = rest
            continue
        for line in filter(None, rest.split("\n")):
            yield f"{name} {line}", page, line[2:], line[0]


@cache  # each page is read once without a sentence
def read(page: str, sentence: str) -> Announcement:
    """The act of a page with a sentence in its place."""
    [act] = extract.understand(read_text(page.replace("{sentence}", sentence)))
    assert isinstance(act, Announcement)
    assert act.measures
    return act


def list_terms(act: Announcement) -> list[str]:
    return [term.text for made in act.measures for term in made.terms]


@for_each(
    ("page", "sentence", "does"),
    [case for _, *case in cases()],
    ids=[name for name, *_ in cases()],
    parts=2,
)
def test_a_sentence_beside_the_measures_is_weighed(page: str, sentence: str, does: str) -> None:
    without, act = read(page, ""), read(page, sentence)

    assert without.understood == "full"
    if does == "-":
        assert (tell(act), list_terms(act)) != (tell(without), list_terms(without))
    else:
        assert tell(act) == tell(without)
    if does == "~":
        assert any(sentence.rstrip(".。") in quote for quote in act.beside)
