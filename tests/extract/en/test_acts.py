import pytest

from monitor.document import Block, BlockKind, Document, read_text
from monitor.extract import en
from monitor.extract.en.named_goods import list_named_goods

LISTING = """Announcement of the Unreliable Entity List Working Mechanism
[2030] No. 10
In accordance with the Foreign Trade Law of the People's Republic of China, it has been decided to include 3 U.S. entities,
such as Alpha by Gamma, in the Unreliable Entity List (see the annex), and to take the following measures:
1. The entities above are prohibited from making new investments in China.
This announcement shall take effect as of the date of promulgation.
October 9, 2030
Annex
Unreliable Entity List
1. Alpha by Gamma
2. Epsilon, Inc.
- Epsilon Canada Ltd.
(3) Zeta Institute (a.k.a. ZI)
(All information published on this website is authentic in Chinese.)
""".replace("entities,\nsuch", "entities, such")


def act(text, authority=None):
    (fact,) = en.facts(read_text(text), url="https://a.example/", authority=authority)
    assert fact.language == "en"
    return fact


def decided(words, title="MOFCOM Announcement No. 7 of 2030"):
    (measure,) = act(f"{title}\n{words}\nMinistry of Commerce\nMarch 4, 2030").measures
    return measure


def test_an_act_has_the_key_of_its_chinese():
    fact = act(LISTING)

    assert (fact.key, fact.authority, fact.published, fact.number) == (
        "uel-2030-10",
        "cn-mofcom",
        "2030-10-09",
        "No. 10 of 2030",
    )
    assert fact.legal_basis == ("Foreign Trade Law",)


def test_entries_may_be_items_or_rows_of_a_page():
    text = (
        Block(BlockKind.PARAGRAPH, "It is decided to place 2 entities on the Export Control List."),
        Block(BlockKind.PARAGRAPH, "Annex"),
    )
    items = (Block(BlockKind.ITEM, "Alpha Ltd."), Block(BlockKind.ITEM, "Beta (贝塔公司)"))
    rows = (Block(BlockKind.TABLE, "rows", (("No.", "Name"), ("1", "Alpha Ltd."), ("2", "Beta"))),)
    for annex in (items, rows):
        page = Document(title="MOFCOM Announcement No. 7 of 2030", blocks=text + annex)
        (fact,) = en.facts(page, authority="cn-mofcom")

        assert [entity.names["en"] for entity in fact.measures[0].entities] == [
            "Alpha Ltd.",
            "Beta",
        ]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("MOFCOM Announcement No. 7 of 2030 on a Listing", "mofcom-2030-7"),
        ("Announcement No.7 of 2030 of the Ministry of Commerce", "mofcom-2030-7"),
        ("Ministry of Commerce Order No. 7 of 2030", "mofcom-order-2030-7"),
        ("Unreliable Entity List Working Mechanism Announcement [2030] No. 7", "uel-2030-7"),
        (
            "Announcement of the Unreliable Entity List Working Mechanism\nAnnouncement [2030] No. 7",
            "uel-2030-7",
        ),
    ],
)
def test_series_of_numbers(title, key):
    assert (
        act(f"{title}\nIt is decided to add Alpha Ltd. to the Unreliable Entity List.").key == key
    )


@pytest.mark.parametrize(
    ("words", "action", "register"),
    [
        (
            "has decided to place Alpha Ltd. on the Export Control List",
            "add",
            "cn-export-control-entities",
        ),
        ("decides that Alpha Ltd. is included in the watch list", "add", "cn-watch-list"),
        (
            "decides to remove Alpha Ltd. from the Unreliable Entity List",
            "remove",
            "cn-unreliable-entities",
        ),
    ],
)
def test_verbs_and_lists(words, action, register):
    measure = decided(f"The ministry {words}.")

    assert (measure.action.value, measure.register) == (action, register)
    assert [entity.names["en"] for entity in measure.entities][-1:] == ["Alpha Ltd."]


