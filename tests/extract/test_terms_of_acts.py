"""The terms of whole acts, as `texts/terms.txt` labels them: each is read, and none beside."""

from pathlib import Path

import pytest
import terms_scored

ACTS = terms_scored.load(Path(__file__).parent / "texts" / "terms.txt")


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name.split()[0])
def test_of_an_act_each_labelled_term_is_read_and_none_beside(act):
    read = terms_scored.read_terms(act)

    missed = {label.quote for label in terms_scored.find_missed(act, read)}
    wrong = list(terms_scored.find_wrong(act, read))

    assert missed == {label.quote for label in act.labels if label.mark == "not"}
    assert [term.kind for term in wrong] == [
        label.kinds[0] for label in act.labels if label.mark == "beside"
    ]
