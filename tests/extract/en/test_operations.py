"""What the sentences of English acts do, in whatever order of words; each through a page of its
issuer.
"""

import pytest

from monitor import extract
from monitor.document import read_text

BIS = "Department of Commerce, Bureau of Industry and Security, 15 CFR Part 744. Final rule."
OFAC = "Recent Actions 05/06/2030."


def act(title, body):
    (fact,) = extract.understand(read_text(f"{title}\n{body}"))
    return fact


def measures(title, body):
    fact = act(title, body)
    assert fact.understood == "full", fact.not_read
    return [(each.action.value, each.register) for each in fact.measures]


def names(title, body):
    return [
        entity.names["en"] for measure in act(title, body).measures for entity in measure.entities
    ]


@pytest.mark.parametrize(
    "words",
    [
        (
            "BIS adds Alpha Optics Co., Ltd. and Beta Institute to the Entity List, effective May"
            " 6, 2030."
        ),
        (
            "BIS is amending the EAR by adding Alpha Optics Co., Ltd. and Beta Institute to the"
            " Entity List, effective May 6, 2030."
        ),
        (
            "Alpha Optics Co., Ltd. and Beta Institute are hereby added to the Entity List,"
            " effective May 6, 2030."
        ),
        (
            "BIS has decided to add Alpha Optics Co., Ltd. and Beta Institute to the Entity List,"
            " effective May 6, 2030."
        ),
        (
            "From May 6, 2030, the following entities are added to the Entity List: Alpha Optics"
            " Co., Ltd.; Beta Institute."
        ),
    ],
)
def test_an_act_says_the_same_in_either_order_of_words(words):
    fact = act("Additions to the Entity List", f"{BIS} {words}")
    (measure,) = fact.measures

    assert (measure.action.value, measure.register, measure.starts.on) == (
        "add",
        "us-bis-entity-list",
        "2030-05-06",
    )
    assert [entity.names["en"] for entity in measure.entities] == [
        "Alpha Optics Co., Ltd.",
        "Beta Institute",
    ]
    assert fact.understood == "full"


@pytest.mark.parametrize(
    "words",
    [
        (
            "by adding two (2) entities under the destination of Chad: Alpha Optics Co., Ltd.; and"
            " Beta Institute."
        ),
        (
            "by adding two entities, Alpha Optics Co., Ltd. and Beta Institute, under the"
            " destination of Chad, and revising one existing entry under the destination of Niger."
        ),
    ],
)
def test_names_stand_behind_a_colon_or_between_commas_and_each_deed_has_its_destination(words):
    first = act("Additions to the Entity List", f"{BIS} BIS amends the EAR {words}").measures[0]

    assert [entity.names["en"] for entity in first.entities] == [
        "Alpha Optics Co., Ltd.",
        "Beta Institute",
    ]
    assert (first.stated.entities, first.destinations) == (2, ("TD",))


@pytest.mark.parametrize(
    "listed",
    [
        (
            "In Annex II to Regulation (EU) No 269/2014, the following persons are added as set out"
            " in the Annex."
        ),
        "The persons listed in the Annex are added to Annex II to Regulation (EU) No 269/2014.",
    ],
)
def test_an_annex_on_the_page_names_those_whom_a_sentence_leaves_to_it(listed):
    fact = act(
        "Council Implementing Regulation (EU) 2031/90 implementing Regulation (EU) No 269/2014",
        f"Article 1\n{listed}\nDone at Brussels, 2 May 2031.\nANNEX\nPersons\n1. Ivan PETROV, born"
        " 3.3.1960\n2. Olga ORLOVA",
    )
    (measure,) = fact.measures

    assert (measure.action.value, fact.understood) == ("add", "full")
    assert [(entity.names["en"], entity.kind) for entity in measure.entities] == [
        ("Ivan PETROV", "person"),
        ("Olga ORLOVA", "person"),
    ]


