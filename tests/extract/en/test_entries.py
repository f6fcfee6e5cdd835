"""Entries printed below the sentence of an English act that lists them; each through a page of
its issuer.
"""

import pytest

from monitor import extract
from monitor.document import read_text
from monitor.extract.en import entries

SDN = """Counter Proliferation Designations
Department of the Treasury, Office of Foreign Assets Control (OFAC). 11/03/2031.
The following persons have been added to the SDN List:
NORTH STAR FREIGHT CO., LTD. (a.k.a. NSF), Room 4, Batumi, Georgia [NPWMD].
BRIGHT (EUROPE) GMBH, Graz, Austria [NPWMD] [IRAN].
SEA EAGLE; IMO 9123456 (vessel) [NPWMD].
MEIER, Otto; DOB 2 Mar 1970 (individual) [NPWMD].
The following deletion has been made:
OLD MILL COMPANY, Sofia, Bulgaria [NPWMD].
"""
UK = """Financial Sanctions Notice: Libya
Office of Financial Sanctions Implementation, 3 May 2031.
On 3 May 2031 the following individuals were removed from the UK Sanctions List:
1. ALI, Hassan. DOB: 4/3/1970. Nationality: Libya
2. OMAR, Said (a.k.a. Sayid), born 1961
Signed by the Office.
"""


def act(text):
    (fact,) = extract.understand(read_text(text))
    return fact


def entities(text):
    return [
        [(each.names["en"], each.kind) for each in measure.entities]
        for measure in act(text).measures
    ]


def test_a_number_or_a_dash_within_a_name_is_no_mark_of_its_line():
    names = ["Plant 22 Ltd.", "Delta7 LLC", "Omega – Sigma Holding"]
    numbered = [f"{place}. {name}" for place, name in enumerate(names, 1)]

    for lines in (names, numbered):
        told = act(SDN.partition("NORTH")[0] + "\n".join(lines))
        assert [entity.names["en"] for entity in told.measures[0].entities] == names


@pytest.mark.parametrize(("text", "day"), [(SDN, "2031-11-03"), (UK, "2031-05-03")])
def test_the_day_behind_the_issuer_is_that_of_the_act_months_first_in_the_united_states(text, day):
    assert act(text).published == day


@pytest.mark.parametrize(
    ("title", "sentence", "action"),
    [
        (
            "Security Council 1533 Committee Adds One Entry to Its Sanctions List",
            (
                "On 7 July 2031 the Security Council Committee approved the addition of the entry"
                " below to its list."
            ),
            "add",
        ),
        (
            (
                "Security Council ISIL (Da'esh) and Al-Qaida Sanctions Committee Removes One Entry"
                " from Its Sanctions List"
            ),
            "On 7 July 2031, the Committee removed the entry below from its list.",
            "remove",
        ),
        (
            "Security Council 1533 Committee Amends One Entry on Its Sanctions List",
            "On 7 July 2031 the Security Council Committee amended the entry below.",
            "amend",
        ),
    ],
)
@pytest.mark.parametrize("between", [" ", "\n"])
def test_a_release_that_prints_the_entries_of_the_council_is_its_act(
    title, sentence, action, between
):
    fact = act(
        f"{title}\n{sentence}{between}QDi.511 Name: 1: AHMAD 2: SAID 3: na Title: na DOB: 1 Jan."
        " 1970"
    )
    (measure,) = fact.measures

    assert (measure.action.value, measure.register, measure.starts.on) == (
        action,
        "un-sc",
        "2031-07-07",
    )
    assert [(each.names["en"], each.kind) for each in measure.entities] == [
        ("AHMAD SAID", "person")
    ]


@pytest.mark.parametrize(
    "printed",
    [
        (
            "SDN List.\nLOST COMPANY, Graz, Austria [NPWMD].\nThe office is closed:\nBRIGHT LTD.,"
            " Graz, Austria [IRAN]."
        ),
        "SDN List:",
    ],
)
def test_entries_that_were_not_read_make_it_part(printed):
    head = "Iran-related Designations\nOffice of Foreign Assets Control. 05/06/2030."
    fact = act(f"{head}\nThe following entities have been added to the {printed}")

    assert fact.understood == "part"


ADDED = "The following entities have been added:"


def below(*lines, sentence=ADDED):
    return [
        (each.names["en"], each.kind)
        for each in entries.read_entries_below([sentence, *lines], sentence)
    ]


@pytest.mark.parametrize("apart", [True, False])
def test_every_entry_of_the_council_is_read_whether_a_line_holds_one_or_several(apart):
    lines = [
        "QDe.007 Name: 1: ACME 2: na",
        "QDi.008 Name: 1: RI 2: WON HO 3: na DOB: 1 Jan. 1970",
        "CDe.009 LATE TRADING Address: Minsk",
    ]

    assert below(*(lines if apart else [" ".join(lines)]), "Other line") == [
        ("ACME", "org"),
        ("RI WON HO", "person"),
        ("LATE TRADING", "org"),
    ]


def test_a_day_among_the_details_of_an_entry_is_no_signature():
    assert below(
        "DOE, John; DOB 4 May 1979", "ROE, Max, born 5 May 1980", "Ottawa, 4 May 2030"
    ) == [
        ("DOE, John", "person"),
        ("ROE, Max", "person"),
    ]


