import json

import pytest
from cases import read_cases

from monitor import extract
from monitor.cli import read
from monitor.document import read_text
from monitor.extract import us
from monitor.extract.en import numerals
from monitor.extract.en.names import read_prose_entities

BIS = [{"slug": "commerce-department"}, {"slug": "industry-and-security-bureau"}]


def rule(abstract, title="A rule on the Entity List", **more):
    document = {
        "document_number": "2030-00001",
        "title": title,
        "abstract": abstract,
        "publication_date": "2030-02-05",
    }
    return us.federal_register(document | more)


def measures(abstract, **more):
    (fact,) = rule(abstract, **more)
    return fact.measures


def told(abstract):
    return [
        (
            each.action.value,
            each.stated and (each.stated.entities, each.stated.entries),
            each.stated and each.stated.by_destination,
        )
        for each in measures(abstract)
    ]


@pytest.mark.parametrize(
    ("words", "number"),
    read_cases(
        """
        "57" | 57
        1,200 | 1200
        twenty-four | 24
        one hundred and three | 103
        an | 1
        two thousand six | 2006
        """
    ),
)
def test_numbers_in_words(words, number):
    assert numerals.parse_number(words) == number


@pytest.mark.parametrize("words", ["", "entities", "twenty apples"])
def test_what_is_no_number(words):
    assert numerals.parse_number(words) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("adds seven entities to the Entity List.", ("add", (7, None), {})),
        (
            "amends the EAR by adding 6 entities under nine entries to the Entity List.",
            ("add", (6, 9), {}),
        ),
        (
            "amends the EAR to remove one person from the Unverified List.",
            ("remove", (1, None), {}),
        ),
        ("is correcting an existing entry on the Entity List.", ("amend", (None, 1), {})),
        ("removes from the Entity List one entity listed in two entries.", ("remove", (1, 2), {})),
    ],
)
def test_verbs_and_counts(words, expected):
    assert told(f"This rule {words}") == [expected]


@pytest.mark.parametrize(
    ("where", "shares"),
    [
        ("under the destination of the People's Republic of China (China)", {"CN": 9}),
        (
            (
                "under the destinations of China, People's Republic of (China) (4); Iran (3); and"
                " the U.A.E. (2)"
            ),
            {"CN": 4, "IR": 3, "AE": 2},
        ),
        (
            "under the destinations of the United Arab Emirates (UAE) (8) and Türkiye (1)",
            {"AE": 8, "TR": 1},
        ),
        (
            "five under the destination of Burma and the other four under the destination of Laos",
            {"MM": 5, "LA": 4},
        ),
        (", including 8 under China and one under South Korea", {"CN": 8, "KR": 1}),
    ],
)
def test_destinations_with_their_numbers(where, shares):
    (measure,) = measures(f"This rule adds nine entities to the Entity List {where}.")

    assert measure.stated.by_destination == shares
    assert measure.destinations == tuple(shares)


def test_destinations_without_numbers():
    (measure,) = measures(
        "This rule adds 9 entities to the Entity List under the destinations of Crimea Region of"
        " Ukraine, and Oman."
    )

    assert (measure.destinations, measure.stated.by_destination) == (("UA-43", "OM"), {})


def test_one_each():
    assert told(
        "This rule revises two existing entries on the Entity List, one each under Chad and Peru."
    ) == [("amend", (None, 2), {"TD": 1, "PE": 1})]


def test_a_later_sentence_tells_the_destinations():
    assert told(
        "BIS amends the EAR by adding 3 entities to the Entity List. These three entities were"
        " found to act against the interests of the U.S. Government. These entities will be listed"
        " under the destination of Malta."
    ) == [("add", (3, None), {"MT": 3})]


@pytest.mark.parametrize(
    "later",
    [
        "These entities are listed under the destinations of Malta and Peru.",
        "The three entities will be listed under the destinations of Malta and Peru.",
        "All that are added are placed under the destinations of Malta and Peru.",
    ],
)
def test_a_later_sentence_tells_the_destinations_of_those_it_speaks_of(later):
    added, amended = measures(
        "BIS adds three entities to the Entity List. It also modifies one entry on the Entity"
        f" List. {later}"
    )

    assert (added.destinations, amended.destinations) == (("MT", "PE"), ())