@pytest.mark.parametrize(
    ("title", "body", "told"),
    [
        (
            "Issuance of Chad-related General License 9",
            f"{OFAC} OFAC has issued Chad-related General License 9.",
            ("add", "us-ofac-licences"),
        ),
        (
            "Revocation of General License 9",
            f"{OFAC} OFAC has revoked General License 9.",
            ("repeal", "us-ofac-licences"),
        ),
        (
            "Reinstatement of the Affiliates Rule",
            f"{BIS} The stay is lifted as of May 6, 2030.",
            ("resume", None),
        ),
        (
            "Stay of the Affiliates Rule",
            f"{BIS} This rule stays the affiliates rule until May 6, 2031.",
            ("suspend", None),
        ),
        ("Country Groups", f"{BIS} This rule moves Chad to Country Group A:5.", ("amend", None)),
        (
            "Statutory Debarment",
            (
                "Department of State, Directorate of Defense Trade Controls, Public Notice 9. Jane"
                " Roe is statutorily debarred."
            ),
            ("add", "us-itar-debarred"),
        ),
        (
            "Notice to exporters 2030/07: a licence is revoked",
            (
                "Export Control Joint Unit. The open general export licence is revoked with effect"
                " from 1 May 2030."
            ),
            ("repeal", "gb-export-notices"),
        ),
        (
            "Revision of the End User List",
            (
                "Ministry of Economy, Trade and Industry. Notice: Alpha Co., Ltd. has been added"
                " to the End User List."
            ),
            ("add", "jp-meti-end-users"),
        ),
        (
            "Amendment of the Strategic High-Tech Commodities Entity List",
            (
                "International Trade Administration, Ministry of Economic Affairs. Notice: Alpha"
                " Co., Ltd. is added to the list."
            ),
            ("add", "tw-shtc"),
        ),
        (
            "Public Notice No. 2030-21 on Trade of Strategic Items",
            (
                "Ministry of Trade, Industry and Energy. Vacuum pumps are added to the strategic"
                " items as of July 10, 2030."
            ),
            ("add", "kr-strategic-items"),
        ),
    ],
)
def test_each_issuer_changes_its_own_list(title, body, told):
    assert measures(title, body) == [told]


@pytest.mark.parametrize(
    "words",
    [
        "12 entities have been added to the End User List.",
        "METI removes three firms from the End User List.",
        "Two individuals and one entity are added to the End User List.",
    ],
)
def test_a_count_without_names_is_not_the_whole(words):
    fact = act("Revision of the End User List", f"Ministry of Economy, Trade and Industry. {words}")

    assert (fact.measures[0].register, fact.understood) == ("jp-meti-end-users", "part")
    assert [each.what for each in fact.not_read] == ["list"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            (
                "The following individuals have been added to OFAC's SDN List: DOE, Jane;"
                " ROE-SMITH, Max."
            ),
            ["DOE, Jane", "ROE-SMITH, Max"],
        ),
        ("The following entity has been added to OFAC's SDN List: GOLFO S.A.", ["GOLFO S.A."]),
        (
            (
                "The following entities have been removed from OFAC's SDN List: ALPHA OOO; BETA"
                " BANK, PJSC."
            ),
            ["ALPHA OOO", "BETA BANK, PJSC"],
        ),
    ],
)
def test_names_behind_a_colon_are_divided_as_they_are_printed(words, expected):
    assert names("Designations", f"{OFAC} {words}") == expected


@pytest.mark.parametrize(
    "words",
    [
        "The Department may add Alpha Ltd. to the Entity List.",
        "BIS plans to add Alpha Ltd. to the Entity List.",
        "BIS had previously added Alpha Ltd. to the Entity List.",
        "The court removed Alpha Ltd. from the Entity List.",
    ],
)
def test_what_is_allowed_planned_told_again_or_done_by_others_is_no_operation(words):
    assert act("Rule on the Entity List", f"{BIS} {words}").measures == ()


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        (
            "Two entities are added to the Entity List and three entities are removed from it.",
            [("add", 2), ("remove", 3)],
        ),
        (
            "Two entities are added to the Entity List, and three entities are dropped.",
            [("add", 2), ("remove", 3)],
        ),
    ],
)
def test_the_second_of_two_verbs_is_done_to_what_stands_behind_the_list_of_the_first(words, counts):
    told = act("Changes to the Entity List", f"{BIS} {words}").measures

    assert [
        (measure.action.value, measure.stated and measure.stated.entities) for measure in told
    ] == counts
    assert {measure.items for measure in told} == {()}