def test_the_kind_of_an_entry_is_told_behind_it_or_by_the_heading_above():
    with_programmes = [
        "DOE, John; DOB 4 May 1979 (individual) [SDGT].",
        "SEA STAR (vessel) [IRAN]",
        "ROE, Ltd [SDGT]",
        "DOE, Jane",
    ]
    headed = [
        "A. Natural persons",
        "1. Jane ROE",
        "DOB: 2 May 1971",
        "B. Entities",
        "2. Alpha bin Works",
        "Regards, OFAC",
    ]

    assert below(*with_programmes) == [
        ("DOE, John", "person"),
        ("SEA STAR", "vessel"),
        ("ROE, Ltd", "org"),
    ]
    assert below(*headed) == [("Jane ROE", "person"), ("Alpha bin Works", "org")]


@pytest.mark.parametrize(
    "line",
    [
        "alpha works",
        "Alpha, 4 May 2030",
        "Alpha is an entity",
        "The following list:",
        "A" * 140,
        "Office of Foreign Assets Control",
    ],
)
def test_a_line_that_tells_something_or_is_signed_is_no_entry(line):
    assert below(line, "BETA WORKS") == []


def test_a_line_of_another_form_ends_the_entries():
    assert below("1. Alpha Works", "Beta Works") == below("1. Alpha Works")
    assert below("Alpha Works", "1. Beta Works") == [("Alpha Works", "org")]
    assert below("A" * 89, "Beta de la Cruz") == [("A" * 89, "org"), ("Beta de la Cruz", "org")]


def test_entries_may_begin_in_the_line_of_their_sentence_and_nowhere_else():
    begun = entries.read_entries_below([f"{ADDED} ALPHA WORKS", "BETA WORKS"], ADDED)

    assert [each.names["en"] for each in begun] == ["ALPHA WORKS", "BETA WORKS"]
    assert entries.read_entries_below(["Another sentence.", "ALPHA WORKS"], ADDED) == ()


@pytest.mark.parametrize(
    ("sentence", "may_follow"),
    [
        (ADDED, True),
        ("The entities below are added", True),
        ("The following in alphabetical order:", True),
        ("It approved the additions below", True),
        ("The following rules:", False),
        ("The following entities may apply", False),
    ],
)
def test_a_sentence_says_that_entries_follow(sentence, may_follow):
    assert entries.is_introduction(sentence) == may_follow


def test_a_number_of_the_councils_list_is_given_by_the_council_alone():
    assert entries.is_printed_by("un-sc", "QDe.007 ACME")
    assert not entries.is_printed_by("us-ofac", "QDe.007 ACME")
    assert not entries.is_printed_by("un-sc", "ACME")


ADDRESS = "Building 4, Long Software Avenue, Third District of the Town, Some Province, China"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (f"- Alpha Works Co., Ltd., {ADDRESS}", "Alpha Works Co., Ltd."),
        (f"2. Beta Mill LLC, {ADDRESS}", "Beta Mill LLC"),
        (f"- Alpha Works, {ADDRESS} and {ADDRESS}", None),
    ],
)
def test_behind_the_legal_form_of_a_firm_a_long_address_may_stand(line, name):
    assert [found for found, _ in below(line)] == ([name] if name else [])


@pytest.mark.parametrize(
    "alias", ["alias ALIF TRADING", "Alias: ALIF TRADING", "a.k.a. ALIF TRADING"]
)
def test_an_alias_in_brackets_is_another_name(alias):
    line = f"1. ALPHA WORKS ({alias}). Address: Minsk."
    (found,) = entries.read_entries_below([ADDED, line], ADDED)
    assert (found.names, found.aliases) == ({"en": "ALPHA WORKS"}, ("ALIF TRADING",))


ANNEXED = "HM Treasury\nFinancial Sanctions Notice\n10/09/2031\n{}\nANNEX TO NOTICE\n{}"
ENTRIES = [
    "Individuals\n1. DOE, John\nDOB: 19/03/1969.",
    "Entity\n1. ALPHA WORKS LLC\na.k.a: ALIF.",
]
NOW = (
    "With effect from 10 September 2031, the following entries have been {} the Consolidated List."
)


@pytest.mark.parametrize(
    ("said", "annex", "told"),
    [
        (
            NOW.format("added to"),
            "ADDITIONS\n{}\n{}",
            {("add", "DOE, John"), ("add", "ALPHA WORKS LLC")},
        ),
        (
            "4. The following persons and entities have been removed from the UK Sanctions List.",
            "DELISTINGS\n{}\n{}",
            {("remove", "DOE, John"), ("remove", "ALPHA WORKS LLC")},
        ),
        (
            f"{NOW.format('added to')} {NOW.format('removed from')}",
            "Deletions\n{}\nAdditions\n{}",
            {("remove", "DOE, John"), ("add", "ALPHA WORKS LLC")},
        ),
        (NOW.format("added to"), "Persons\n{}\n{}", set()),
        ("The Office added an entry to the Consolidated List.", "REMOVALS\n{}\n{}", set()),
    ],
)
def test_those_who_follow_are_in_an_annex_whose_heading_says_the_same(said, annex, told):
    read = act(ANNEXED.format(said, annex.format(*ENTRIES)))
    found = {(str(m.action), each.names["en"]) for m in read.measures for each in m.entities}
    assert found == told
