"""What two versions of a row say differently, field by field."""

import pytest
from cases import read_cases

from monitor.diff.listings import (
    Side,
    diff_fields,
    flatten_listing,
    join_meaning,
    name_of,
    pair_rows,
)
from monitor.model import Entity, Item, Listing


def firm(names: dict[str, str] | None = None, **more) -> Listing:
    return Listing(subject=Entity(names=names or {"en": "Severny Press"}, kind="org", **more))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    read_cases("""
        country | RU | RU
        role | end user | end user
        parent | Severny Holding | Severny Holding
        addresses | ('1 Main Street',) | ('1 Main Street',)
        aliases | ('SP',) | ('SP',)
        """),
)
def test_what_a_row_says_of_a_firm_for_the_first_time_differs_from_nothing(field, value, said):
    assert diff_fields(firm(), firm(**{field: value})) == {field: ("", said)}
    assert diff_fields(firm(**{field: value}), firm()) == {field: (said, "")}


def test_ids_and_names_of_other_languages_are_fields_of_their_own():
    row = firm({"en": "Severny Press", "ru": "Северный пресс"}, ids={"INN": "7701"})

    assert flatten_listing(row) == {
        "name": "Severny Press",
        "name.ru": "Северный пресс",
        "kind": "org",
        "ids.INN": "7701",
    }


def test_goods_differ_by_their_codes_numbers_and_note():
    def goods(**more) -> Listing:
        return Listing(subject=Item(names={"en": "Gallium"}, **more))

    assert diff_fields(
        goods(codes=("3C909",)), goods(codes=("3C910",), hs=("811292",), note="pure")
    ) == {
        "codes": (("3C909",), ("3C910",)),
        "hs": ("", ("811292",)),
        "note": ("", "pure"),
    }


def test_a_row_is_called_by_its_english_name_and_where_it_has_none_by_the_first():
    assert name_of(firm({"ru": "Северный пресс", "en": "Severny Press"})) == "Severny Press"
    assert name_of(firm({"ru": "Северный пресс", "uk": "Північний прес"})) == "Северный пресс"
    assert name_of(Listing(subject=Entity(names={}, kind="org"))) == ""


def test_order_case_and_width_are_no_difference():
    one, other = (
        firm(addresses=("1 Main Street", "Baku")),
        firm({"en": "ＳＥＶＥＲＮＹ  press"}, addresses=("BAKU", "1 main street")),
    )

    assert diff_fields(one, other) == {}
    assert join_meaning(one) == join_meaning(other) != join_meaning(firm())


def side(
    name: str,
    *,
    country: str | None = "CN",
    where: str = "",
    aliases: tuple[str, ...] = (),
    number: str = "",
) -> Side:
    entity = Entity(
        names={"en": name},
        kind="org",
        country=country,
        addresses=(where,) if where else (),
        aliases=aliases,
        ids={"IMO": number} if number else {},
    )
    return Side(name, Listing(subject=entity))


def names(removed: list[Side], added: list[Side], *, alike: bool = True) -> list[tuple[str, str]]:
    return [(old.id, new.id) for old, new in pair_rows(removed, added, alike=alike)]


@pytest.mark.parametrize(
    ("old", "new"),
    read_cases("""
        Link Lines Pvt Ltd. | Link Lines (Pvt.) Limited
        "Severniy press" JSC | Joint Stock Company"Severniy press"
        DANDONG RICH EARTH TRADING CO., LTD. | Dandong Rich Earth Trading Co., Ltd. (丹东富地贸易有限公司)
        Northwestern Polytechnical University (西北工業大学) | Northwestern Polytechnical University（NPU） (西北工業大学)
        HERA Tactical Platform | HERA Tactical Platform (both standard and VEGA)
        Sirjanco Trading L.L.C. | Sirjanco Trading LLC
        Sho'a' Aviation | Shoa Aviation
        ・Green Pine Associated Corporation | Green Pine Associated Corporation
        Severn Ltd | Severn LLC
        Institute of Optics (Xi'an) Ltd | Optics (Xi'an) Institute of LLC
        Institute of Optics (Plant 5) | Institute of Optics Ltd (Plant 5)
        """),
)
def test_a_name_written_otherwise_is_the_same_row(old: str, new: str) -> None:
    assert names([side(old)], [side(new)]) == [(old, new)]


