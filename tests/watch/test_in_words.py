import pytest
from cases import read_cases

from monitor.model import Entity, Item, PageChange, Rewording
from monitor.watch.entries import Party, Product
from monitor.watch.match import (
    AllListed,
    WatchList,
    name_subject,
    screen_entry,
    screen_fact,
    screen_subject,
)
from monitor.watch.mentions import find_named_firms, find_new_mentions

WATCH = WatchList(
    [
        Party(name="Harbour Metals Ltd"),
        Party(name="港口金属有限公司"),
        Party(name="Ace Inc."),
        Product(name="Pump", eccn=("2B350",)),
    ]
)


def names(before: str, after: str) -> list[str]:
    return [name_subject(subject) for subject in find_new_mentions(before, after, WATCH.entries)]


@pytest.mark.parametrize(
    ("before", "after", "who"),
    read_cases(
        """
        "" | Added: HARBOUR METALS LTD, of Garden Road | ['Harbour Metals Ltd']
        "" | licences of Harbour Metals are revoked | ['Harbour Metals Ltd']
        "" | 现将港口金属有限公司列入名单 | ['港口金属有限公司']
        "" | items of 2B350 need a licence | ['2B350']
        "" | the harbour, metals and others | ['Harbour Metals Ltd']
        "" | Harbourside Metals | []
        "" | an ace of spades | []
        "" | Ace Inc. is listed | ['Ace Inc.']
        Harbour Metals Ltd may export | Harbour Metals Ltd may not export | []
        Harbour Metals Ltd is named | "" | []
        """
    ),
)
def test_whoever_stands_in_words_that_came_is_found_and_nobody_else(
    before: str, after: str, who: list[str]
):
    assert names(before, after) == who


def test_of_goods_only_the_codes_count_that_came_and_never_the_name_that_only_the_list_says():
    chip = Product(name="Dysprosium chip", codes=("3A001",), eccn=("5E002", "3A001.a"))
    page = PageChange(
        page="page:x",
        rewordings=(Rewording(before="of 5E002", after="3A001 and 5E002 apply to gallium"),),
    )

    (subject,) = find_new_mentions("of 5E002", "3A001 and 5E002 apply", [chip])
    result = screen_fact(page, WatchList([chip]))

    assert isinstance(subject, Item)
    assert (subject.names, subject.codes) == ({}, ("3A001",))
    assert result is not None
    assert [(match.subject, match.reason) for match in result.found] == [
        ("3A001", "control code 3A001")
    ]


def test_a_person_and_a_firm_are_named_in_their_script_with_the_words_around_them():
    people = [
        Party(name="王小明", person=True),
        Party(name="Nova Optics", aliases=("NovaOpt",)),
        Party(name="海康"),
    ]
    text = "王小明 and NovaOpt 海康 " + "x" * 300

    one, two = find_new_mentions("", text, people)

    assert isinstance(one, Entity)
    assert isinstance(two, Entity)
    assert (one.names, one.kind, two.names, two.kind) == (
        {"zh": "王小明"},
        "person",
        {"en": "Nova Optics"},
        "org",
    )
    assert one.quote == two.quote == text[:200]


OWNED = WatchList(
    [
        Party(name="Alpha Motors GmbH"),
        Party(name="Beta Coils Ltd", parent="Nova Optics Inc.", share=60),
        Party(name="Gamma Rotor Ltd", parent="Nova Optics Inc.", share=60),
    ]
)


@pytest.mark.parametrize(
    ("before", "after", "touched"),
    [
        ("", "Nova Optics Inc | CA", [("Beta Coils Ltd", "owned"), ("Gamma Rotor Ltd", "owned")]),
        ("Alpha Motors GmbH | DE", "", [("Alpha Motors GmbH", "name")]),
        ("Alpha Motors GmbH", "Alpha Motors GmbH of Bonn", []),
    ],
)
def test_a_page_that_names_an_owner_or_no_longer_one_of_ours_touches_the_list(
    before: str, after: str, touched: list[tuple[str, str]]
):
    page = PageChange(page="page:x", rewordings=(Rewording(before=before, after=after),))

    result = screen_fact(page, OWNED)

    assert result is not None
    assert [(one.entry, one.known_tie.kind) for one in result.sure] == touched
    went = ["no longer" in one.reason for one in result.sure]
    assert went == [not after] * len(touched)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    read_cases(
        """
        Nova Ltd | Nova is | True  # four letters are enough without its legal form
        Ace Ltd | Ace is | False
        Ace Ltd | ACE  LTD. is | True
        海康威 | 海 康 威 | True
        海康 | 海康 | False
        Ltd | a Ltd | True
        """
    ),
)
def test_a_name_is_known_in_words_if_it_is_long_enough(name: str, text: str, found: bool):
    assert bool([*find_new_mentions("", text, [Party(name=name)])]) is found


@pytest.mark.parametrize(
    ("goods", "firms"),
    read_cases(
        """
        Harbour Metals Ltd’s Air 49 Router | ['Harbour Metals Ltd']
        Harbour's Air 49 Router | ['Harbour']
        Software supplied by AO Harbour Lab or any of its affiliates | ['AO Harbour Lab']
        Services of Harbour Corp and its subsidiary PortNet (USA) LLC under section 2 | ['Harbour Corp', 'PortNet (USA) LLC']
        Routers of Harbour Co., Ltd. and others | ['Harbour Co., Ltd']
        Harbour, Inc. Q12 Uncrewed Aircraft System | ['Harbour, Inc.']
        Uncrewed Aircraft Systems of the Harbour Series | []
        Routers approved by DoW | []
        Sodium Cyanide | []
        the harbour’s crane | []
        氰化钠 | []
        """
    ),
)
def test_goods_name_firms_by_their_legal_form_or_as_whose_they_are(goods: str, firms: list[str]):
    assert list(find_named_firms(Item(names={"en": goods}))) == firms


ROUTER = Item(names={"en": "Harbour Metals Ltd’s Air 49 Router"})


def test_whoever_goods_name_is_found_as_that_from_either_side():
    (here,) = screen_subject(ROUTER, WATCH)
    listings = AllListed([Item(names={"en": "Crane"}), ROUTER])
    (place, there), *more = screen_entry(WATCH.entries[0], listings, WATCH)

    assert (here.entry, here.kind, here.score) == (WATCH.entries[0], "named", 1)
    assert here.tie.kind == "named"
    assert here.reason == "it names “Harbour Metals Ltd”: the same name"
    assert (place, there.subject, there.kind, more) == (1, ROUTER, "named", [])


def test_the_owner_of_ours_whom_goods_name_is_told_as_that():
    ours = Party(name="Nova", parent="Harbour Metals Ltd")

    assert [one.reason for one in screen_subject(ROUTER, WatchList([ours]))] == [
        "it names the owner of our entry, “Harbour Metals Ltd”: the same name"
    ]
