"""What stands below or behind the name of an entry, as publishers print it."""

import pytest

from monitor import extract
from monitor.document import read_text

OFSI = """Financial Sanctions Notice: Ruritania
Office of Financial Sanctions Implementation, HM Treasury
3 May 2031
1. The following entries have been added to the UK Sanctions List and are now subject to an asset \
freeze.
ANNEX TO NOTICE
ADDITIONS
Entities
{}
"""
OFAC = """Counter Proliferation Designations
Department of the Treasury, Office of Foreign Assets Control (OFAC). 11/03/2031.
The following persons have been added to OFAC's SDN List:
{}
"""
COUNCIL = """Security Council 1533 Committee Adds One Entry to Its Sanctions List
SC/20001
3 May 2031
On 3 May 2031, the Security Council Committee approved the addition of the entries below to its \
Sanctions List.
{}
"""


def read(text):
    (fact,) = extract.understand(read_text(text))
    return fact


def names(fact):
    return [dict(each.names) for measure in fact.measures for each in measure.entities]


@pytest.mark.parametrize(
    ("label", "own", "told"),
    [
        ("Name (non-Latin script)", "北山轴承有限公司", {"zh": "北山轴承有限公司"}),
        ("Name (Cyrillic script)", "Северная гора", {}),
        ("Original script", "Северная гора", {}),
    ],
)
def test_a_line_with_the_name_in_its_own_letters_is_of_the_entry_above(label, own, told):
    fact = read(
        OFSI.format(
            f"1. NORTH HILL BEARINGS LTD\n{label}: {own}\nAddress: Strelsau. Group ID: 20001.\n"
            "2. SOUTH HILL BEARINGS LTD\nAddress: Strelsau. Group ID: 20002."
        )
    )

    assert fact.understood == "full"
    assert names(fact) == [
        {"en": "NORTH HILL BEARINGS LTD"} | told,
        {"en": "SOUTH HILL BEARINGS LTD"},
    ]
    assert own in fact.measures[0].entities[0].spellings


def test_a_line_with_another_name_is_none_of_the_entry_above():
    fact = read(OFSI.format("1. NORTH HILL BEARINGS LTD\nCatherine Hill Trading Ltd\n"))

    assert fact.understood == "part"


@pytest.mark.parametrize(
    ("line", "understood"),
    [
        ("Deleted words are shown in strikethrough; added words are underlined.", "full"),
        ("New details are printed in bold.", "full"),
        ("Group Seven are shown in bold and stay listed.", "part"),
    ],
)
def test_a_line_on_how_entries_are_printed_is_no_entry(line, understood):
    fact = read(OFSI.format(f"{line}\n1. NORTH HILL BEARINGS LTD\nAddress: Strelsau."))

    assert (fact.understood, names(fact)) == (understood, [{"en": "NORTH HILL BEARINGS LTD"}])


@pytest.mark.parametrize(
    ("form", "entry", "name"),
    [
        (
            OFAC,
            (
                "NORTH HILL SHIPPING LIMITED (a.k.a. NORTH HILL SHG LTD), Trust Company House, Zenda;"
                " Identification Number IMO 9999993 [NPWMD]."
            ),
            "NORTH HILL SHIPPING LIMITED",
        ),
        (
            OFAC,
            (
                'MEIER, Otto (a.k.a. "THE MILLER"), Zenda; DOB 2 Mar 1970; Secondary sanctions risk:'
                " section 1(b) of Executive Order 13224; Passport A1 expires 5 May 2033 (individual)"
                " [NPWMD]."
            ),
            "MEIER, Otto",
        ),
        (
            COUNCIL,
            (
                "CDe.001 Name: NORTH HILL BRIGADE A.k.a.: a) Hill Men Address: Zenda Listed on: 3 May"
                " 2031 Other information: Led by A. Meier. Shareholder of Hill Mining Co. Ltd."
            ),
            "NORTH HILL BRIGADE",
        ),
    ],
)
def test_what_an_entry_says_of_somebody_behind_a_point_is_not_left_over(form, entry, name):
    fact = read(form.format(entry))

    assert names(fact) == [{"en": name}]
    assert fact.understood == "full"


