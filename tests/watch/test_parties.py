"""By which name or number one of ours is found, and how that is said, the same whoever asks."""

import pytest
from cases import read_cases

from monitor.model import Entity, Item
from monitor.watch.entries import Owner, Party, Product, describe_tie
from monitor.watch.match import (
    AllListed,
    Dismissal,
    Thresholds,
    WatchList,
    make_subject_keys,
    screen_entry,
    screen_subject,
)
from monitor.watch.ownership import add_chains
from monitor.watch.values import Relation

LEI, OTHER_LEI = "5493001KJTIIGC8Y1R12", "213800MBWEIJDM5CU638"


def org(name: str, **more: object) -> Entity:
    return Entity(**{"names": {"en": name}, "kind": "org"} | more)  # type: ignore[arg-type]  # its fields


def found(entity: Entity, party: Party) -> list[tuple[str, float, str]]:
    """Each way, its score and how it is said, the same where the list asks what was ever listed."""
    watch = WatchList([party], Thresholds(review=0.01))
    there = [(match.kind, match.score, match.reason) for match in screen_subject(entity, watch)]
    assert there == [
        (match.kind, match.score, match.reason)
        for _, match in screen_entry(party, AllListed([entity]), watch)
    ]
    return there


NOVA = Party(name="Nova Optics")


@pytest.mark.parametrize(
    ("entity", "party", "way"),
    [
        (org("Nova Optics"), NOVA, ("exact", 1.0, "“Nova Optics”: the same name")),
        (
            org("NOVA OPTICS"),
            NOVA,
            ("exact", 1.0, "“NOVA OPTICS”, ours “Nova Optics”: the same name"),
        ),
        (
            org("Zed", aliases=("Nova Optics",)),
            NOVA,
            ("alias", 1.0, "“Nova Optics”: the same name"),
        ),
        (org("Zed (Nova Optics)"), NOVA, ("alias", 1.0, "“Nova Optics”: the same name")),
        (
            org("Nova Optics"),
            Party(name="Zed", aliases=("Nova Optics",)),
            ("alias", 1.0, "“Nova Optics”: the same name"),
        ),
        (
            org("Zed", aliases=("Nova Optics Ltd",)),
            NOVA,
            ("legal-form", 0.98, "“Nova Optics Ltd”, ours “Nova Optics”: only one has “Ltd”"),
        ),
        (
            org("Zed", parent="Nova Optics"),
            NOVA,
            ("member", 1.0, "it belongs to “Nova Optics”: the same name"),
        ),
        (
            org("Zed", parent="Nova Optics"),
            Party(name="Yak", parent="Nova Optics"),
            (
                "sister",
                1.0,
                (
                    "owned by Nova Optics (share not stated); it and our entry belong to “Nova"
                    " Optics”: the same name"
                ),
            ),
        ),
        (
            org("Nova Optics"),
            Party(name="Yak", parent="Nova Optics"),
            (
                "parent",
                1.0,
                (
                    "owned by Nova Optics (share not stated); it is the parent of our entry, “Nova"
                    " Optics”: the same name"
                ),
            ),
        ),
        (
            org("Nova Optiks", country="US"),
            Party(name="Nova Optics", country="FR"),
            (
                "fuzzy",
                0.84,
                (
                    "“Nova Optiks”, ours “Nova Optics”: “optiks” and “optics” (k for c); countries"
                    " differ: US, FR"
                ),
            ),
        ),
    ],
)
def test_what_is_listed_is_said_first_and_our_entry_second(
    entity: Entity, party: Party, way: tuple[str, float, str]
):
    assert found(entity, party) == [way]


@pytest.mark.parametrize(
    ("share", "score"),
    read_cases("""
        None | 0.98
        100.0 | 0.98
        50.0 | 0.98
        49.9 | 0.8
        0.0 | 0.8
        """),
)
def test_an_owner_of_less_than_half_is_for_a_person(share: float | None, score: float):
    ((kind, scored, reason),) = found(
        org("Nova Optics"), Party(name="Yak", parent="Nova Optics Ltd", share=share)
    )

    assert (kind, scored) == ("parent", score)
    assert reason.startswith(
        f"owned {share:g} % by Nova Optics Ltd; "
        if share is not None
        else "owned by Nova Optics Ltd (share not stated); "
    )