def test_a_later_sentence_on_those_whose_destinations_are_told_gives_others_none():
    _, amended = measures(
        "BIS adds three entities to the Entity List under the destinations of Malta and Peru. It"
        " also modifies one entry on the Entity List. These entities are listed under the"
        " destinations of Malta and Peru."
    )

    assert amended.destinations == ()


def test_several_operations_with_their_own_lists():
    found = measures(
        "This rule adds an entity to the Military End-User (MEU) List. It also revises two entries"
        " on the Entity List under the destination of China and removes four persons from the"
        " Unverified List (UVL)."
    )

    assert [(each.action.value, each.register) for each in found] == [
        ("add", "us-bis-military-end-users"),
        ("amend", "us-bis-entity-list"),
        ("remove", "us-bis-unverified"),
    ]


def test_what_is_said_again_is_one_operation():
    assert told(
        "This rule adds 31 persons to the Unverified List. The 31 persons are added because no"
        " check was possible. All 31 persons are being added under the destination of Fiji."
    ) == [("add", (31, None), {"FJ": 31})]


def test_the_rest_of_a_total_completes_it():
    assert told(
        "BIS removes a total of 5 persons from the Unverified List (UVL), including three under the"
        " destination of Fiji; two persons, under the destination of Peru, are also removed from"
        " the UVL."
    ) == [("remove", (5, None), {"FJ": 3, "PE": 2})]


@pytest.mark.parametrize(
    "abstract",
    [
        "This rule clarifies the criteria for adding an entity to the Entity List.",
        "On May 4, 2029, BIS published a rule that added 9 entities to the Entity List.",
        "This rule would add four entities to the Entity List.",
        (
            'BIS publishes with it another rule, "Additions and Revisions to the Entity List and'
            ' the CCL".'
        ),
        "This rule adds the controls on one country to a second, for entities to read about.",
    ],
)
def test_what_a_rule_only_speaks_of_it_does_not_do(abstract):
    (fact,) = rule(abstract)

    assert fact.measures == ()
    assert (fact.understood, [each.what for each in fact.not_read]) == ("none", ["act"])


def test_a_list_we_do_not_follow_is_said():
    (fact,) = rule(
        "This rule adds two entities to the Entity List and removes three entities from the"
        " Validated End-User (VEU) list."
    )

    assert [measure.action.value for measure in fact.measures] == ["add"]
    assert [each.what for each in fact.not_read] == ["names", "list"]


def test_goods_have_their_numbers():
    (measure,) = measures("BIS amends the EAR by adding ECCNs 3A990 and 4D990.a to the CCL.")

    assert (measure.action.value, measure.register) == ("add", "us-ccl")
    assert [item.codes for item in measure.items] == [("3A990",), ("4D990.a",)]


def test_key_dates_and_evidence():
    (fact,) = rule(
        "This rule adds two entities to the Entity List.",
        effective_on="2030-02-06",
        dates="Effective on February 6.",
        correction_of="https://a.example/documents/2029-12345.json",
        html_url="https://a.example/rule",
    )
    (measure,) = fact.measures

    assert (fact.key, fact.authority, fact.published, fact.url) == (
        "fr-2030-00001",
        "us-bis",
        "2030-02-05",
        "https://a.example/rule",
    )
    assert (measure.starts.on, measure.starts.quote) == ("2030-02-06", "Effective on February 6.")
    assert [target.key for target in measure.amends] == ["fr-2029-12345"]
    assert measure.quote == "This rule adds two entities to the Entity List."


def test_a_suspension_has_its_last_day():
    (measure,) = measures("This rule suspends the affiliates rule through November 9, 2030.")

    assert (measure.action.value, measure.ends.on) == ("suspend", "2030-11-09")


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("BIS extends the suspension of the affiliates rule for an additional year.", "2030-11-10"),
        ("BIS is continuing this stay of the affiliates rule for a further year.", "2030-11-10"),
        ("This rule renews the suspension for another two years.", "2031-11-10"),
        ("This rule prolongs the temporary stay until May 9, 2030.", "2030-05-09"),
    ],
)
def test_a_suspension_that_is_prolonged_is_one(words, until):
    abstract = f"On November 10, 2028, BIS published a rule that suspended a rule. {words}"
    (measure,) = measures(abstract, effective_on="2029-11-10")

    assert (measure.action.value, measure.ends.on) == ("suspend", until)