@pytest.mark.parametrize(
    ("words", "on", "basis"),
    [
        ("shall take effect as of the date of promulgation", "2030-03-04", "publication"),
        ("takes effect immediately", "2030-03-04", "immediate"),
        ("shall come into force on December 1, 2030", "2030-12-01", "explicit"),
        ("takes effect at 12:01 p.m. on April 10, 2030", "2030-04-10T12:01+08:00", "explicit"),
    ],
)
def test_starts(words, on, basis):
    measure = decided(
        f"It is decided to add Alpha Ltd. to the Unreliable Entity List. This announcement {words}."
    )

    assert (measure.starts.on, measure.starts.basis) == (on, basis)


BITES = (
    "Rule No. 7 of 2029: Additions to the Entity List\nThe following is added to the Entity List:"
    " Alpha Ltd., effective from"
)


@pytest.mark.parametrize(
    ("authority", "clock", "on"),
    [
        ("us-bis", "00:01 on 10 November 2029", "2029-11-10T00:01-05:00"),
        ("us-ofac", "12:01 a.m. eastern daylight time on July 10, 2029", "2029-07-10T00:01-04:00"),
        ("eu-council", "00:01 on 10 July 2029", "2029-07-10T00:01+02:00"),
        ("gb-ecju", "00:01 BST on 10 July 2029", "2029-07-10T00:01+01:00"),
    ],
)
def test_an_act_bites_by_the_clock_of_its_issuer_or_of_the_zone_that_it_names(authority, clock, on):
    fact = act(f"{BITES} {clock}.", authority)

    assert [measure.starts.on for measure in fact.measures] == [on]


@pytest.mark.parametrize(
    ("words", "action", "on"),
    [
        ("is suspended until November 10, 2031", "suspend", "2031-11-10"),
        ("is suspended effective immediately for 90 days", "suspend", "2030-06-02"),
        ("is terminated", "repeal", None),
        ("is resumed", "resume", None),
    ],
)
def test_what_happens_to_earlier_acts(words, action, on):
    measure = decided(f"The implementation of Announcements No. 55 to No. 57 of 2029 {words}.")

    assert measure.action.value == action
    assert [target.key for target in measure.amends] == [
        "mofcom-2029-55",
        "mofcom-2029-56",
        "mofcom-2029-57",
    ]
    assert (measure.ends and measure.ends.on) == on


@pytest.mark.parametrize(
    "goods", ["gallium, germanium and alpha powder", "gallium; germanium; alpha powder"]
)
def test_a_ban_by_destination_names_its_goods(goods):
    measure = decided(f"Exports of {goods} to the United States are prohibited.")

    assert [item.names["en"] for item in measure.items] == ["gallium", "germanium", "alpha powder"]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (
            "The export of the following items to Chad shall be prohibited: gallium; germanium.",
            "items",
        ),
        ("It is decided to add Alpha Ltd.; Beta Inc. to the Unreliable Entity List.", "list"),
        (
            (
                "It is decided to implement export controls on the following items:\n1. Gallium"
                " (28053019)\nThe export of the following items to Chad is prohibited:\n1."
                " Germanium (28053020)"
            ),
            "items",
        ),
    ],
)
def test_goods_and_lists_that_are_not_found_or_belong_to_one_of_several_sentences_are_said(
    words, what
):
    fact = act(f"MOFCOM Announcement No. 7 of 2030\n{words}\nMinistry of Commerce\nMarch 4, 2030")

    assert (fact.understood, [part.what for part in fact.not_read]) == ("part", [what])


def test_an_annex_that_is_a_file_is_said():
    fact = act(
        "MOFCOM Announcement No. 7 of 2030\nIt is decided to implement export controls on"
        " goods.\nAnnex: List of Goods.pdf"
    )

    assert [each.title for each in fact.attachments] == ["List of Goods.pdf"]
    assert (fact.understood, [each.what for each in fact.not_read]) == ("part", ["attachment"])


@pytest.mark.parametrize(
    "text",
    [
        (
            "MOFCOM Announcement No. 7 of 2030 on the Anti-Dumping of Alpha\nIt is decided to add"
            " Alpha to the export control list."
        ),
        "MOFCOM Announcement No. 7 of 2030\nIt is decided to hold a fair.",
        "Announcement No. 7 of 2030 of a Port\nIt is decided to add Alpha Ltd. to the watch list.",
        "Remarks on the U.S. Entity List\nThe U.S. side added Alpha Ltd. to its list.",
    ],
)
def test_what_announces_nothing(text):
    assert not [fact for fact in en.facts(read_text(text)) if hasattr(fact, "key")]


