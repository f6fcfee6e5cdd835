"""Pairs of names with the right answer, written before the rules: one firm or person, two, or
for a person to see.
"""

import pytest
from cases import read_cases
from each import for_each

from monitor.model import Entity
from monitor.names.numbers import find_contradiction
from monitor.watch.entries import Party
from monitor.watch.match import AllListed, WatchList, screen_entry, screen_subject


def verdict(entity: Entity, party: Party) -> str:
    there = [match.verdict for match in screen_subject(entity, WatchList([party]))]
    back = [
        match.verdict for _, match in screen_entry(party, AllListed([entity]), WatchList([party]))
    ]
    assert there == back
    return there[0] if there else "nothing"


ORIONS = Entity(names={"en": "Orion Trade"}, kind="org")


@pytest.mark.parametrize(
    ("listed", "ours", "found"),
    [
        ("No. 33 Research Institute (CASIC)", "No. 35 Research Institute (CASIC)", "nothing"),
        ("No. 33 Research Institute (CASIC)", "CASIC", "possible"),
        (
            "The 33rd Research Institute of China Electronics Technology Group (CETC)",
            "The 38th Research Institute of China Electronics Technology Group (CETC)",
            "nothing",
        ),
        ("Teledyne FLIR (FLIR)", "FLIR", "match"),
        ("Aviation Industry Corporation of China (AVIC)", "AVIC", "match"),
        ("天津大学", "Tianjin University", "match"),
        ("天津大学", "Nanjing University", "nothing"),
        ("天津大学", "Tianjin Hospital", "nothing"),
        (
            "中国电子科技集团公司第三十九研究所",
            "39th Research Institute of China Electronics Technology Group Corporation",
            "match",
        ),
        ("第三十九研究所", "39th Research Institute", "possible"),
        ("第三十九研究所", "38th Research Institute", "nothing"),
        ("ELEKTRONİK SANAYI AS", "Elektronik Sanayi AS", "match"),
        ("SARL Strategy Analytics", "STRATEGY ANALYTICS SARL", "match"),
        ("GmbH Rheinland Optik", "Rheinland Optik GmbH", "match"),
        ("Oy Nordlift", "Nordlift Oy", "match"),
    ],
)
def test_institutes_and_firms(listed: str, ours: str, found: str):
    assert (
        verdict(
            Entity(names={"en" if listed.isascii() else "zh": listed}, kind="org"), Party(name=ours)
        )
        == found
    )


@for_each(
    ("listed", "ours", "found"),
    read_cases(
        """
        Mohammed Ahmed | Hamed Ahmed | nothing
        Ahmed Mahmoud | Hamed Mahmoud | possible
        Peter Hansen | Peter Jansen | possible
        Thomas Bauer | Thomas Brauer | possible
        Bashar al-Asasd | Bashar al-Assad | match
        Mohammed Ahmed | Muhammad Ahmad | match
        Mammadov Ali | Mamedov Ali | match
        Natallia Dziadkova | Natalia Dedkova | match
        Abdul Rahman | Abu Rahmah | nothing
        Abdul Rahman | Abd al-Rahman | match
        Hans Müller | Hans Möller | possible
        Hans Müller | Hans Mueller | match
        Hans Müller | Hans Muller | match
        Hassan Omar | Hussein Omar | nothing
        Mohammed Salman Alharbi | Muhammad bin Salman al-Harbi | match
        Ivan Viktorovitch Petrov | Иван Викторович Петров | match
        Ichiro Suzuki | スズキ・イチロー | match
        Ichiro Suzuki | スズキ・ジロー | nothing
        Taro Yamada | やまだ たろう | match
        Yamada Taro | ヤマダタロウ | match
        """
    ),
)
def test_persons(listed: str, ours: str, found: str):
    assert (
        verdict(Entity(names={"en": listed}, kind="person"), Party(name=ours, person=True)) == found
    )


@pytest.mark.parametrize(
    ("theirs", "mine", "found"),
    read_cases(
        """
        IMO 9074729 | IMO 9187629 | possible
        "7702070139" | "7740000076" | possible  # taxpayers' numbers of Russia
        "7702070139" | "7702070139" | match
        ИНН 7702070139 | INN 7740000076 | possible
        VAT DE811907980 | USt-IdNr. DE129273398 | possible
        DE811907980 | FR12345678901 | match  # one firm may have one in each country
        "7702070139" | DE129273398 | match
        IMO 9074729 | IMO 1234560 | match  # the second is no IMO number, by its check
        "500100732259" | "500100732260" | match  # nor is this a person's number
        """
    ),
)
def test_two_numbers_of_which_one_has_one_tell_two_apart(theirs: str, mine: str, found: str):
    entity = Entity(names={"en": "Orion Trade"}, kind="org", ids={"number": theirs})

    assert verdict(entity, Party(name="Orion Trade", ids=(mine,))) == found