BEFORE = (
    "On May 2, 2029, BIS added Acme Metrology Co., Ltd. and Borealis Optics LLC to the Entity List."
)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (f"{BEFORE} BIS stays for one year the effectiveness of the two entries.", 2),
        (f"{BEFORE} This rule suspends these two entries until May 1, 2031.", 2),
        (f"{BEFORE} This rule stays those two entries while a petition is considered.", 2),
        (f"{BEFORE} BIS is staying the effectiveness of three entries for one year.", 0),
        (f"{BEFORE} BIS is staying the effectiveness of two other entries for one year.", 0),
        (f"{BEFORE} BIS stays the entry while the End-User Review Committee meets.", 0),
        ("BIS stays the two entries on the Entity List while the Review Committee meets.", 0),
        ("This rule suspends the listings of several firms on the Entity List.", 0),
    ],
)
def test_whose_entries_are_stayed_is_named_or_said_to_be_unread(words, named):
    (fact,) = rule(words, title="Stay of entries on the Entity List", effective_on="2030-02-05")
    (measure,) = fact.measures

    assert (measure.action.value, measure.register) == ("suspend", "us-bis-entity-list")
    assert len(measure.entities) == named
    assert fact.understood == ("full" if named else "part")


@pytest.mark.parametrize(
    "words",
    [
        "BIS is considering extending the suspension of the affiliates rule for a year.",
        "BIS seeks views on whether this rule extends the suspension.",
        "BIS would be continuing the stay of the affiliates rule if asked.",
    ],
)
def test_a_suspension_that_may_be_prolonged_is_none(words):
    assert [each for fact in rule(words) for each in fact.measures] == []


def test_before_print_only_the_title_speaks():
    (fact,) = rule(
        None,
        title=(
            "Additions to the Entity List; Revision and Removal of Entries on the Unverified List"
        ),
    )

    assert [(each.action.value, each.register) for each in fact.measures] == [
        ("add", "us-bis-entity-list"),
        ("amend", "us-bis-unverified"),
        ("remove", "us-bis-unverified"),
    ]
    assert fact.understood == "part"


@pytest.mark.parametrize(
    "more",
    [
        {"type": "Proposed Rule"},
        {"type": "Sunshine Act Document"},
        {"type": "Notice", "title": "Entity List Webinar; Notice of Public Meeting"},
        {"type": "Notice", "title": "Agency Information Collection Activities; License Exceptions"},
        {
            "type": "Notice",
            "title": "Arms Sales Notification",
            "agencies": [{"slug": "defense-department"}],
        },
        {
            "type": "Notice",
            "title": "Drawbridge Schedule",
            "agencies": [{"slug": "health-department"}],
        },
        {"agencies": [{"slug": "transportation-department"}]},
        {"title": "Public Briefing on the Entity List"},
        {"type": "Correction", "title": "Public Briefing on the Entity List"},
        {
            "type": "Correction",
            "title": "Arms Sales Notification",
            "agencies": [{"slug": "defense-department"}],
        },
    ],
)
def test_what_is_no_rule_of_ours_announces_nothing(more):
    assert (
        rule(
            "This rule adds two entities to the Entity List.",
            **({"agencies": BIS, "type": "Rule"} | more),
        )
        == []
    )


@pytest.mark.parametrize("kind", ["Correction", "Uncategorized Document", "Interim Final Rule"])
def test_a_document_of_ours_of_an_unknown_type_is_told_to_be_read(kind):
    (fact,) = rule("This rule adds two entities to the Entity List.", type=kind, agencies=BIS)

    assert (fact.key, fact.understood, fact.measures) == ("fr-2030-00001", "none", ())
    assert [(part.what, part.why) for part in fact.not_read] == [
        ("type", f"it is no type that we know: {kind.lower()}"),
        ("act", "published, not understood: read it"),
    ]


