"""What a name is made of, as it is compared."""

import pytest

from monitor.watch.names import Kind, read


@pytest.mark.parametrize(
    ("name", "barely"),
    [
        ("Institute for the Physics of Plasma and Lasers", "Institute Physics Plasma Lasers"),
        ("Instituto de la Marina", "Instituto Marina"),
        ("Factory Number 7 of Omsk", "Factory 7 Omsk"),
    ],
)
def test_words_that_only_join_others_and_words_for_a_number_are_no_part_of_a_name(name: str, barely: str):
    assert read(name).words == read(barely).words


@pytest.mark.parametrize(
    ("name", "place"), [("Sirius Belgium", "be"), ("Sirius Costa Rica", "cr"), ("天狼比利时公司", "be"), ("Sirius Jordan", "")]
)
def test_a_country_is_no_part_of_a_firm_s_own_name_unless_firms_are_called_so_too(name: str, place: str):
    words = read(name).words

    assert [word.text for word in words if word.kind is Kind.PLACE] == [place] * bool(place)
    assert len([word for word in words if word.kind is Kind.OWN]) == (1 if place else 2)


@pytest.mark.parametrize("name", ["Sudoremont Sirius UK", "Sirius UK"])
def test_a_country_is_one_also_beside_russian_words_of_whose_acronyms_it_would_be_one(name: str):
    assert [word.text for word in read(name).words if word.kind is Kind.PLACE] == ["gb"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Kawasaki Heavy Industries", {"khi"}),
        ("Kawasaki Heavy Industries Ltd", {"khi", "khil"}),
        ("China National Offshore Oil Corporation", {"cnooc", "cnoo"}),
        ("Kawasaki Industries", set()),
        ("3 Heavy Industries Kawasaki", set()),
    ],
)
def test_a_name_of_three_words_may_be_called_by_their_first_letters(name: str, short: set[str]):
    assert set(read(name).initials) >= short
    assert bool(read(name).initials) is bool(short)