@pytest.mark.parametrize(
    "told",
    [
        "In 2029, twelve entities were added to the Entity List.",
        "Beta Works GmbH was added to the Entity List in May 2029.",
        "Two of those that were removed from the Entity List in 2028 were small.",
    ],
)
def test_what_was_done_in_a_year_is_told_and_not_done(told):
    body = (
        f"{BIS} BIS adds Alpha Optics Co., Ltd. to the Entity List, effective May 6, 2030. {told}"
    )

    assert names("Additions to the Entity List", body) == ["Alpha Optics Co., Ltd."]
    assert measures("Additions to the Entity List", body) == [("add", "us-bis-entity-list")]


def test_the_act_itself_ends_where_its_sentence_says_so_and_not_with_a_clause_of_it():
    adds = f"{BIS} BIS adds Alpha Optics Co., Ltd. to the Entity List."
    ends = [
        [
            measure.ends and measure.ends.on
            for measure in act("Additions to the Entity List", f"{adds} {words}").measures
        ]
        for words in (
            "This rule ceases to apply on June 6, 2031.",
            "A savings clause applies until June 6, 2031.",
        )
    ]

    assert ends == [["2031-06-06"], [None]]


def test_a_licence_may_be_issued_together_with_questions_on_it():
    title = "Issuance of Chad-related General License 9 and Amended Frequently Asked Question"

    assert measures(title, f"{OFAC} OFAC is issuing Chad-related General License 9.") == [
        ("add", "us-ofac-licences")
    ]


@pytest.mark.parametrize(
    ("title", "body", "register", "day"),
    [
        (
            "Notice on the UFLPA Entity List",
            (
                "AGENCY: Department of Homeland Security.\nThe Task Force announces the addition of"
                " Alpha Mill Co., Ltd. and Beta Spinning Group to the UFLPA Entity List.\nDATES:"
                " Effective May 6, 2030."
            ),
            "us-dhs-uflpa",
            "2030-05-06",
        ),
        (
            "Special Economic Measures (Chad) Regulations: amendments",
            (
                "Canada has amended the Regulations by adding two entities, Alpha Mill Co., Ltd."
                " and Beta Spinning Group, to Schedule 2. The amendments came into force on May 6,"
                " 2030."
            ),
            "ca-sema",
            "2030-05-06",
        ),
        (
            "Autonomous Sanctions (Designated Persons and Entities—Chad) Amendment Instrument 2030",
            (
                "I, Ann Lee, Minister for Foreign Affairs, designate for the purposes of paragraph"
                " 6(1)(a) the entities Alpha Mill Co., Ltd. and Beta Spinning Group. This"
                " instrument commences on 6 May 2030."
            ),
            "au-dfat",
            "2030-05-06",
        ),
    ],
)
def test_an_act_may_announce_an_addition_amend_by_adding_or_speak_as_i(title, body, register, day):
    fact = act(title, body)
    measure = fact.measures[-1]

    assert (measure.action.value, measure.register, measure.starts.on, fact.understood) == (
        "add",
        register,
        day,
        "full",
    )
    assert [entity.names["en"] for entity in measure.entities] == [
        "Alpha Mill Co., Ltd.",
        "Beta Spinning Group",
    ]