@pytest.mark.parametrize(
    ("old", "new"),
    read_cases(
        """
        Delta Star Trading | Delta Star Training
        Machine Building Plant No. 5 | Machine Building Plant No. 6
        Machine Building Plant | Machine Building Plant (No. 6)
        Research Institute V | Research Institute VI
        Institute of Optics (Xi'an) | Institute of Optics (Changchun)
        Hunan University of Technology | Henan University of Technology
        Shanxi Aircraft Company | Shaanxi Aircraft Company
        Alpha Trading | Alpha Trading Beijing Branch
        Northern Shipyard | Southern Shipyard
        ABC Ltd | ABC LLC
        Kamaz Ltd | Kamaz LLC
        Institute of Optics (Plant 5) | Institute of Optics Ltd (Plant 5) (Plant 6)
        """
    ),
)
def test_names_that_only_look_alike_are_two_rows(old: str, new: str) -> None:
    assert names([side(old)], [side(new)]) == []


def test_another_spelling_is_the_same_row_only_where_something_else_agrees() -> None:
    old, new = "RUSSELLL HERNDERSON MARSHALL", "RUSSELL HENDERSON MARSHALL"

    assert names([side(old, where="14883 64TH CT")], [side(new, where="14883 64th Ct")]) == [
        (old, new)
    ]
    assert names([side(old, aliases=("R. MARSHALL",))], [side(new, aliases=("R. MARSHALL",))]) == [
        (old, new)
    ]
    assert names([side(old, where="14883 64TH CT")], [side(new, where="9 Other Road")]) == []
    assert names([side(old, aliases=("KAMAZA",))], [side(new, aliases=("Kamaza",))]) == [(old, new)]
    # too short to mean one of them alone
    assert names([side(old, aliases=("KAMAZ",))], [side(new, aliases=("Kamaz",))]) == []
    assert (
        names([side(old, where="14883 64TH CT")], [side(new, where="14883 64TH CT", country="RU")])
        == []
    )


@pytest.mark.parametrize(
    ("old", "new"),
    read_cases(
        """
        Delta Trading Plant 5 | Delta Trading Plant 6
        Delta Trading | Delta Training
        Severny Mill | Severny Mell
        Severny Zavod12 | Severny Zavod13
        Severny Plant5 | Severny Plants
        Severny Plants | Severny Plant5
        Severny Plant | Severny Plant West
        """
    ),
)
def test_neighbours_at_one_address_are_two_rows(old: str, new: str) -> None:
    assert names([side(old, where="1 Main Street")], [side(new, where="1 Main Street")]) == []


@pytest.mark.parametrize(
    ("old", "new", "aliases", "is_one"),
    read_cases("""
        Kerch Marine Leasing | Kerch Leasing of Novorossiysk | () | True
        Kerch Marine | Kerch Leasing | () | False
        Kerch Marine | Ocean Star | ('Kerch Marine Fleet',) | True
        Kerch Marine | Ocean Star | () | False
        """),
)
def test_rows_of_one_number_are_one_where_their_names_share_most_words(
    old, new, aliases, is_one
) -> None:
    one, other = (
        side(old, number="9826902"),
        side(new, number="9826902", aliases=aliases, country="RU"),
    )

    assert names([one], [other]) == [(old, new)] * is_one
    assert names([other], [one]) == [(new, old)] * is_one
    assert names([one], [side(new, number="1111111", aliases=aliases, country="RU")]) == []


def test_a_name_in_another_country_is_paired_only_where_it_is_the_same() -> None:
    assert names([side("Severny Press", country="UA")], [side("Severny Press", country="RU")]) == [
        ("Severny Press",) * 2
    ]
    assert (
        names([side("Severny Press", country="UA")], [side("Severny Press JSC", country="RU")])
        == []
    )


def test_of_several_rows_of_one_name_the_nearest_are_paired_and_each_once() -> None:
    removed = [side("Mahan Airways", where="Tehran"), side("Mahan Airways", where="Dubai")]
    added = [side("Mahan Airways", where="Dubai")]

    assert pair_rows(removed, added, alike=True) == [(removed[1], added[0])]


def test_official_ids_are_never_paired_by_likeness() -> None:
    assert names([side("Link Lines Pvt Ltd.")], [side("Link Lines Limited")], alike=False) == []


def test_items_with_the_same_boilerplate_are_two_rows() -> None:
    hikvision, dahua = (
        Side(
            name,
            Listing(
                subject=Item(
                    names={
                        "en": (
                            "Video surveillance and telecommunications equipment produced by"
                            f" {name}"
                        )
                    }
                )
            ),
        )
        for name in ("Hangzhou Hikvision Digital Technology Company", "Dahua Technology Company")
    )

    assert pair_rows([hikvision], [dahua], alike=True) == []


def test_rows_without_a_name_are_not_one_row() -> None:
    nameless = [
        Side(number, Listing(subject=Entity(names={}, kind="org"))) for number in ("1", "2")
    ]

    assert names(nameless[:1], nameless[1:], alike=False) == []
