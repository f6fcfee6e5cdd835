"""Names of those who are listed, in running English."""

import pytest
from cases import read_cases
from each import for_each

from monitor import extract
from monitor.document import read_text
from monitor.extract.en import issuers, names, numerals, places
from monitor.model import Announcement


def named(words):
    return [entity.names["en"] for entity in names.read_prose_entities(words)]


def listed(words):
    return [(entity.names["en"], entity.kind) for entity in names.read_entities(words)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("11 firms, including Alpha Works and Beta Mill", ["Alpha Works", "Beta Mill"]),
        (
            "Alpha Works, Inc., Beta Mill Co., Ltd. and three others",
            ["Alpha Works, Inc.", "Beta Mill Co., Ltd."],
        ),
        ("Alpha Works's and Beta", ["Alpha Works", "Beta"]),
        ("A1 Works as well as two more firms", ["A1 Works"]),
        ("Two Entities, Chinese Alpha Works", ["Alpha Works"]),
        ("the firms that run Alpha Works", ["Alpha Works"]),
        (
            "Beijing Alpha Computing Co., Ltd.; and Japan Beta Mill, Inc.",
            ["Beijing Alpha Computing Co., Ltd.", "Japan Beta Mill, Inc."],
        ),
        ("Beijing and Alpha Works", ["Alpha Works"]),
        (
            "the entries for ``Alpha Works'' and ``Beta Mill, Inc.''",
            ["Alpha Works", "Beta Mill, Inc."],
        ),
        ("Pub. L. 116-283 and Alpha Works", ["Alpha Works"]),
        ("those in II and in XIV", []),
        ("Alpha Works II and VX Beta", ["Alpha Works II", "VX Beta"]),
        ("Six and Alpha", ["Alpha"]),
        ("General License 9 and Alpha Works", ["Alpha Works"]),
        ("Chad and Beta Mill", ["Beta Mill"]),
        ("the Ministry of Commerce and Alpha Works", ["Alpha Works"]),
        ("the Entity List and Beta Mill", ["Beta Mill"]),
        ("a list of 3 and of B", []),
        ("Alfa Sanayi ve Ticaret A.S. and Beta Mill", ["Alfa Sanayi ve Ticaret A.S.", "Beta Mill"]),
        ("Empresa de Comercio del Sur S.A.", ["Empresa de Comercio del Sur S.A."]),
        ("Gesellschaft für Bau und Technik GmbH", ["Gesellschaft für Bau und Technik GmbH"]),
        ("Bank Alfa et Fils SARL", ["Bank Alfa et Fils SARL"]),
    ],
)
def test_names_are_what_is_neither_number_list_country_nor_issuer(words, told):
    assert named(words) == told


def test_a_name_is_quoted_with_the_words_around_it():
    assert [
        entity.quote
        for entity in names.read_prose_entities("11 firms, including Chinese Alpha Works")
    ] == ["Chinese Alpha Works"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "three: Alpha Works; and Beta Mill S.A.; small firm",
            [("Alpha Works", "org"), ("Beta Mill S.A.", "org")],
        ),
        ("DOE, John", [("DOE, John", "person")]),
        ("names: DOE, John.", [("DOE, John", "person")]),
        ("DOE, John; ROE, Jane", [("DOE, John", "person"), ("ROE, Jane", "person")]),
        ("Alpha Inc. and Beta", [("Alpha Inc.", "org"), ("Beta", "org")]),
        (
            "list: alpha; Beta Works, Plant of the North",
            [("Beta Works, Plant of the North", "org")],
        ),
        ("Golfo S.A.", [("Golfo S.A.", "org")]),
        (
            "Morava Radar a.s., Drava Optika d.o.o. and Tatra Drony s.r.o. of Poprad",
            [
                ("Morava Radar a.s.", "org"),
                ("Drava Optika d.o.o.", "org"),
                ("Tatra Drony s.r.o. of Poprad", "org"),
            ],
        ),
        (
            "Wisla Systems Sp. z o.o.; Verein Elbe e.V.",
            [("Wisla Systems Sp. z o.o.", "org"), ("Verein Elbe e.V.", "org")],
        ),
        ("Alpha Works, a.k.a. Beta Mill", [("Alpha Works", "org"), ("Beta Mill", "org")]),
    ],
)
def test_a_list_of_names_is_divided_as_it_is_printed(words, told):
    assert listed(words) == told


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Alpha Ltd., ", "Alpha Ltd."),
        ("Alpha Works., ", "Alpha Works"),
        (" Alpha Works", "Alpha Works"),
    ],
)
def test_the_point_of_a_sentence_is_none_of_a_name(words, kept):
    assert names.strip_stop(words) == kept