def test_the_press_reports():
    (fact,) = en.facts(
        read_text("China said\nBeijing put Alpha Ltd. on its unreliable entity list."),
        publisher="Agency",
    )

    assert (fact.kind, fact.publisher) == ("press", "Agency")


@pytest.mark.parametrize(
    ("title", "body", "key"),
    [
        (
            "Announcement No. 9 of 2030 of the Ministry of Transport",
            "Special port fees are suspended.",
            "mot-2030-9",
        ),
        (
            "Council Decision (CFSP) 2030/9 amending Decision 2010/413/CFSP",
            "The date is replaced by 13 April 2031.",
            "eu-2030-9",
        ),
        (
            (
                "Announcement of the Working Mechanism for Countering Improper Extraterritorial"
                " Jurisdiction [2030] No. 2"
            ),
            "Alpha LLP is placed on the Malicious Entity List.",
            "extraterritorial-2030-2",
        ),
        (
            "Notice to exporters 2030/07: OGEL revoked",
            "The licence is revoked with effect from 1 May 2030.",
            "gb-nte-2030-7",
        ),
        (
            "Regulations Amending the Special Economic Measures, SOR/2030-12",
            "Dealings are prohibited.",
            "sor-2030-12",
        ),
    ],
)
def test_an_act_of_whatever_form_has_the_key_of_its_number(title, body, key):
    fact = act(f"{title}\n{body}")

    assert fact.key == key


@pytest.mark.parametrize("authority", [None, "jp-meti"])
def test_a_headline_on_a_page_of_the_issuer_is_an_act_where_its_text_does_something(authority):
    body = (
        "Ministry of Economy, Trade and Industry. Alpha Ltd. has been added to the End User List,"
        " effective May 6, 2030."
    )
    (fact,) = en.facts(
        read_text(f"METI adds a firm to its End User List\n{body}"), authority=authority
    )

    assert (fact.authority, fact.understood) == ("jp-meti", "full")
    assert [entity.names["en"] for entity in fact.measures[0].entities] == ["Alpha Ltd."]


@pytest.mark.parametrize(
    "text",
    [
        (
            "METI adds a firm to its End User List, paper says\nThe ministry added Alpha Ltd. to"
            " the End User List."
        ),
        (
            "METI adds staff to its export control office\nMinistry of Economy, Trade and Industry."
            " The office is larger."
        ),
    ],
)
def test_a_headline_of_the_press_or_on_something_else_is_none(text):
    assert not [fact for fact in en.facts(read_text(text)) if hasattr(fact, "measures")]


NAMED_IN_WORDS = (
    "MOFCOM Announcement No. 77 of 2030\n\nAnnouncement on Adding Foreign Entities to the"
    " Unreliable Entity List\n\n{words}\n\nThis announcement shall take effect on the date of"
    " publication.\n\nMinistry of Commerce\nMay 6, 2030"
)


@pytest.mark.parametrize(("firms", "understood"), [(150, "full"), (600, "part")])
def test_of_hundreds_of_firms_in_one_sentence_none_goes_without_a_word(firms: int, understood: str):
    names = ", ".join(
        f"Alpha{chr(65 + at % 26)}{chr(65 + at // 26)} Dynamics Corporation" for at in range(firms)
    )
    words = f"China has decided to add {names} and Omega Inc. to the Unreliable Entity List."
    fact = act(NAMED_IN_WORDS.format(words=words), "cn-mofcom")

    entities = [entity for measure in fact.measures for entity in measure.entities]
    assert (fact.understood, len(entities) == firms + 1) == (understood, understood == "full")


NAMED = ["Alpha Dynamics Corporation", "Beta Works Co., Ltd.", "Gamma Institute"]