@pytest.mark.parametrize(
    ("title", "body", "days"),
    [
        (
            "Order Renewing Temporary Denial of Export Privileges of Beta Air GmbH",
            (
                "Pursuant to Section 766.24 of the Export Administration Regulations, I find it"
                " necessary to renew the order denying the export privileges of Beta Air GmbH,"
                " Vienna, for 180 days from the date of this order.\nAssistant Secretary of"
                " Commerce for Export Enforcement\nDated: May 2, 2031"
            ),
            ("2031-05-02", "2031-10-29"),
        ),
        (
            (
                "In the Matter of: Beta Air GmbH, Order Renewing Order Temporarily Denying Export"
                " Privileges"
            ),
            (
                "Pursuant to Section 766.24, the denial order is renewed for one year. This order"
                " is effective June 9, 2031 and shall remain in effect for one year."
            ),
            ("2031-06-09", "2032-06-09"),
        ),
        (
            "Order Temporarily Denying Export Privileges: Beta Air GmbH",
            (
                "I order that the export privileges of Beta Air GmbH are denied for 180 days from"
                " the date of this Order under Section 766.24.\nDated: May 2, 2031"
            ),
            ("2031-05-02", "2031-10-29"),
        ),
    ],
)
def test_an_order_that_denies_privileges_is_known_by_its_section_and_counts_from_its_day(
    title, body, days
):
    (measure,) = act(title, body).measures

    assert (measure.register, [each.names["en"] for each in measure.entities]) == (
        "us-bis-denied-persons",
        ["Beta Air GmbH"],
    )
    assert (measure.starts.on, measure.ends.on) == days


@pytest.mark.parametrize("verb", ["withdrew", "has revoked"])
def test_a_notice_by_its_initials_takes_a_licence_back(verb):
    fact = act(
        "NTE 2031/11: OGEL (marine sensors) taken back",
        f"On 8 August 2031 the Secretary of State {verb} the open general export licence (marine"
        " sensors).",
    )
    (measure,) = fact.measures

    assert (fact.key, measure.action.value, measure.register) == (
        "gb-nte-2031-11",
        "repeal",
        "gb-export-notices",
    )
    assert (measure.starts.on, measure.items, fact.understood) == ("2031-08-08", (), "full")


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("Sanctions are imposed on Alpha Works and Beta Mill.", "add"),
        ("The sanctions on Alpha Works and Beta Mill are lifted.", "remove"),
        ("The sanctions on Alpha Works and Beta Mill are extended.", "amend"),
        ("The sanctions on Alpha Works and Beta Mill are suspended.", "suspend"),
    ],
)
def test_what_is_done_to_sanctions_is_done_to_those_whom_they_are_on(words, action):
    (measure,) = act(
        "Notice on Nonproliferation Measures", f"Department of State, Public Notice 9. {words}"
    ).measures

    assert (measure.action.value, [entity.names["en"] for entity in measure.entities]) == (
        action,
        ["Alpha Works", "Beta Mill"],
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("METI has revised the Foreign End User List.", [("amend", "jp-meti-end-users")]),
        ("METI has issued the Foreign End User List.", []),
        ("METI is publishing the Foreign End User List.", []),
    ],
)
def test_a_list_that_is_only_published_is_not_changed(words, told):
    fact = act(
        "Notice on the Foreign End User List", f"Ministry of Economy, Trade and Industry. {words}"
    )

    assert [(each.action.value, each.register) for each in fact.measures] == told


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("take the following measures against Acme Inc.", ["Acme Inc."]),
        ("terminate the measures against Acme Inc.", []),
        ("impose requirements against Acme Inc.", []),
    ],
)
def test_only_measures_that_are_taken_against_somebody_list_them(words, listed):
    title = "Announcement No. 12 of 2030 of the Ministry of Commerce"
    body = f"The Ministry of Commerce has decided to {words} from May 6, 2030."

    assert act(title, body).understood == "part"
    assert names(title, body) == listed


@pytest.mark.parametrize(
    "licence",
    [
        "The licence expires on 3 July 2030.",
        "The licence takes effect from 3 June 2030 and expires at 23:59 on 3 July 2030.",
        "General Licence INT/2030/5512 takes effect from 3 June 2030 and expires on 3 July 2030.",
    ],
)
def test_the_last_day_of_a_licence_is_none_of_those_who_are_listed_beside_it(licence):
    fact = act(
        "Financial Sanctions Notice",
        "3 June 2030\nThe following entry has been added to the Consolidated List and is now"
        " subject to an asset freeze:\nTornell Maritime Insurance Ltd (Group ID: 55001).\n"
        f"OFSI has issued General Licence INT/2030/5512 under Regulation 64. {licence}",
    )

    (listed,) = [measure for measure in fact.measures if measure.entities]
    assert listed.ends is None