@pytest.mark.parametrize(
    ("share", "verdict", "tie"),
    [
        (60.0, "match", "is a sister firm of Zed, which is listed"),
        (None, "match", "is a sister firm of Zed, which is listed"),
        (5.0, "possible", "is owned 5 % by Nova Optics, the group of Zed, which is listed"),
    ],
)
@pytest.mark.parametrize("match", [0.85, 0.6])
def test_a_share_below_half_in_the_group_of_a_listed_member_is_never_a_match(
    share, verdict: str, tie: str, match: float
):
    member, party = (
        org("Zed", parent="Nova Optics"),
        Party(name="Yak", parent="Nova Optics", share=share),
    )
    watch = WatchList([party], Thresholds(match=match, review=match))
    (found,), ((_, back),) = (
        screen_subject(member, watch),
        screen_entry(party, AllListed([member]), watch),
    )

    assert (found.verdict, describe_tie(found.tie, "Zed", "listed")) == (verdict, tie)
    assert (back.verdict, back.tie) == (found.verdict, found.tie)


@pytest.mark.parametrize(
    ("of_us", "of_it", "tie"),
    [
        (49, 100, "is owned 49 % by Nova (49 % by Mid Holding (100 % by Nova))"),
        (100, 49, "is tied by ownership or group to Nova"),
    ],
)
def test_a_share_below_half_held_through_another_firm_is_told_where_it_counts(
    of_us: float, of_it: float, tie: str
):
    party = Party(name="Yak", parent="Mid Holding", share=of_us)
    owner = Party(name="Mid Holding", parent="Nova", share=of_it)
    (chained,) = add_chains([party], [party, owner], "2026-01-01")
    (match,) = screen_subject(org("Nova"), WatchList([chained]))

    assert (match.verdict, describe_tie(match.tie, "Nova")) == ("possible", tie)


def test_a_member_called_nearly_as_its_group_is_dismissed_with_it():
    member = org("Nova Optics USA Inc.", parent="Nova Optics Inc.")
    party = Party(name="Yak", parent="Nova Optics Inc.", share=5)
    (head,) = make_subject_keys(org("Nova Optics Inc."))
    said = Dismissal(entry=party.key, subject=head, by="Ann", at="2025-10-10T00:00:00Z")
    watch = WatchList([party], dismissals=[said])
    (found,), ((_, back),) = (
        screen_subject(member, watch),
        screen_entry(party, AllListed([member]), watch),
    )

    assert (found.kind, back.kind) == ("sister", "sister")
    assert found.dismissed
    assert back.dismissed


def test_a_small_share_does_not_hide_that_the_entry_itself_is_listed():
    party = Party(name="Nova Optics Ltd", parent="Nova Optics", share=30)

    assert found(org("Nova Optics"), party) == [
        ("legal-form", 0.98, "“Nova Optics”, ours “Nova Optics Ltd”: only one has “Ltd”")
    ]


def test_of_two_shares_in_one_owner_the_larger_is_told():
    party = Party(
        name="Yak", parent="Nova Optics", share=10, owners=(Owner(name="Nova Optics", share=90),)
    )

    assert found(org("Nova Optics"), party)[0][1:] == (
        1.0,
        "owned 90 % by Nova Optics; it is the parent of our entry, “Nova Optics”: the same name",
    )