@pytest.mark.parametrize(
    "words",
    [
        "It is decided to place the following entities on the Unreliable Entity List: {}.",
        "It is decided to remove the following 3 entities from the Unreliable Entity List: {}.",
        "The following entities are added to the Unreliable Entity List: {}.",
    ],
)
@pytest.mark.parametrize("joint", [", ", "; "])
def test_names_behind_the_colon_of_a_sentence_are_read(words, joint):
    measure = decided(words.format(joint.join(NAMED)))

    assert [entity.names["en"] for entity in measure.entities] == NAMED


@pytest.mark.parametrize("mark", ["{}. ", "({}) ", "{}) "])
@pytest.mark.parametrize("where", ["body", "annex"])
def test_a_list_of_more_than_a_thousand_is_read_to_its_end(mark, where):
    rows = [f"{mark.format(place)}Alpha{place} Dynamics Co., Ltd." for place in range(1, 1_003)]
    follows = (
        ["The following entities are added to the Unreliable Entity List:"]
        if where == "body"
        else ["The entities in the Annex are added to the Unreliable Entity List.", "Annex"]
    )

    (measure,) = act("\n".join(["MOFCOM Announcement No. 7 of 2030", *follows, *rows])).measures

    assert [entity.names["en"] for entity in measure.entities][-1] == "Alpha1002 Dynamics Co., Ltd."
    assert len(measure.entities) == 1_002


CONTROL = Block(
    BlockKind.PARAGRAPH,
    "It is decided to implement export controls on the following items listed in the annex:",
)
ITEM_ROWS = (
    ("Code", "Item", "HS"),
    ("1C921.a", "Alpha fibre", "5402499010"),
    ("1C921.b", "Beta fibre", ""),
)


@pytest.mark.parametrize(
    "annexed",
    [
        Block(BlockKind.TABLE, "Code", ITEM_ROWS),
        Block(BlockKind.PARAGRAPH, "1. 1C921.a Alpha fibre (HS 5402499010)\n2. 1C921.b Beta fibre"),
    ],
)
def test_the_goods_of_an_act_may_stand_in_its_annex_in_lines_or_in_a_table(annexed):
    blocks = (CONTROL, Block(BlockKind.PARAGRAPH, "Annex"), annexed)
    (measure,) = en.facts(
        Document(title="MOFCOM Announcement No. 7 of 2030", blocks=blocks), url=""
    )[0].measures

    assert [(item.names["en"], item.codes, item.hs) for item in measure.items] == [
        ("Alpha fibre", ("1C921.a",), ("5402499010",)),
        ("Beta fibre", ("1C921.b",), ()),
    ]


@pytest.mark.parametrize(
    ("heading", "attached"),
    [("Annex", []), ("Annex: Control List of Alpha", ["Control List of Alpha"])],
)
def test_the_heading_of_an_annex_without_a_list_is_an_attachment_where_it_has_a_title(
    heading, attached
):
    words = "It is decided to suspend Announcement No. 55 of 2029."
    fact = act(
        f"MOFCOM Announcement No. 7 of 2030\n{words}\n{heading}\nThe text is published"
        " elsewhere.\nMarch 4, 2030"
    )

    assert [each.title for each in fact.attachments] == attached


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("3 companies, including Alpha Works,", 3),
        ("Alpha Works and two other companies", None),
        ("zero companies, Alpha Works,", None),
    ],
)
def test_an_act_counts_those_it_names_and_not_nobody_or_others(words, count):
    measure = decided(f"It is decided to add {words} to the Watch List.")

    assert (
        measure.stated and measure.stated.entities,
        [entity.names["en"] for entity in measure.entities],
    ) == (
        count,
        ["Alpha Works"],
    )


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Document Number: 2031-04410", "FR Doc. 2031-04410"),
        ("[FR Doc. 2031-04410 Filed 3-3-31; 8:45 am]", "FR Doc. 2031-04410"),
        ("See also document number 2031-04410.", None),
    ],
)
def test_a_document_of_the_federal_register_has_the_number_that_stands_beside_it(line, number):
    fact = act(
        f"Additions to the Entity List\n{line}\nAGENCY: Bureau of Industry and Security, Commerce.\n"
        "SUMMARY: In this rule, BIS amends the Export Administration Regulations by adding one"
        " entity to the Entity List under the destination of Malta: Orhan Valves.",
        authority="us-bis",
    )

    assert (fact.number, fact.key == "fr-2031-04410") == (number, number is not None)


