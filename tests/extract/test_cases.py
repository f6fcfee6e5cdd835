"""Pages of one promise each, as data: what the grammar makes of a whole page of an authority, or of
nobody's.

`texts/cases.zh.txt`, `texts/cases.en.txt`: what is promised, the page below it, and behind `=>` all
that a reader learns of it.
"""

from pathlib import Path

from each import for_each

from monitor import extract
from monitor.document import read_text
from tests.extract.told import tell_whole

TEXTS = Path(__file__).parent / "texts"
CASES = [
    case
    for language in ("zh", "en")
    for case in (TEXTS / f"cases.{language}.txt").read_text(encoding="utf-8").split("\n\n# ")[1:]
]


@for_each("case", CASES, ids=lambda case: case.partition("\n")[0])
def test_of_a_page_a_reader_learns_what_is_promised(case):
    promise, _, rest = case.partition("\n")
    page, _, told = rest.partition("\n=>\n")
    _, _, authority = promise.rstrip("]").partition(" [")

    facts = extract.understand(read_text(page), authority=authority or None)

    assert (
        [line for fact in facts for line in tell_whole(fact)] == told.rstrip("\n").split("\n")
        if told
        else not facts
    )