@pytest.mark.parametrize(
    ("entity", "party", "said"),
    [
        (org("Nova Optics Ltd"), NOVA, "is listed"),
        (org("Nova (China) Co., Ltd."), Party(name="Nova Co., Ltd."), "has a name like S, which is listed"),
        (
            org("Z", ids={"x": "740200"}, country="RU"),
            Party(name="Y", ids=("740200",), country="GB"),
            "may be S, which is listed",
        ),
        (org("Zed", parent="Nova Optics"), NOVA, "is the parent group of S, which is listed"),
        (org("Nova Optics"), Party(name="Yak", parent="Nova Optics", share=60), "is owned 60 % by S, which is listed"),
        (org("Nova Optics"), Party(name="Yak", parent="Nova Optics"), "is owned by S (share not stated), which is listed"),
        (
            org("Nova (China) Co., Ltd."),
            Party(name="Yak", parent="Nova Co., Ltd.", share=60),
            "is owned 60 % by Nova Co., Ltd., which has a name like S, which is listed",
        ),
    ],
)  # fmt: skip
def test_the_tie_of_an_entry_is_worded_for_what_is_known(entity: Entity, party: Party, said: str):
    (match,) = screen_subject(entity, WatchList([party]))

    assert describe_tie(match.tie, "S", "listed") == said


@pytest.mark.parametrize(
    ("theirs", "country", "ours", "place", "score", "also"),
    read_cases("""
        "7402006277" | None | INN 7402006277 | None | 1.0 | ""
        "7402006277" | RU | "7402006277" | GB | 1.0 | ""  # long enough to be one firm's anywhere
        "74020062" | RU | "74020062" | GB | 0.8 | in another country (RU, GB)
        HRB 86891 | None | HRB 86891 | None | 0.8 | which another court may have given to another firm
        "740200627" | RU | "740200627" | GB | 1.0 | ""
        "74020062" | None | "74020062" | GB | 1.0 | ""
        """),
)
def test_a_number_that_both_have_decides(
    theirs: str, country: str | None, ours: str, place: str | None, score: float, also: str
):
    way = ("id", score, f"the same number {theirs.replace(' ', '')}{also and f', {also}'}")

    assert found(
        org("Zed", ids={"x": theirs}, country=country),
        Party(name="Yak", ids=(ours,), country=place),
    ) == [way]


def test_a_number_is_said_though_the_name_is_the_same_and_one_of_an_owner_as_that():
    listed = org("Nova Optics", ids={"x": "7402006277"})
    mid = Owner(name="Foo", ids=("7402006277",), share=20, path=("Mid",))

    assert found(listed, Party(name="Nova Optics", ids=("7402006277",))) == [
        ("id", 1.0, "the same number 7402006277")
    ]
    assert found(listed, Party(name="Yak", owners=(mid,))) == [
        (
            "parent",
            0.8,
            (
                "owned through Mid, of which Foo holds 20 %; the same number 7402006277 as an owner of"
                " our entry"
            ),
        )
    ]


def test_another_lei_tells_two_apart_but_never_a_firm_from_its_parent():
    ours = Party(name="Nova Optics", ids=(OTHER_LEI,))

    assert found(org("Nova Optics", ids={"lei": LEI}), ours) == [
        ("exact", 0.8, f"“Nova Optics”: another LEI: {LEI}, {OTHER_LEI}")
    ]
    assert found(org("Zed", parent="Nova Optics", ids={"lei": LEI}), ours)[0][:2] == ("member", 1.0)
    assert (
        found(
            org("Nova Optics", ids={"lei": LEI}),
            Party(name="Yak", parent="Nova Optics", ids=(OTHER_LEI,)),
        )[0][1]
        == 1.0
    )


@pytest.mark.parametrize(
    ("kind", "person", "ways"),
    read_cases("""
        org | False | ['acronym']
        other | False | ['acronym']
        vessel | False | []
        person | False | []
        org | True | []
        """),
)
def test_initials_are_no_persons_and_no_ships(kind: str, person: bool, ways: list[str]):
    entity = org("MSCG", kind=kind)

    assert [
        way
        for way, _, _ in found(
            entity, Party(name="Mediterranean Shipping Company Group", person=person)
        )
    ] == ways


@pytest.mark.parametrize(("kind", "person"), [("person", False), ("org", True), ("person", True)])
def test_a_name_is_a_persons_if_either_side_says_so(kind: str, person: bool):
    assert [
        (way, score)
        for way, score, _ in found(
            org("Karim Nasser", kind=kind), Party(name="Sheikh Karim Nasser", person=person)
        )
    ] == [("fuzzy", 0.97)]


