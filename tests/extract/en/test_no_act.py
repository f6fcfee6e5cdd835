"""Which English pages are no acts by their form, whatever deeds they tell of."""

import pytest
from each import for_each

from monitor import extract
from monitor.document import read_text
from monitor.extract.en import no_act
from monitor.model import Announcement

ASKED = "1. When does the Council add the yard?\n{}\n"
ASKED += (
    "The Council added the yard to Annex IV to Regulation (EU) 2031/77 with effect from 4 May 2031."
)
TELLS = "On 4 May 2031 the Committee added two individuals to its sanctions list. {}"
ASKS = "2. Exporters may send {} 30th June, 2031. Exports of borates are prohibited."


@for_each(
    ("text", "form"),
    [
        ("European Parliament\nWritten question\n" + ASKED.format("Answer"), "an answer to"),
        ("House of Commons\n" + ASKED.format("Reply by the Minister of Trade:"), "an answer to"),
        ("Licensing desk\n" + ASKED.format("2. Response"), "an answer to"),
        ("Council of the Union\n" + ASKED.format("The Council acted."), ""),
        ("Council of the Union\nAnswer\nThe Council added a yard.", ""),
        (
            "Security Council\nLetter dated 3 May 2031 from the Chair of the Committee addressed to"
            " the President of the Security Council\n" + TELLS.format(""),
            "a letter",
        ),
        (
            "House of Commons\nLetter dated 3 May 2031 from the Office of Sanctions to the Clerk\n"
            + TELLS.format(""),
            "a letter",
        ),
        ("Security Council\nHaving seen the letter dated 3 May 2031 from its Chair to it,", ""),
        (
            "Panel of Experts\nConclusions and recommendations\n"
            + TELLS.format("\nThe Panel recommends that the Committee list a third."),
            "a report",
        ),
        ("Trade Audit Office\nV. Recommendations\nThe Office recommends listing X.", "a report"),
        ("The Committee recommends vigilance.\n" + TELLS.format(""), ""),
        ("Recommendations\n" + TELLS.format(""), ""),
        (
            "Subject: Inviting comments on the licence for borates\n"
            + ASKS.format("comments until the"),
            "a draft",
        ),
        ("RE: Draft Order on borates\n" + ASKS.format("their views not later than"), "a draft"),
        (
            "Sub. - Proposed control of borates\nComments must be received within 60 days.",
            "a draft",
        ),
        ("Subject: Proposed list of borates\nACTION: Final rule.\n" + ASKS.format("views by"), ""),
        ("Subject: Order on borates\n" + ASKS.format("comments by"), ""),
        (
            "Subject: Draft Order on borates, adopted\nExports of borates end by 30th June, 2031.",
            "",
        ),
    ],
)
def test_the_form_of_a_page_says_that_it_is_no_act(text, form):
    found = no_act.find_form(read_text(text))
    assert found.startswith(form) if form else not found


@pytest.mark.parametrize(
    ("head", "is_act"),
    [("Reasons\n", True), ("Why?\nAnswer\n", False)],
)
def test_a_page_of_such_a_form_decides_nothing(head, is_act):
    opens = "Council decision on sanctions\nCouncil of the European Union\n"
    done = "On 4 May 2031 the Council added Acme Ltd to Annex IV to Regulation (EU) No 269/2014."
    facts = extract.understand(read_text(f"{opens}{head}{done}"))
    assert any(isinstance(fact, Announcement) for fact in facts) is is_act


@for_each(
    ("title", "form"),
    [
        ("Subscribe to changes of the List", "an invitation"),
        ("Register for changes of the List", "an invitation"),
        ("Registered changes of the List", ""),
        ("Register of Designated Vessels (Amendment) Order", ""),
    ],
)
def test_a_title_says_what_a_page_is_that_does_nothing(title, form):
    found = no_act.find_titled_form(title)
    assert found.startswith(form) if form else not found
