"""Acts and other pages in languages that no grammar reads: an act is told as not understood, with
its issuer and day; what explains, reports or asks is none.

`texts/other-languages.txt`: the page, and behind `=>` the issuer and day, or `none`.
"""

from pathlib import Path

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement

TEXTS = (Path(__file__).parent / "texts" / "other-languages.txt").read_text(encoding="utf-8")
CASES = [tuple(case.split("\n=> ")) for case in TEXTS.strip().split("\n\n# ")[1:]]


@pytest.mark.parametrize(
    ("page", "told"), CASES, ids=[page.partition("\n")[0] for page, _ in CASES]
)
def test_an_act_in_a_language_without_a_grammar_is_never_silent(page: str, told: str) -> None:
    facts = extract.understand(read_text(page.partition("\n")[2]))

    acts = [fact for fact in facts if isinstance(fact, Announcement)]
    assert [f"{act.authority} {act.published} {act.understood}" for act in acts] == (
        [] if told == "none" else [f"{told} none"]
    )