def test_the_best_of_all_names_counts():
    entity = org("Nova Optix", aliases=("Nova Optics", "Nova"))

    assert found(entity, Party(name="Nova Optics", aliases=("Nova Optix Ltd",)))[0][:2] == (
        "alias",
        1.0,
    )


@pytest.mark.parametrize("subject", ["1C909.a", "磁体", "magnet"])
def test_goods_are_dismissed_by_a_code_or_any_of_their_names(subject: str):
    item, magnet = (
        Item(names={"zh": "磁体", "en": "Magnet"}, codes=("1C909.a",)),
        Product(name="Magnet"),
    )
    said = Dismissal(entry=magnet.key, subject=subject, by="Ann", at="2025-10-10T00:00:00Z")

    assert subject in make_subject_keys(item)
    assert [
        match.dismissed for match in screen_subject(item, WatchList([magnet], dismissals=[said]))
    ] == [said]


def test_what_is_as_sure_stands_in_the_order_in_which_it_was_listed_and_the_surest_first():
    entities = [org("Nova Optics Ltd"), org("Nova Optics"), org("Zed"), org("Nova Optics")]

    assert [place for place, _ in screen_entry(NOVA, AllListed(entities), WatchList([NOVA]))] == [
        1,
        3,
        0,
    ]
    assert [
        match.entry.key
        for match in screen_subject(
            entities[1], WatchList([NOVA, Party(name="Nova Optics", relation=Relation.OWN)])
        )
    ] == [
        "own:novaoptics",
        "supplier:novaoptics",
    ]


@pytest.mark.parametrize(
    ("ids", "score"),
    [
        ({"passport": "AB1234567"}, 1.0),
        ({"passport": "CD7654321"}, 0.8),
        ({"national id": "CD7654321"}, 1.0),
        ({}, 1.0),
    ],
)
def test_another_passport_under_one_name_is_possible_only(ids: dict[str, str], score: float):
    listed = Entity(names={"en": "Ivan Primerov"}, kind="person", ids=ids)
    (found,) = screen_subject(
        listed, WatchList([Party(name="Ivan Primerov", person=True, ids=("Passport AB1234567",))])
    )

    assert found.score == score


@pytest.mark.parametrize(
    ("name", "kind", "aliases", "country", "ours", "place", "score"),
    read_cases("""
        Oil Turbine Energy Company | org | ['OTEC'] | None | Ocean Thermal Energy Corp | None | 0  # its owner has another name
        Zed | org | ['OTEC'] | None | Ocean Thermal Energy Corp | None | 0.86
        Oil Turbine Energy Company | org | ['OTEC'] | None | OTEC Ltd | None | 0.98
        OTEC | org | [] | IR | Ocean Thermal Energy Corp | US | 0
        Zed | org | ['QRX'] | None | QRX Logistics | None | 0  # three letters beside a further word are another name
        Zed | org | ['QRX'] | None | QRX Ltd | None | 0.79
        Zed | org | ['Bancorp'] | None | United Bancorp Inc | None | 0  # a word that many firms have
        Zed | org | ['Bancorp'] | None | Bancorp Inc | None | 0.79
        Noble | vessel | [] | None | Noble Corporation | None | 0  # a firm is no person and no ship
        Noble | vessel | [] | None | Noble | None | 0.8
        Akli, Mohamed | person | ['Elisa'] | None | Elisa Oyj | None | 0
        Nova Optics | person | [] | None | Nova Optics Ltd | None | 0.78
        Nova Optics | vessel | [] | None | Nova Optics | None | 1
        Nova Optics | vessel | [] | None | Nova Optics Group | None | 0
        Zed | org | ['QRX'] | IR | QRX | US | 0.695  # in another country a doubt is two firms
        Zetacom | org | [] | IR | Zetacam | US | 0.695
        Zetacom | org | [] | IR | Zetacam | IR | 0.79
        Siam Tekno Oil | org | [] | None | Sto | None | 0  # initials are written in capitals
        Siam Tekno Oil | org | [] | None | STO | None | 0.76
        """),
)
def test_a_name_that_many_have_is_no_match(
    name: str,
    kind: str,
    aliases: list[str],
    country: str | None,
    ours: str,
    place: str | None,
    score: float,
):
    listed = org(name, kind=kind, aliases=tuple(aliases), country=country)
    ways = found(listed, Party(name=ours, country=place))

    assert max((alike for _, alike, _ in ways), default=0) == score