@pytest.mark.parametrize("number", ["2030-A0001", "FR30-1", "2030-0000001"])
def test_a_rule_whose_number_has_an_unknown_form_is_told_with_what_it_does(number):
    (fact,) = rule(
        "This rule adds two entities to the Entity List.",
        document_number=number,
        type="Rule",
        agencies=BIS,
    )

    assert (fact.key, fact.understood) == (f"fr-{number}", "part")
    assert [measure.register for measure in fact.measures] == ["us-bis-entity-list"]
    assert ("number", f"it has a form that we do not know: {number}") in [
        (part.what, part.why) for part in fact.not_read
    ]


@pytest.mark.parametrize(
    ("slug", "authority", "title", "abstract"),
    [
        (
            "state-department",
            "us-state",
            "Imposition of Nonproliferation Measures Against Two Foreign Persons",
            "A determination was made.",
        ),
        (
            "state-department",
            "us-state",
            "Statutory Debarment Under the Arms Export Control Act",
            None,
        ),
        (
            "federal-communications-commission",
            "us-fcc",
            "Additions to the Covered List",
            "Two entities were determined to pose a risk.",
        ),
        (
            "defense-department",
            "us-dod",
            "Notice of Designation of Chinese Military Companies",
            None,
        ),
        (
            "industry-and-security-bureau",
            "us-bis",
            "Order Renewing Temporary Denial of Export Privileges",
            None,
        ),
        (
            "foreign-assets-control-office",
            "us-ofac",
            "Notice of OFAC Sanctions Actions",
            "OFAC publishes the names of persons blocked.",
        ),
    ],
)
def test_a_notice_of_whatever_agency_of_ours_is_told_to_be_read(slug, authority, title, abstract):
    (fact,) = rule(abstract, title=title, type="Notice", agencies=[{"slug": slug}])

    assert (fact.key, fact.authority, fact.understood, fact.measures) == (
        "fr-2030-00001",
        authority,
        "none",
        (),
    )
    assert fact.not_read[-1].why == "published, not understood: read it"


@pytest.mark.parametrize(
    "shape",
    [
        lambda one: one,
        lambda one: {"results": [one]},
        lambda one: {"2030-00001": one},
        lambda one: [one],
    ],
)
def test_a_saved_answer_is_read_whatever_its_shape(shape):
    one = {
        "document_number": "2030-00001",
        "title": "Removal of an Entity From the Entity List",
        "abstract": None,
    }
    (fact,) = read.understand_page(json.dumps(shape(one)).encode())

    assert fact.key == "fr-2030-00001"


@pytest.mark.parametrize("body", [b'{"document_number": ', b"[" * 2_000 + b'"document_number"'])
def test_a_torn_answer_is_read_as_text(body):
    assert read.understand_page(body) == []


def test_a_stay_begins_on_its_own_day_not_on_that_of_the_rule_it_stays():
    words = (
        "This rule stays the affiliates rule, effective September 29, 2029, until November 9, 2030."
    )
    (printed,) = measures(words, effective_on="2029-11-10")
    (unsaid,) = measures(words)
    (begun,) = measures(
        "This rule suspends the affiliates rule beginning November 10, 2029, until November 9,"
        " 2030."
    )

    assert (printed.starts.on, printed.ends.on) == ("2029-11-10", "2030-11-09")
    assert unsaid.starts is None
    assert begun.starts.on == "2029-11-10"


def test_a_stay_begins_by_the_clock_of_washington():
    for clock in (
        "00:01 on",
        "12:01 a.m. on",
        "12:01 a.m. Eastern time on",
        "12:01 a.m., eastern standard time,",
    ):
        (stayed,) = measures(
            f"This rule suspends the affiliates rule beginning {clock} November 10, 2029, until May"
            " 9, 2030."
        )

        assert (stayed.starts.on, stayed.ends.on) == ("2029-11-10T00:01-05:00", "2030-05-09")