def test_what_is_done_behind_an_entry_is_not_lost():
    entry = "NORTH HILL SHIPPING LIMITED, Zenda, Ruritania [NPWMD]. "
    stayed = read(OFAC.format(f"{entry}The listing is suspended until 5 June 2031."))
    removed = read(OFAC.format(f"{entry}South Hill Bearings Ltd is removed from the list."))

    assert stayed.understood == "part"
    assert [each.action.value for each in removed.measures] == ["add", "remove"]


@pytest.mark.parametrize("head", ["change has", "changes have"])
def test_one_entry_that_is_changed_is_read_as_several_are(head):
    printed = "NORTH HILL LTD, Zenda [NPWMD]. -to- NORTH HILL LTD (a.k.a. NHL), Strelsau [NPWMD]."
    fact = read(OFAC.replace("persons have been added", f"{head} been made").format(printed))

    assert [(each.action.value, each.register) for each in fact.measures] == [
        ("amend", "us-ofac-sdn")
    ]
    assert names(fact) == [{"en": "NORTH HILL LTD"}]


@pytest.mark.parametrize(
    "line",
    [
        "News release | Back to Recent Actions",
        "Related topics: Trade",
        "About us | Help | Accessibility | Terms",
    ],
)
def test_the_links_of_a_site_below_entries_are_not_left_over(line):
    entry = "NORTH HILL SHIPPING LIMITED, Zenda, Ruritania [NPWMD]."

    assert read(OFAC.format(f"{entry}\n{line}")).understood == "full"
    assert read(OFAC.format(f"{entry}\nRelated firms: South Hill Trading Ltd")).understood == "part"


def test_the_day_below_the_menus_of_a_site_is_that_of_its_act():
    entry = "CDe.001 Name: NORTH HILL BRIGADE" + "\nAddress: Zenda" * 6
    title, _, rest = COUNCIL.format(entry).partition("\n")
    menus = "Welcome to the Council\nLatest news\nHome | Organs | All News\nSkip to content"
    text = f"{title}\n{menus}\nMeetings Coverage\n{rest}"

    assert read(text).published == "2031-05-03"


INSTRUMENT = """Autonomous Sanctions (Ruritania) Amendment (No. 2) Instrument 2031
I, Penelope Roe, Minister for Foreign Affairs, make the following instrument.
Dated 5 May 2031
2 Commencement
Column 1 | Column 2 | Column 3
Provisions | Commencement | Date/Details
1. The whole of this instrument | {} | {}
Schedule 1—Amendments
Autonomous Sanctions (Designated Persons and Entities—Ruritania) List 2014
1 In the appropriate position in Part 2 of Schedule 1
Insert:
{}
"""


@pytest.mark.parametrize(
    ("commences", "on", "told"),
    [
        ("7 May 2031.", "7 May 2031", "2031-05-07"),
        ("The start of 7 May 2031.", "7 May 2031", "2031-05-07"),
        ("A single day to be fixed.", "", None),
    ],
)
def test_a_table_of_commencement_says_when_the_whole_begins(commences, on, told):
    fact = read(INSTRUMENT.format(commences, on, "8  Name of entity: North Hill Ltd"))
    starts = fact.measures[0].starts

    assert (starts and starts.on) == told
    assert told is None or fact.understood == "full"


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Entity", "org"),
        ("Individual", "person"),
        ("Vessel", "vessel"),
        ("Name of person", "person"),
    ],
)
def test_a_label_behind_the_number_of_an_entry_says_what_it_names(label, kind):
    lines = [f"{number} {label}: NORTH HILL {number}; Address: Zenda" for number in (214, 215)]
    fact = read(INSTRUMENT.format("7 May 2031.", "7 May 2031", "\n".join(lines)))
    listed = [(each.names["en"], each.kind) for each in fact.measures[0].entities]

    assert listed == [("NORTH HILL 214", kind), ("NORTH HILL 215", kind)]


def test_a_label_without_a_number_tells_of_the_entry_above():
    fact = read(OFSI.format("1. DOE, John\nDOB: 2 May 1971\nCompany: South Hill Mining Ltd"))

    assert names(fact) == [{"en": "DOE, John"}]
