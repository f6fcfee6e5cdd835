"""An English act cut into its parts: where its annex begins."""

import textwrap

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.extract.en import sections
from monitor.model import Announcement

NAMES = ["Alpha Dynamics Corporation", "Beta Works Co., Ltd.", "Gamma Institute"]


def whom(*lines, authority="jp-meti"):
    (fact,) = extract.understand(read_text("\n\n".join(lines)), authority=authority)
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


def test_a_page_with_the_name_of_an_issuers_own_list_as_its_title_is_an_act_where_something_is_done_to_the_list():
    text = (
        "Review of the End User List\n\nMarch 5, 2031\n\nMETI has revised the End User List. 12"
        " organizations were added."
    )

    (fact,) = extract.understand(read_text(text), authority="jp-meti")

    assert [(str(each.action), each.register) for each in fact.measures] == [
        ("amend", "jp-meti-end-users"),
        ("add", "jp-meti-end-users"),
    ]


def test_such_a_page_on_which_nothing_is_done_is_no_act():
    text = (
        "Review of the End User List\n\nThe End User List gives exporters information on foreign"
        " entities of concern."
    )

    assert not [
        fact
        for fact in extract.understand(read_text(text), authority="jp-meti")
        if isinstance(fact, Announcement)
    ]


EU = (
    "Council Implementing Regulation (EU) 2031/77 implementing Regulation (EU) No 269/2014"
    " concerning restrictive measures"
)
AMENDED = (
    "Annex I to Regulation (EU) No 269/2014 is amended in accordance with the Annex to this"
    " Regulation."
)


def test_a_sentence_of_an_annex_that_adds_somebody_is_one_of_the_act():
    follow = (
        "The following persons and entities are added to the list set out in Annex I to Regulation"
        " (EU) No 269/2014:"
    )
    rows = [
        "A. Persons",
        "1. Ivan ALPHOV. Date of birth: 1.2.1970.",
        "B. Entities",
        "1. JSC Delta Plant. Address: Moscow.",
    ]

    assert whom(EU, "Article 1", AMENDED, "ANNEX", follow, *rows, authority="eu-council") == [
        "Ivan ALPHOV",
        "JSC Delta Plant",
    ]


def test_an_annex_that_lists_somebody_whom_no_measure_names_is_said():
    lines = [EU, "Article 1", AMENDED, "ANNEX", "1. JSC Delta Plant", "2. Epsilon LLC"]

    (fact,) = extract.understand(read_text("\n\n".join(lines)), authority="eu-council")

    assert (fact.understood, [each.what for each in fact.not_read]) == (
        "part",
        ["annex", "sentence"],
    )


def test_a_note_that_is_no_part_of_an_act_hides_neither_what_it_heads_nor_a_schedule_below():
    lines = [
        "Office of Sanctions",
        "(This note is not part of the rule.)",
        "This rule adds Alpha Optics Ltd. to the List.",
        "(This note is not part of the rule.)",
        "The Bureau has consulted widely.",
        "Schedule 1",
        "1. Beta Marine Inc.",
    ]

    kept = list(sections.list_operative_lines(lines))

    assert "This rule adds Alpha Optics Ltd. to the List." in kept
    assert "The Bureau has consulted widely." not in kept
    assert any("Beta Marine Inc." in line for line in kept)


ADDED = "On 3 March 2026 METI added Alpha Dynamics Corporation to the End User List."


@pytest.mark.parametrize(
    ("heading", "behind"),
    [
        ("2 Background", "3 Revocation"),
        ("Section 2. Background.", "Sec. 3. Revocation."),
        ("Sec. 2. Policy and Findings.", "Sec. 3. Revocation."),
        ("2. Legal background:", "3. Decision"),
        ("Article 2 — Reasons", "Article 3 — Entry"),
        ("2) Factual findings", "3) Decision"),
    ],
)
def test_what_stands_under_a_heading_of_history_or_reasons_is_not_done(heading, behind):
    now = "METI adds Beta Works Co., Ltd. to the End User List."

    assert whom("METI Notice on the End User List", heading, ADDED, behind, now) == NAMES[1:2]