@pytest.mark.parametrize(
    ("words", "number"),
    read_cases(
        """
        zero | 0
        another | 1
        a hundred | 100
        hundred and five | 105
        one thousand two hundred | 1200
        two hundred thousand | 200000
        five and | 5
        and | None
        """
    ),
)
def test_numbers_in_words_add_up(words, number):
    assert numerals.parse_number(words) == number


@pytest.mark.parametrize(
    ("place", "code"),
    read_cases(
        """
        CHINA, PEOPLE'S REPUBLIC OF | CN
        People’s  Republic of China | CN
        State of Israel | IL
        the Netherlands | NL
        ae | AE
        Chad or Niger | None
        """
    ),
)
def test_a_country_that_stands_alone_has_a_code_however_it_is_called(place, code):
    assert places.coded(place) == code


def test_a_text_names_its_countries_once_each_and_one_nation_or_none():
    assert places.all_in("Chad, Niger and Chad again") == ["TD", "NE"]
    assert [
        places.nation(words)
        for words in ("two Japanese firms", "3 U.S. and Japanese firms", "firms")
    ] == ["JP", None, None]


@pytest.mark.parametrize(
    ("text", "issuer", "alone", "others"),
    read_cases(
        """
        The Bureau of Industry and Security | us-bis | False | False
        bureau of industry and security | us-bis | True | False
        BIS | us-bis | True | False
        bis | None | False | False
        Food and Drug Administration and BIS | us-bis | False | True
        BIS and Food and Drug Administration | us-bis | False | False
        Food and Drug Administration | None | False | True
        nobody | None | False | False
        """
    ),
)
def test_an_issuer_is_known_by_its_name_and_by_its_letters_in_capitals(text, issuer, alone, others):
    known = issuers.find_first_issuer(text)

    assert (
        known and known.authority,
        issuers.is_issuer(text),
        issuers.is_of_foreign_body(text),
    ) == (
        issuer,
        alone,
        others,
    )
    assert issuers.list_issuers(text) == ({issuer} if issuer else set())


def test_of_two_issuers_the_first_is_told():
    first = issuers.find_first_issuer("On 3 May the Office of Foreign Assets Control told BIS")

    assert (first.authority, first.start, first.end) == ("us-ofac", 13, 45)
    assert (
        issuers.find_first_issuer("BIS told the Office of Foreign Assets Control").authority
        == "us-bis"
    )


@pytest.mark.parametrize("verb", ["", "hereby ", "today also ", "formally "])
def test_an_issuer_stands_before_its_verb(verb):
    assert issuers.has_issuer_at_end(f"On 3 May BIS (BIS), {verb}".replace(" (BIS),", "", not verb))
    assert not issuers.has_issuer_at_end(f"On 3 May BIS said {verb}")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            '"Alpha Import and Export Co., Ltd." (China; added May 4, 2031), "Beta Ltd." (Chad)',
            [("Alpha Import and Export Co., Ltd.", "org"), ("Beta Ltd.", "org")],
        ),
        (
            "entries for “Alpha, Beta and Gamma Works,” and “Delta and Sons LLC.”",
            [("Alpha, Beta and Gamma Works", "org"), ("Delta and Sons LLC", "org")],
        ),
        ('the following: "DOE, John" and "Beta Mill"', [("DOE, John", "person"), ("Beta Mill", "org")]),
        ('"Alpha" Works and Beta Mill', [("Alpha Works", "org"), ("Beta Mill", "org")]),
        ('Beta Mill and "Gamma and Sons" LLC', [("Beta Mill", "org"), ("Gamma and Sons LLC", "org")]),
        ('"the Entity List" and "China"', []),
    ],
)  # fmt: skip
def test_a_name_between_quotation_marks_is_whole_where_all_names_are(words, told):
    assert listed(words) == told


