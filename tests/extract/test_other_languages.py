"""Acts and other pages in languages that no grammar reads: an act is told as not understood, with
its issuer and day; what explains, reports or asks is none.

`texts/other-languages.txt`: the page, and behind `=>` the issuer and day, or `none`.
"""

from pathlib import Path

import pytest
from each import for_each

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement

TEXTS = (Path(__file__).parent / "texts" / "other-languages.txt").read_text(encoding="utf-8")
CASES = [tuple(case.split("\n=> ")) for case in TEXTS.strip().split("\n\n# ")[1:]]


@for_each(("page", "told"), CASES, ids=[page.partition("\n")[0] for page, _ in CASES])
def test_an_act_in_a_language_without_a_grammar_is_never_silent(page: str, told: str) -> None:
    facts = extract.understand(read_text(page.partition("\n")[2]))

    acts = [fact for fact in facts if isinstance(fact, Announcement)]
    assert [f"{act.authority} {act.published} {act.understood}" for act in acts] == (
        [] if told == "none" else [f"{told} none"]
    )


HEADS = {
    "JORF n°0112 du 9 mai 2031\nTexte n° 7\nArrêté du 6 mai 2031 portant gel des avoirs\n"
    "Le ministre de l'économie arrête :\nLes fonds de M. Paul HOLM sont gelés.": 2,
    "AS 2031 77\nVerordnung über Massnahmen gegenüber Belarus\nÄnderung vom 6. Mai 2031\n"
    "Das Eidgenössische Departement für Wirtschaft, Bildung und Forschung (WBF) verordnet:": 1,
    "Verordnung über Massnahmen gegenüber Belarus\nÄnderung vom 6. Mai 2031\n"
    "Das Eidgenössische Departement für Wirtschaft, Bildung und Forschung (WBF) verordnet:": 0,
}


@pytest.mark.parametrize(("page", "title"), HEADS.items(), ids=("JORF", "AS", "none"))
def test_an_act_is_called_by_its_own_title_not_by_its_journal(page: str, title: int) -> None:
    (act,) = extract.understand(read_text(page))

    assert isinstance(act, Announcement)
    assert act.title == page.splitlines()[title]