BOTH = Entity(names={"zh": "Nova Optics公司", "en": "Nova Optics, Inc."}, kind="org")
IN_GROUP = org("Nova Optics Japan KK", parent="Nova Optics公司")


@pytest.mark.parametrize(
    ("listed", "ours", "score"),
    [
        (BOTH, Party(name="Nova Optics"), 0.98),
        (BOTH, Party(name="Nova Optics Inc"), 1.0),
        (BOTH, Party(name="Nova Optics公司"), 1.0),
        (BOTH, Party(name="Nova Optics GmbH"), 0.84),  # the listed firm is an Inc. in either name
        (BOTH, Party(name="Nova Optics B.V."), 0.84),
        (org("Nova Optics公司"), Party(name="Nova Optics GmbH"), 0.97),  # it may be one
        (org("Nova Optics", aliases=("Nova Optics Inc.",)), Party(name="Nova Optics GmbH"), 0.98),
        # of two languages of Switzerland, or of Belgium: one firm there alone
        (org("SARL Nova Optics"), Party(name="Nova Optics GmbH"), 0.84),
        (org("SARL Nova Optics", country="CH"), Party(name="Nova Optics GmbH"), 0.99),
        (org("SARL Nova Optics"), Party(name="Nova Optics GmbH", country="CH"), 0.99),
        (org("Nova Optics NV"), Party(name="Nova Optics SA"), 0.84),
        (org("Nova Optics AG"), Party(name="Nova Optics SE"), 0.99),  # it took another form
        (org("Nova Optics OOO"), Party(name="Nova Optics LLC"), 0.99),  # one translates the other
    ],
)
def test_a_legal_form_of_another_country_is_not_the_listed_one(listed, ours, score):
    assert [round(way[1], 2) for way in found(listed, ours)] == [score]


@pytest.mark.parametrize(
    ("ours", "is_head"), [("Nova Optics", True), ("Nova Optics Europe Sp. z o.o.", False)]
)
def test_a_name_with_a_word_more_than_the_groups_is_not_its_head(ours: str, is_head: bool):
    ways = [kind for kind, _, _ in found(IN_GROUP, Party(name=ours))]
    assert ("member" in ways) is is_head


def test_a_name_that_stands_in_a_remark_alone_makes_it_possible_and_says_so():
    ours = Party(name="Zed", remarked=("Nova Optics Inc.",))
    (match,) = screen_subject(org("Nova Optics Inc."), WatchList([ours]))

    assert (match.kind, match.verdict, match.score) == ("remark", "possible", 0.84)
    assert match.reason == "“Nova Optics Inc.”: the name stands in a remark"
    assert describe_tie(match.tie, "it") == "may be it"


@pytest.mark.parametrize(
    ("owner", "verdict"),
    read_cases("""
        Nova Optics Inc. und Zed GmbH | match  # each has its legal form
        Zed GmbH / Nova Optics Inc. | match
        Zed, Nova Optics Inc. | possible  # or one firm in all
        Zed & Nova Optics Inc. | possible
        Hr. Zed / Nova Optics Inc. | possible
        """),
)
def test_an_owner_of_several_in_a_cell_is_found_by_itself(owner: str, verdict: str):
    listed = org("Nova Optics Inc.")
    (match,) = screen_subject(listed, WatchList([Party(name="Acme Ltd", parent=owner)]))
    assert (match.kind, match.verdict, match.tie.owner) == ("parent", verdict, owner)