@pytest.mark.parametrize(
    ("heading", "behind"),
    [
        ("2 Background", "Enquiries"),  # it may end anywhere
        ("2 Background checks", "3 Revocation"),
        ("2 Listing", "3 Background"),
        ("2. Policy", "3. Decision"),  # which may be the deed
        ("2. Policy Holders Ltd.", "3. Decision"),
    ],
)
def test_what_may_stand_outside_such_a_section_is_done(heading, behind):
    named = whom("METI Notice on the End User List", heading, ADDED, behind, "Nothing.")

    assert named == NAMES[:1]


@pytest.mark.parametrize(
    "said",
    [
        "METI hereby adds Alpha Dynamics Corporation to the End User List.",
        "This notice adds Alpha Dynamics Corporation to the End User List.",
    ],
)
def test_what_an_act_says_of_itself_is_done_under_any_heading(said):
    named = whom("METI Notice on the End User List", "1 Background", said, "2 Entry", "Nothing.")

    assert named == NAMES[:1]


BELOW = (
    "Office of Financial Sanctions Implementation, HM Treasury",
    "1. The Ruritania (Sanctions) (EU Exit) Regulations 2029 were made under an Act.",
    "2. On 14 October 2031 the UK Sanctions List was updated. {said}",
    "ANNEX TO NOTICE",
    "ADDITIONS",
    "Individuals",
    "1. VANTOR, Orsolya",
    "DOB: 19/08/1968. Nationality: Ruritania. Group ID: 20021.",
    "Entities",
    "1. KESTREL BAY HOLDINGS LLP",
    "Address: Strelsau, Ruritania. Group ID: 20022.",
)


def named_below(said):
    lines = (line.format(said=said) for line in BELOW)
    return whom(
        "Financial Sanctions Notice: Ruritania, 14 October 2031", *lines, authority="gb-ofsi"
    )


@pytest.mark.parametrize(
    "said",
    [
        "The entries below have been added and are now subject to an asset freeze.",
        "The persons named below have been designated.",
        "The entities below are now listed.",
        "The persons below have been added to the UK Sanctions List.",
        "The individuals set out below are hereby designated.",
    ],
)
def test_entries_below_that_are_added_are_those_of_the_annex(said):
    assert named_below(said) == ["VANTOR, Orsolya", "KESTREL BAY HOLDINGS LLP"]


@pytest.mark.parametrize(
    "said",
    [
        "The entries below may be added.",
        "The entries below have not been added.",
        "The entries below have been removed.",
        "The entries below have been added to the guidance.",
        "The entries below were designated in 2025.",
    ],
)
def test_entries_below_that_are_not_added_now_are_not_read_from_the_annex(said):
    assert named_below(said) == []


UNVERIFIED = """Revisions to the Unverified List

DEPARTMENT OF COMMERCE
Bureau of Industry and Security
15 CFR Part 744

SUMMARY: BIS amends the Unverified List by adding one person.
DATES: Effective May 6, 2030.

{line}

Additions: Orkhon Instruments LLC (Mongolia).
"""


@pytest.mark.parametrize(
    "line",
    [
        "Amendments: Annex II; Article 5",
        "Added: March 12, 2030",
        "Deleted: Section 4 and Section 5.",
        "Removals: New Zealand; Japan",
        "Removals: Contact the Office of Exporter Services",
        "Deletion: Paragraph (b)",
        "Added: BIS Form 748P",
    ],
)
def test_what_stands_behind_the_colon_of_a_heading_and_is_no_name_is_in_no_measure(line):
    (act,) = extract.understand(read_text(UNVERIFIED.format(line=line)))

    assert isinstance(act, Announcement)
    names = [name.names["en"] for each in act.measures for name in each.entities]
    assert (act.understood, names) == ("part", ["Orkhon Instruments LLC"])


HEADED = """Financial Sanctions Notice: Haiti

Financial Sanctions Notice
05/06/2030
Haiti

{said}

ANNEX
DELISTINGS
Individual
1. DESROCHES, Marc Antoine
DOB: 14/02/1979. Nationality: Haiti. Group ID: 16201.
Office of Financial Sanctions Implementation, HM Treasury
"""