def test_a_number_may_be_said_twice_and_a_letter_as_the_interface_writes_it():
    each = "one under each of the destinations of China, Iran, and T[uuml]rkiye"
    words = f"This rule adds three (3) entities, {each}, to the Entity List."
    (fact,) = rule(words)

    assert fact.measures[0].stated.by_destination == {"CN": 1, "IR": 1, "TR": 1}
    assert [each.what for each in fact.not_read] == ["names"]


@pytest.mark.parametrize(
    "words",
    [
        (
            "This rule adds thirty-three (34) entities to the Entity List under the destination of"
            " China."
        ),
        (
            "This rule adds 9 entities to the Entity List under the destinations of China (3) and"
            " Iran (4)."
        ),
    ],
)
def test_counts_that_do_not_add_up_make_it_part(words):
    (fact,) = rule(words)

    assert (fact.understood, [each.what for each in fact.not_read]) == ("part", ["counts", "names"])


@pytest.mark.parametrize(
    ("title", "name", "kind"),
    [
        (
            (
                "Order Denying Export Privileges; In the Matter of: Jane Roe, Inmate Number: 1-2,"
                " FCI Somewhere"
            ),
            "Jane Roe",
            "person",
        ),
        (
            (
                "In the Matter of: Acme Co., Ltd., 12 Harbour Road, Dubai; Order Denying Export"
                " Privileges"
            ),
            "Acme Co., Ltd.",
            "org",
        ),
        ("Order Temporarily Denying Export Privileges of Acme FZE", "Acme FZE", "org"),
        ("Order Renewing Temporary Denial of Export Privileges: Acme FZE", "Acme FZE", "org"),
    ],
)
def test_an_order_that_denies_export_privileges_names_whom(title, name, kind):
    (fact,) = rule(None, title=title, type="Notice", agencies=BIS)
    (measure,) = fact.measures

    assert (measure.action.value, measure.register) == ("add", "us-bis-denied-persons")
    assert [(entity.names["en"], entity.kind) for entity in measure.entities] == [(name, kind)]


@pytest.mark.parametrize(
    "title",
    [
        "Order Temporarily Denying Export Privileges: Acme Ltd; Beta LLC",
        "Order Denying Export Privileges of Acme Ltd. and Beta LLC",
        "Order Denying Export Privileges of Acme FZE, et al.",
    ],
)
def test_an_order_that_names_several_is_understood_in_part(title):
    words = (
        "The order denying export privileges is effective for a period of 180 days from January 2,"
        " 2030."
    )
    (notice,) = rule(words, title=title, type="Notice", agencies=BIS)
    (printed,) = extract.understand(read_text(f"{title}\nBureau of Industry and Security. {words}"))

    assert notice.understood == printed.understood == "part"
    assert [each.what for each in notice.not_read] == ["names"]


def test_a_correction_has_a_number_of_its_own():
    (fact,) = rule(None, document_number="C1-2030-00001", type="Rule", agencies=BIS)

    assert (fact.key, fact.number) == ("fr-C1-2030-00001", "C1-2030-00001")


def test_an_order_that_is_printed_without_an_abstract_is_no_title_that_waits_for_its_text():
    (printed,) = rule(
        None,
        title="Acme FZE; Order Vacating Denial of Export Privileges",
        type="Notice",
        agencies=BIS,
    )
    (listed,) = us.federal_register(
        {
            "document_number": "2030-00002",
            "title": "Revisions to the Entity List",
            "type": "Rule",
            "agencies": BIS,
        }
    )

    assert [measure.action for measure in printed.measures] == ["remove"]
    assert [part.why for part in printed.not_read if part.what == "abstract"] == [
        "it is printed without an abstract"
    ]
    assert [part.why for part in listed.not_read if part.what == "abstract"] == [
        "only the title is published yet"
    ]


def test_an_order_that_is_printed_as_a_text_has_its_term():
    order = (
        "I hereby order that Acme FZE is denied export privileges for 180 days from March 3, 2030."
    )
    words = f"Bureau of Industry and Security. {order}"
    (fact,) = extract.understand(
        read_text(f"Order Temporarily Denying Export Privileges of Acme FZE\n{words}")
    )
    (measure,) = fact.measures

    assert (measure.starts.on, measure.ends.on, fact.understood) == (
        "2030-03-03",
        "2030-08-30",
        "full",
    )


