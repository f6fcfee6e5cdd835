import pytest
from cases import read_cases
from each import for_each

from monitor.document import read_text
from monitor.extract import en, why
from monitor.model import Announcement


def mentions(text):
    (fact,) = en.report(
        read_text(f"Headline\n{text}"), url="https://a.example/", publisher="Agency"
    )
    assert (fact.kind, fact.publisher) == ("press", "Agency")
    return fact.mentions


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("Announcement No. 61 of 2030", ("mofcom-2030-61",)),
        (
            "Announcements No. 55 to No. 57 of 2030",
            ("mofcom-2030-55", "mofcom-2030-56", "mofcom-2030-57"),
        ),
        ("Announcements No. 61 and 62 of 2030", ("mofcom-2030-61", "mofcom-2030-62")),
        ("Order No. 6 of 2030", ("mofcom-order-2030-6",)),
        ("Notice [2030] No. 10 of the Unreliable Entity List Mechanism", ("uel-2030-10",)),
        ("the notices, No. 61 and No. 62, of 9 October 2030", ("mofcom-2030-61", "mofcom-2030-62")),
        (
            "two announcements published in 2030 as No. 61 and No. 62",
            ("mofcom-2030-61", "mofcom-2030-62"),
        ),
    ],
)
def test_acts_are_named_by_number(words, keys):
    assert (
        mentions(f"China's Ministry of Commerce cited the export control list in {words}.").keys
        == keys
    )


@pytest.mark.parametrize(
    ("phrase", "register"),
    read_cases(
        """
        unreliable entity list | cn-unreliable-entities
        unreliable entities list | cn-unreliable-entities
        list of unreliable organizations | cn-unreliable-entities
        export control list | cn-export-control-entities
        watch list | cn-watch-list
        watchlist | cn-watch-list
        list of unreliable entities | cn-unreliable-entities
        """
    ),
)
def test_registers_by_their_english_names(phrase, register):
    assert mentions(f"Beijing added 5 firms to its {phrase}.").registers == (register,)


def test_entities_are_named_as_listed():
    found = mentions(
        "China added 11 U.S. companies, including drone maker Alpha Inc. and BETA Drones, Inc., to"
        " its unreliable entity list."
    )

    assert [entity.names["en"] for entity in found.entities] == ["Alpha Inc.", "BETA Drones, Inc."]


def test_entities_before_a_passive_verb():
    found = mentions(
        "China said on Oct 9, 2030 that Alpha by Gamma, Delta Technologies "
        "and Epsilon, Inc. were added to the unreliable entity list."
    )

    assert [entity.names["en"] for entity in found.entities] == [
        "Alpha by Gamma",
        "Delta Technologies",
        "Epsilon, Inc.",
    ]


def test_entities_that_a_next_sentence_adds():
    found = mentions(
        "China put 14 firms on its unreliable entity list on Thursday. They include Alpha, Beta"
        " Analytics and Gamma by Delta. Shares in Epsilon fell."
    )

    assert [entity.names["en"] for entity in found.entities] == [
        "Alpha",
        "Beta Analytics",
        "Gamma by Delta",
    ]


def test_entities_that_are_only_counted_have_no_name():
    found = mentions("China added Alpha Inc. and 13 other companies to its unreliable entity list.")

    assert [entity.names["en"] for entity in found.entities] == ["Alpha Inc."]


def test_numbers_that_nothing_calls_an_act_are_none():
    assert mentions("China has its export control list. Reactor No. 61 of 2030 runs.").keys == ()


@pytest.mark.parametrize(
    "text", ["The team won.", "The airline put him on a watch list.", "China won 5 medals."]
)
def test_an_article_on_something_else_says_nothing(text):
    assert en.report(read_text(f"Headline\n{text}"), url="", publisher="") == []


def test_an_article_that_speaks_of_no_register_says_why_it_gives_nothing():
    with why.collect_reasons() as reasons:
        assert en.report(read_text("Headline\nThe weather was fine."), publisher="Agency") == []

    assert [(each.of, each.quote) for each in reasons] == [("page", "Headline")]


def test_a_firm_that_tells_of_the_acts_of_others_and_gives_no_advice_reports():
    text = (
        "Trade update: week of March 3, 2031\n\nBIS added two entities to the Entity List, effective"
        " March 4, 2031.\n\nThis note is general information and does not constitute legal advice."
    )

    facts = en.facts(read_text(text))

    assert [fact.kind for fact in facts] == ["press"]


ADDS = (
    "March 4, 2031\nAddition of Entities to the Entity List\nThe Bureau of Industry and Security (BIS)"
    " adds Kestrel Optics Ltd. to the Entity List. This rule is effective March 4, 2031."
)


@for_each(
    ("head", "foot", "is_act"),
    [
        ("Register :: Document Search", "", False),
        ("Department of Commerce\n1,248 documents found", "", False),
        ('Department of Commerce\n31 results for "entity list"', "", False),
        ("Department of Commerce\nResults 1-20 of 312", "", False),
        ("Department of Commerce\nA search of its office found 1,248 documents.", "", True),
        ("Department of Commerce\nFinal rule", "3 documents found", True),
    ],
)
def test_a_page_that_counts_what_a_search_found_is_no_act(head, foot, is_act):
    facts = en.facts(read_text(f"{head}\n{ADDS}\n{foot}"))

    assert any(isinstance(fact, Announcement) for fact in facts) is is_act


@for_each(
    ("head", "foot", "is_act"),
    [
        ("Trade Week in Review\nIssue 412", "", False),
        ("Sanctions: weekly round-up", "To unsubscribe, write to us.", False),
        ("Department of Commerce\nNewsletter No. 31", "In this issue", False),
        ("Department of Commerce\nWeekly digest", "", True),  # a link beside an act
        ("Department of Commerce\nIssue 412", "You may unsubscribe from these notices.", True),
        ("Department of Commerce", "Subscribe to our newsletter, or unsubscribe.", True),
    ],
)
def test_a_digest_of_acts_is_none(head, foot, is_act):
    facts = en.facts(read_text(f"{head}\n{ADDS}\n{foot}"))

    assert any(isinstance(fact, Announcement) for fact in facts) is is_act
