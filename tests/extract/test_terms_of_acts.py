"""The terms of whole acts, as `texts/terms.txt` labels them, and of sentences, as
`texts/term-sentences.txt` does: each is read, and none beside.
"""

from pathlib import Path

import terms_scored
from each import for_each

from monitor.extract import account, terms
from monitor.extract.en.words import ENGLISH
from monitor.extract.verb_final.words import LANGUAGES
from monitor.extract.zh.words import CHINESE

TEXTS = Path(__file__).parent / "texts"
ACTS = terms_scored.load(TEXTS / "terms.txt")
SENTENCES = [
    tuple(line.split(" | ", 2))
    for line in (TEXTS / "term-sentences.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
SPOKEN = {"zh": CHINESE, "en": ENGLISH, **LANGUAGES}


@for_each("act", ACTS, ids=lambda act: act.name.split()[0])
def test_of_an_act_each_labelled_term_is_read_and_none_beside(act):
    read = terms_scored.read_terms(act)

    missed = {label.quote for label in terms_scored.find_missed(act, read)}
    wrong = list(terms_scored.find_wrong(act, read))

    assert missed == {label.quote for label in act.labels if label.mark == "not"}
    assert [term.kind for term in wrong] == [
        label.kinds[0] for label in act.labels if label.mark == "beside"
    ]


@for_each(("language", "labels", "sentence"), SENTENCES)
def test_of_a_sentence_each_labelled_term_is_read_and_none_beside(language, labels, sentence):
    """`missed` is a term that is known not to be read; a label without a number allows any."""
    due = {label for label in labels.split("; ") if not label.startswith(("none", "missed "))}

    said = [account.Said(sentence, sentence)]
    found = [each.term for each in terms.read_terms(said, SPOKEN[language])]
    read = {f"{term.kind} {terms_scored.number_of(term)}".strip() for term in found}

    assert due <= read | {term.kind for term in found}
    assert {label.split()[0] for label in read} == {label.split()[0] for label in due}