def test_the_numbers_that_contradict_are_said():
    assert find_contradiction(["9074729"], ["9187629"]) == "another IMO number: 9074729, 9187629"
    assert (
        find_contradiction(["DE811907980", "FR83404833048"], ["DE129273398"])
        == "another VAT number: DE811907980, DE129273398"
    )


@pytest.mark.parametrize(
    ("alias", "ours", "found"),
    read_cases(
        """
        SL | SL Corporation | possible
        MEK | MEK | possible
        MEKO | MEKO | match
        蒂尔 | 蒂尔 | match
        """
    ),
)
def test_an_alias_of_three_letters_alone_is_at_most_possible(alias: str, ours: str, found: str):
    assert (
        verdict(
            Entity(names={"en": "Shining Path"}, kind="org", aliases=(alias,)), Party(name=ours)
        )
        == found
    )


@pytest.mark.parametrize(
    ("listed", "country", "ours", "place", "found"),
    read_cases(
        """
        BAE Systems | GB | BAE Systems GmbH | DE | possible
        BAE Systems | GB | BAE Systems GmbH | None | possible
        Recorded Future | US | recorded future AB | None | possible
        Recorded Future AB | None | Recorded Future | US | possible
        Recorded Future, Inc. | US | recorded future AB | None | possible
        Recorded Future | SE | recorded future AB | None | match
        Recorded Future | None | recorded future AB | None | match  # nothing says another country
        """
    ),
)
def test_another_countrys_legal_form_is_another_country(
    listed: str, country: str, ours: str, place: str, found: str
):
    entity = Entity(names={"en": listed}, kind="org", country=country)

    assert verdict(entity, Party(name=ours, country=place)) == found


@pytest.mark.parametrize(
    ("ours", "found"),
    read_cases("""
        VSE AG | possible  # a German form, and one that English gives to many
        VSE GmbH | possible
        VSE S.A. | possible
        VSE Sdn Bhd | possible
        VSE Corp. | match
        VSE Inc. | match
        VSE公司 | match
    """),
)
def test_a_corporation_is_not_surely_a_firm_with_a_form_of_another_country(ours: str, found: str):
    listed = Entity(names={"en": "VSE Corporation", "zh": "VSE公司"}, kind="org")

    assert verdict(listed, Party(name=ours)) == found


@pytest.mark.parametrize(
    ("ours", "parent", "found", "kind"),
    read_cases("""
        Nordlift Sdn Bhd | Nordlift公司 | possible | member
        Nordlift GmbH | Nordlift | possible | member
        Nordlift Inc. | Nordlift公司 | match | member
        Nordlift | Nordlift公司 | match | member
        Nordlift GmbH | Nordlift GmbH | match | member
        """),
)
def test_a_firm_with_a_form_of_one_country_is_not_surely_the_head_of_a_group(
    ours, parent, found, kind
):
    branch = Entity(names={"en": "Teal Optics"}, kind="org", parent=parent)
    (match,) = screen_subject(branch, WatchList([Party(name=ours)]))

    assert (match.verdict, match.kind) == (found, kind)


@pytest.mark.parametrize(
    ("listed", "ours", "found"),
    read_cases("""
        Nordlift Quorra, LLC | Nordlift | possible  # a group by its name
        Nordlift Quorra, LLC | Quorra | possible  # a brand
        Nordlift Quorra, LLC | Nordlift Technologies | possible
        Nordlift Quorra, LLC | Nordlift Holdings | possible
        Nordlift Quorra, LLC | Nordlift GmbH | nothing  # a firm, and another one
        Nordlift Quorra, LLC | Nordlift Berlin | nothing
        Nordlift Quorra Vessin, LLC | Nordlift | nothing
        Nor Quorra, LLC | Nor | nothing  # three letters are many firms'
        Nordlift | Nordlift Quorra, LLC | nothing  # a listed word is not everybody's group
    """),
)
def test_a_word_alone_is_possibly_the_group_of_who_has_one_more(listed, ours, found):
    assert verdict(Entity(names={"en": listed}, kind="org"), Party(name=ours)) == found


@pytest.mark.parametrize("kind", ["person", "vessel"])
def test_a_word_alone_is_no_group_of_a_person_or_a_ship(kind):
    assert verdict(Entity(names={"en": "Nordlift Quorra"}, kind=kind), Party(name="Nordlift")) == (
        "nothing"
    )
