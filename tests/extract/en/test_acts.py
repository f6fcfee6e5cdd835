import pytest

from monitor.document import Block, BlockKind, Document, from_text
from monitor.extract import en

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
    (fact,) = en.facts(from_text(text), url="https://a.example/", authority=authority)
    assert fact.language == "en"
    return fact


def decided(words, title="MOFCOM Announcement No. 7 of 2030"):
    (measure,) = act(f"{title}\n{words}\nMinistry of Commerce\nMarch 4, 2030").measures
    return measure


def test_an_act_has_the_key_of_its_chinese():
    fact = act(LISTING)

    assert (fact.key, fact.authority, fact.published, fact.number) == ("uel-2030-10", "cn-mofcom", "2030-10-09", "No. 10 of 2030")
    assert fact.legal_basis == ("Foreign Trade Law",)


def test_the_annex_lists_the_entities():
    (measure,) = act(LISTING).measures

    assert (measure.action.value, measure.register) == ("add", "cn-unreliable-entities")
    assert [entity.names["en"] for entity in measure.entities] == [
        "Alpha by Gamma",
        "Epsilon, Inc.",
        "Epsilon Canada Ltd.",
        "Zeta Institute",
    ]
    assert [entity.parent for entity in measure.entities] == [None, None, "Epsilon, Inc.", None]
    assert measure.entities[3].aliases == ("ZI",)
    assert {entity.country for entity in measure.entities} == {"US"}
    assert measure.stated.entities == 3
    assert (measure.starts.on, measure.starts.basis) == ("2030-10-09", "publication")


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

        assert [entity.names["en"] for entity in fact.measures[0].entities] == ["Alpha Ltd.", "Beta"]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("MOFCOM Announcement No. 7 of 2030 on a Listing", "mofcom-2030-7"),
        ("Announcement No.7 of 2030 of the Ministry of Commerce", "mofcom-2030-7"),
        ("Ministry of Commerce Order No. 7 of 2030", "mofcom-order-2030-7"),
        ("Unreliable Entity List Working Mechanism Announcement [2030] No. 7", "uel-2030-7"),
    ],
)
def test_series_of_numbers(title, key):
    assert act(f"{title}\nIt is decided to add Alpha Ltd. to the Unreliable Entity List.").key == key


@pytest.mark.parametrize(
    ("words", "action", "register"),
    [
        ("has decided to place Alpha Ltd. on the Export Control List", "add", "cn-export-control-entities"),
        ("decides that Alpha Ltd. is included in the watch list", "add", "cn-watch-list"),
        ("decides to remove Alpha Ltd. from the Unreliable Entity List", "remove", "cn-unreliable-entities"),
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
    measure = decided(f"It is decided to add Alpha Ltd. to the Unreliable Entity List. This announcement {words}.")

    assert (measure.starts.on, measure.starts.basis) == (on, basis)


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
    assert [target.key for target in measure.amends] == ["mofcom-2029-55", "mofcom-2029-56", "mofcom-2029-57"]
    assert (measure.ends and measure.ends.on) == on


def test_goods_have_codes_and_tariff_numbers():
    measure = decided(
        "It is decided to implement export controls on the following items:\n1C117.d. Alpha metal:\n"
        "1. Powder of alpha (reference HS code: 2841801000);\n2. 1C117.c Beta oxide (HS codes 28418020, 28418030)."
    )

    assert [(item.names["en"], item.codes, item.hs) for item in measure.items] == [
        ("Powder of alpha", ("1C117.d",), ("2841801000",)),
        ("Beta oxide", ("1C117.c",), ("28418020", "28418030")),
    ]


def test_a_ban_by_destination():
    measure = decided("Exports of dual-use items to military users in the United States are prohibited.")

    assert (measure.action.value, measure.destinations) == ("restrict", ("US",))


def test_an_annex_that_is_a_file_is_said():
    fact = act(
        "MOFCOM Announcement No. 7 of 2030\nIt is decided to implement export controls on goods.\nAnnex: List of Goods.pdf"
    )

    assert [each.title for each in fact.attachments] == ["List of Goods.pdf"]
    assert (fact.understood, [each.what for each in fact.not_read]) == ("part", ["attachment"])


@pytest.mark.parametrize(
    "text",
    [
        "MOFCOM Announcement No. 7 of 2030 on the Anti-Dumping of Alpha\nIt is decided to add Alpha to the export control list.",
        "MOFCOM Announcement No. 7 of 2030\nIt is decided to hold a fair.",
        "Announcement No. 7 of 2030 of a Port\nIt is decided to add Alpha Ltd. to the watch list.",
        "Remarks on the U.S. Entity List\nThe U.S. side added Alpha Ltd. to its list.",
    ],
)
def test_what_announces_nothing(text):
    assert not [fact for fact in en.facts(from_text(text)) if hasattr(fact, "key")]


def test_an_authority_that_only_speaks_of_a_list_restates_it():
    (fact,) = en.facts(from_text("Remarks\nChina put Alpha Ltd. on its unreliable entity list."), authority="cn-mofcom")

    assert fact.kind == "restatement"


def test_the_press_reports():
    (fact,) = en.facts(from_text("China said\nBeijing put Alpha Ltd. on its unreliable entity list."), publisher="Agency")

    assert (fact.kind, fact.publisher) == ("press", "Agency")