@pytest.mark.parametrize(
    "said",
    [
        "OFSI may revoke the entries in the Annex.",
        "OFSI reminds firms of the entries in the Annex.",
        "In 2029 OFSI withdrew the entries in the Annex.",
        "The court quashed the entries in the Annex.",
    ],
)
def test_a_heading_of_an_annex_does_nothing_of_which_a_sentence_tells_otherwise(said):
    (act,) = extract.understand(read_text(HEADED.format(said=said)))

    assert isinstance(act, Announcement)
    assert (act.understood, act.measures) == ("none", ())


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("BG ES CS DA DE EN FR", "Order on exports"),
        ("DE | EN | FR", "Order on exports"),
        ("55 Newton Road #10-01 Revenue House 307987", "Order on exports"),
        ("No. 7 Old Mill Street, Newtown", "Order on exports"),
        ("12 New Silk Road firms are listed", "12 New Silk Road firms are listed"),
        ("UK EU", "UK EU"),
        ("MINISTRY OF COMMERCE\nPEOPLE'S REPUBLIC OF CHINA", "Order on exports"),
        ("[Federal Register Volume 95, Number 9]\n[Rules and Regulations]", "Order on exports"),
        ("5.5.2031   EN   Official Journal of the European Union   L 2031/9", "Order on exports"),
        ("CORRIGENDUM", "Order on exports"),
        ("United Nations\nMeetings Coverage and Press Releases", "Order on exports"),
        ("Corrigendum to an order", "Corrigendum to an order"),
    ],
)
def test_where_an_office_is_and_in_which_languages_a_page_is_are_no_title(above, title):
    assert sections.set_title(read_text(f"{above}\nOrder on exports\nIt is made.")).title == title


@pytest.mark.parametrize(
    ("head", "start"),
    [
        ("Official Journal\nof the European Union\n\nEN\nL series\n\n2031/77          5.3.2031", 6),
        ("2031/77\t5.3.2031", 6),
        ("Official Journal of the European Union L series 2031/77 5.3.2031", 6),
        ("5.3.2031", None),
        ("Page 2031/77", None),
    ],
)
def test_an_act_of_the_union_begins_by_the_day_of_its_journal_however_wide_the_letterhead(
    head, start
):
    act = (
        "COUNCIL IMPLEMENTING REGULATION (EU) 2031/77 of 3 March 2031 implementing Regulation"
        " (EU) No 269/2014 concerning restrictive measures\n\nHAS ADOPTED THIS REGULATION:\n\n"
        "The entry 'Petra Holm' is deleted from Annex I.\n\nThis Regulation shall enter into force"
        " on the day following that of its publication in the Official Journal of the European"
        " Union.\n\nDone at Brussels, 3 March 2031."
    )

    (fact,) = extract.understand(read_text(f"{head}\n\n{act}"))

    assert [each.starts and each.starts.on for each in fact.measures] == [
        start and f"2031-03-0{start}"
    ]


TITLE = (
    "Announcement No. 58 of 2031 of the Ministry of Commerce on Adding Entities to the Control List"
)
BODY = (
    "In accordance with the Export Control Law and other laws and regulations, and in order to"
    " safeguard national security and interests, it has been decided to add the following three"
    " entities, which have taken part in the sale of arms, to the export control list and to take"
    " the following measures against them as from the day that is named below:"
)
MEASURE = "1. Export operators are prohibited from exporting dual-use items to the three entities."
LIST = ("Annex: List of the entities", *ROWS)
CLOSING = "This Announcement shall take effect on March 1, 2031."
SIGNED = ("Ministry of Commerce", "February 3, 2031")


@pytest.mark.parametrize(
    ("lines", "start"),
    [
        ((BODY, MEASURE, *LIST, CLOSING, *SIGNED), "2031-03-01"),
        ((BODY, MEASURE, *LIST, *SIGNED), None),
        (
            (BODY, MEASURE, CLOSING, *LIST, CLOSING.replace("March", "May"), *SIGNED),
            "2031-03-01",
        ),
    ],
)
def test_an_act_may_say_below_its_list_when_it_begins(lines, start):
    (fact,) = extract.understand(read_text("\n\n".join((TITLE, *lines))), authority="cn-mofcom")
    (measure,) = fact.measures

    assert [entity.names["en"] for entity in measure.entities] == NAMES
    assert (measure.starts.on if measure.starts else None) == start


def test_a_text_that_is_broken_at_any_usual_width_says_the_same():
    lines = (TITLE, BODY, MEASURE, *LIST, CLOSING, *SIGNED)
    for width in (60, 72, 80, 96, 110):
        page = read_text("\n\n".join(textwrap.fill(line, width) for line in lines))
        (fact,) = extract.understand(page, authority="cn-mofcom")
        (measure,) = fact.measures
        assert [each.names["en"] for each in measure.entities] == NAMES, width
        assert measure.register == "cn-export-control-entities", width