def test_a_sentence_that_is_longer_than_is_read_is_said():
    places = ", ".join(f"Place {number}" for number in range(400))

    (fact,) = rule(
        f"BIS adds 12 entities to the Entity List, with offices in {places}, and removes 3 entities"
        " from it."
    )

    assert (fact.understood, fact.not_read[0].what) == ("part", "sentence")


def test_what_a_rule_says_again_without_a_destination_adds_none():
    again = (
        "This rule adds two entities to the Entity List. In adding two entities to the Entity List,"
        " BIS acts on a finding."
    )

    assert told(again) == [("add", (2, None), {})]


def test_an_address_is_neither_an_entity_nor_an_entry():
    words = (
        "This rule revises the address for an Iranian entity on the Entity List and removes two"
        " entities from it."
    )
    (printed,) = extract.understand(
        read_text(
            "Changes of the Entity List\nBureau of Industry and Security, 15 CFR Part 744. Final"
            f" rule. {words}"
        )
    )

    assert told(words) == [("amend", None, None), ("remove", (2, None), {})]
    assert [each.action.value for each in printed.measures] == ["amend", "remove"]


def test_of_an_answer_only_documents_are_read():
    one = {"document_number": "2030-00001", "title": "Removal of an Entity From the Entity List"}

    assert [
        fact.key for fact in us.federal_register({"results": [3, "x", None, {"count": 1}, one]})
    ] == ["fr-2030-00001"]
    assert us.federal_register({"count": 3}) == us.federal_register("document_number") == []


@pytest.mark.parametrize(
    ("abstract", "names"),
    [
        (
            (
                "BIS amends the EAR by removing Acme Motion Co., Ltd. and Beta Pte. Ltd. from the"
                " Unverified List (UVL), because BIS was able to verify their bona fides."
            ),
            ["Acme Motion Co., Ltd.", "Beta Pte. Ltd."],
        ),
        (
            (
                "BIS is amending the EAR by removing two persons from the Unverified List: Acme Works,"
                " located in Chad; Beta FZCO, located in Turkey."
            ),
            ["Acme Works", "Beta FZCO"],
        ),
        ("This rule removes one person under Oman and the U.A.E. from the Unverified List.", []),
    ],
)
def test_whom_an_abstract_names_is_read(abstract, names):
    [fact] = rule(abstract, title="Removals From the Unverified List", agencies=BIS)
    [removed] = fact.measures

    assert [entity.names["en"] for entity in removed.entities] == names
    assert fact.understood == ("full" if names else "part")


def test_what_an_abstract_says_beside_its_names_is_weighed():
    [fact] = rule(
        "BIS amends the EAR by removing Acme Works from the Unverified List. Orders for lathes pass"
        " without papers until May 4, 2030.",
        title="Removal From the Unverified List",
        agencies=BIS,
    )

    assert fact.measures[0].entities
    assert fact.understood == "part"


def test_whose_entry_is_revised_is_read_from_an_abstract_that_removes_another():
    [fact] = rule(
        "BIS amends the EAR by removing one entity from the Entity List: Corran Marine Ltd., under"
        " the destination of Malta. BIS also revises the existing entries for Brae Optics Ltd. and"
        " Tarn Valve GmbH, under the destination of Austria, by correcting their addresses.",
        title="Revisions to the Entity List",
        agencies=BIS,
    )

    assert [(each.action.value, len(each.entities)) for each in fact.measures] == [
        ("remove", 1),
        ("amend", 2),
    ]
    assert fact.understood == "full"


@pytest.mark.parametrize(
    ("authority", "abstract"),
    [
        (
            "us-state",
            (
                "The Department of State is publishing the names of one or more persons that OFAC has"
                " on its SDN List."
            ),
        ),
        (
            "us-state",
            (
                "A determination has been made that a foreign person engaged in activities that"
                " warrant measures pursuant to the Iran, North Korea, and Syria Nonproliferation Act."
            ),
        ),
        (
            "us-state",
            (
                "The Department of State amends the ITAR to remove items that move to the Commerce"
                " Control List of the Export Administration Regulations."
            ),
        ),
        ("us-dod", "The Deputy Secretary of Defense has designated Chinese military companies."),
        (
            "us-bis",
            (
                "The Department of Commerce, as the Department of State asked, adds Alpha Ltd. to the"
                " Entity List."
            ),
        ),
        (
            "us-fcc",
            "The Federal Communications Commission designates equipment of a foreign adversary.",
        ),
    ],
)
def test_a_document_without_agencies_is_of_the_one_that_it_names_first(authority, abstract):
    (fact,) = rule(abstract, title="A notice of designation")

    assert fact.authority == authority


