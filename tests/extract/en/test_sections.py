"""An English act cut into its parts: where its annex begins."""

import pytest

from monitor import extract
from monitor.document import from_text

NAMES = ["Alpha Dynamics Corporation", "Beta Works Co., Ltd.", "Gamma Institute"]


def whom(*lines, authority="jp-meti"):
    (fact,) = extract.understand(from_text("\n\n".join(lines)), authority=authority)
    return [entity.names["en"] for measure in fact.measures for entity in measure.entities]


ROWS = [f"{place}. {name}" for place, name in enumerate(NAMES, 1)]


@pytest.mark.parametrize(
    "lines",
    [
        ("METI adds the following entities to the End User List:", *ROWS),
        ("METI adds the entities in the Annex to the End User List.", "Annex", *ROWS),
    ],
)
def test_a_title_that_ends_in_the_name_of_a_list_makes_no_annex_of_the_act_below_it(lines):
    assert whom("METI Revises End User List", *lines) == NAMES