MEANT = "any existing such licenses are suspended."


@pytest.mark.parametrize(
    ("words", "told", "understood"),
    [
        (f"BIS is adding Acme Works LLC to the Entity List. {MEANT.capitalize()}", ["add"], "part"),
        (f"BIS is adding Acme Works LLC to the Entity List; and {MEANT}", ["add"], "part"),
        (
            "BIS is adding Acme Works LLC to the Entity List. Licenses for Chad are suspended.",
            ["add", "suspend"],
            "full",
        ),
        (MEANT.capitalize(), ["suspend"], "full"),
    ],
)
def test_what_a_listing_means_for_licences_of_the_listed_is_no_deed_of_its_own(
    words, told, understood
):
    head = "DEPARTMENT OF COMMERCE\nBureau of Industry and Security\nEntity List changes\n"
    (fact,) = en.facts(read_text(f"{head}ACTION: Final rule.\n{words}"))
    assert [str(made.action) for made in fact.measures] == told
    assert fact.understood == understood


@pytest.mark.parametrize(
    ("doing", "told"),
    [
        ("The Secretary of State, in exercise of powers under the Order, revokes", ["repeal"]),
        (
            "The Secretary of State, acting under article 26 of the Order, hereby revokes",
            ["repeal"],
        ),
        ("The Secretary of State, pursuant to article 26, suspends", ["suspend"]),
        ("The High Court, in exercise of its powers under the Act, revokes", []),
        ("The Secretary of State, in exercise of powers under the Order, intends to revoke", []),
        ("The Secretary of State, in exercise of powers under the Order, considered", []),
    ],
)
def test_grounds_between_an_issuer_and_its_verb_change_nothing_of_what_it_does(doing, told):
    head = "NTE 2031/23: open general licences\nExport Control Joint Unit\n2 October 2031\n"
    words = f"{doing} the open general export licence (military goods)."
    acts = en.facts(read_text(head + words), authority="gb-ecju")
    assert [str(made.action) for act in acts for made in act.measures] == told


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Registrations held in LITE and SPIRE", []),
        ("All pending applications", []),
        ("the existing requests for pumps", []),
        ("Registration plates and cameras", ["Registration plates", "cameras"]),
    ],
)
def test_papers_that_somebody_holds_are_no_goods(words, names):
    assert [item.names["en"] for item in list_named_goods(words, words)] == names


def test_a_licence_that_is_granted_behind_grounds_is_told_by_what_it_authorises():
    granted = "The Minister, in exercise of powers under the Order, grants this licence."
    authorised = "Any act which would otherwise breach regulation 9 is authorised."
    head = "General trade licence: sanctions\nOffice of Trade Sanctions Implementation\n"
    (act,) = en.facts(read_text(f"{head}{granted}\n{authorised}"), authority="gb-otsi")
    assert [made.quote for made in act.measures] == [authorised.rstrip(".")]


FREES = """COUNCIL IMPLEMENTING REGULATION (EU) 2031/150
of 27 May 2031
implementing Regulation (EU) No 126/2013 concerning restrictive measures
HAS ADOPTED THIS REGULATION:
Article 1
The entries for Kestrel Trading LLC and Vesta Ltd are removed from Annex I to that Regulation.
Article 2
The measures {} no longer apply to {}.
"""


@pytest.mark.parametrize(
    ("measures", "whom", "actions"),
    [
        ("of Regulation (EU) No 126/2013", "them", ["remove"]),
        ("of Regulation (EU) No 126/2013", "Kestrel Trading LLC and Vesta Ltd", ["remove"]),
        ("in Article 2 of Regulation (EU) No 126/2013", "Vesta Ltd", ["remove"]),
        ("in Article 2 of Regulation (EU) No 126/2013", "Hestia Lines", ["remove", "amend"]),
        ("in Article 2 of Regulation (EU) No 83/2012", "Vesta Ltd", ["remove", "amend"]),
    ],
)
def test_what_a_removal_means_for_the_removed_alone_is_no_second_deed(measures, whom, actions):
    (found,) = en.facts(read_text(FREES.format(measures, whom)))

    assert [str(each.action) for each in found.measures] == actions