@for_each(
    "beside",
    [
        "a subsidiary of",
        "the parent company of",
        "which is owned by",
        "51% owned by",
        "a company controlled by",
        "a former supplier to",
        "acting on behalf of",
        "at the request of",
        "which procured machine tools for",
        "co-located with",
        "an agent of the listed entity",
        "formerly known as",
        "but not",
        "other than",
        "a division of the holding company",
        "linked to the state-owned",
        "led by",
        "excluding",
    ],
)
def test_whom_a_list_only_tells_of_is_not_listed(beside):
    assert named(f"Alpha Works Ltd, {beside} Beta Mill, Inc.") == ["Alpha Works Ltd"]


@for_each(
    "before",
    [
        "its subsidiary",
        "the parent company",
        "goods made by",
        "the previously unlisted",
        "five members of the network",
        "the distributor of semiconductors",
        "the assets of",
        "one of",
        "the supplier",
        "sanctions on",
        "dealings with",
        "Oman-based",
        "Hong Kong-based",
        "M/s",
        "Norway's",
    ],
)
def test_a_name_stands_behind_what_leads_to_it(before):
    assert named(f"Alpha Works Ltd, {before} Beta Mill, Inc.") == [
        "Alpha Works Ltd",
        "Beta Mill, Inc.",
    ]


def test_an_owner_beside_a_listed_name_is_left_to_be_read():
    (act,) = extract.understand(read_text(RULE))
    assert isinstance(act, Announcement)
    assert [each.names["en"] for each in act.measures[0].entities] == ["Alpha Works Ltd."]
    assert (act.understood, act.not_read[0].why) == ("part", "a name was not understood")


RULE = """Additions to the Entity List
AGENCY: Bureau of Industry and Security, Department of Commerce.
ACTION: Final rule.
SUMMARY: In this rule, BIS amends the Export Administration Regulations by adding \
Alpha Works Ltd., a subsidiary of Beta Mill, Inc., to the Entity List under the destination of Norway.
DATES: This rule is effective March 7, 2028.
"""


def test_a_possessive_may_be_a_part_of_a_name():
    assert named("Jordan's Furniture LLC") == ["Jordan's Furniture LLC"]


@pytest.mark.parametrize(
    ("words", "name", "aliases"),
    [
        ("Acme, S.A. (also known as Beta)", "Acme, S.A.", ("Beta",)),
        (
            "Acme Inc. (also known as Beta Works, Eta Co., Ltd., and Zeta Mill)",
            "Acme Inc.",
            ("Beta Works", "Eta Co., Ltd.", "Zeta Mill"),
        ),
        ("Acme Works (aka Beta; and formerly known as “Eta”)", "Acme Works", ("Beta", "Eta")),
        ("Acme Co., Ltd. (Beta)", "Acme Co., Ltd.", ("Beta",)),
        ("Acme Co., Ltd. (Norway)", "Acme Co., Ltd.", ()),
    ],
)
def test_what_a_bracket_says_that_somebody_is_also_called_is_another_of_its_names(
    words: str, name: str, aliases: tuple[str, ...]
) -> None:
    (entity,) = names.read_entities(words)

    assert (entity.names["en"], entity.aliases) == (name, aliases)