@pytest.mark.parametrize(
    "words",
    [
        "This document extends the deadline for written comments to January 31, 2031.",
        "BIS reopens the comment period for thirty days. Commenters may refer to the rule.",
    ],
)
def test_more_time_for_comments_decides_nothing(words):
    assert rule(f"On January 6, 2030, BIS published a rule on the Entity List. {words}") == []


@pytest.mark.parametrize(
    "words",
    [
        "This document extends the comment period, and delays the effective date of the rule.",
        "This document extends the comment period. It also corrects two entries.",
        "This rule suspends the affiliates rule while the deadline for comments is extended.",
    ],
)
def test_what_more_time_for_comments_comes_with_is_told(words):
    assert rule(f"On January 6, 2030, BIS published a rule on the Entity List. {words}")


@pytest.mark.parametrize(
    ("deeds", "abstract"),
    [
        (["add"], "OFAC is publishing the names of one or more persons placed on its SDN List."),
        (
            ["add", "remove"],
            (
                "OFAC is publishing the names of persons that have been added to the SDN List, and the"
                " names of persons whose property was unblocked and who have been removed from the SDN List."
            ),
        ),
        (
            ["amend"],
            (
                "OFAC is publishing updates to the identifying information of two persons on the SDN"
                " List."
            ),
        ),
        ([], "OFAC plans to publish the names of persons that may be placed on the SDN List."),
    ],
)
def test_a_notice_of_names_does_what_it_says_of_them_and_names_nobody(deeds, abstract):
    (fact,) = rule(abstract, title="Notice of OFAC Sanctions Actions")

    assert [each.action.value for each in fact.measures] == deeds
    assert fact.understood == ("part" if deeds else "none")
    assert all(each.stated is None or each.stated.entities != 1 for each in fact.measures)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "SK hydron Battery Co., Ltd.; and Acme Optics LLC",
            ["SK hydron Battery Co., Ltd.", "Acme Optics LLC"],
        ),
        (
            "eSilicon Foundry Inc., iVision Chips (Hefei) Co., Ltd. and Acme Optics LLC",
            ["eSilicon Foundry Inc.", "iVision Chips (Hefei) Co., Ltd.", "Acme Optics LLC"],
        ),
        ("US bank Acme Trust Ltd. and Beta LLC", ["Acme Trust Ltd.", "Beta LLC"]),
        ("MEU lists Acme Trust Ltd. and Beta LLC", ["Acme Trust Ltd.", "Beta LLC"]),
    ],
)
def test_a_name_may_have_a_small_letter_where_it_begins(words, expected):
    found = read_prose_entities(words)

    assert [entity.names["en"] for entity in found] == expected


@pytest.mark.parametrize(
    ("title", "abstract", "register"),
    [
        (
            "Additions to the Entity List; Correction",
            (
                "On February 22, 2029, BIS published a rule that added nine entities. This rule"
                " corrects an error in it."
            ),
            "us-bis-entity-list",
        ),
        ("Licensing Policy; Correcting Amendment", "BIS corrects errors in a rule of May.", None),
    ],
)
def test_a_correction_changes_the_document_that_it_names_and_leaves_open_how(
    title, abstract, register
):
    (fact,) = rule(
        abstract, title=title, agencies=BIS, correction_of="https://a.example/2029-12345"
    )
    (measure,) = fact.measures

    assert (measure.action.value, measure.register) == ("amend", register)
    assert [target.key for target in measure.amends] == ["fr-2029-12345"]
    assert (fact.understood, [each.what for each in fact.not_read]) == ("part", ["sentence"])
    assert "correct" in measure.quote
