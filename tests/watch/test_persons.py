"""Persons: part by part, in any order, whoever wrote them into Latin letters."""

import pytest

from monitor.watch.persons import alike, part_alike, parts_of

MATCH, REVIEW = 0.85, 0.70


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ri Chol Su", "Chol Su RI"),  # the family name elsewhere
        ("Olena Petrivna KOVALENKO", "Elena Petrovna Kovalenko"),  # one first name in two languages
        ("Sergey Petrov", "Sergei Ivanovich PETROV"),  # without the patronymic
        ("Mohamed Abdul Rahim", "Muhammad Abd al-Rahim"),
        ("Sheikh Karim Nasser", "Karim NASSER"),  # a title
        ("Abdul Hakim Noori", "Hakim NOORI"),
        ("Gholam Hossein Karimi", "Gholamhossein KARIMI"),  # spaced otherwise
        ("Tareq bin Khalid", "Tarik Ibn Khaled"),
        ("Kuol Deng Majak Ajang", "Kuol Deng Majak"),  # long enough to be told without its last part
        ("محمد حسن العريفي", "Mohammad Hassan AL-ARIFI"),  # a script without vowels
    ],
)
def test_one_person_is_found_as_others_write_the_name(one: str, other: str):
    assert alike(one, other).score >= MATCH, alike(one, other)
    assert alike(other, one).score == pytest.approx(alike(one, other).score)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Viktor Sokolov", "Oleg Viktorovich Sokolov"),  # a patronymic is no first name
        ("Andrey Petrovich Sokolov", "Andrey Petrovich Volkov"),
        ("Maria Garcia Ruiz", "Mario Garcia Ruiz"),
        ("Ali Hassan", "Ali Hussein"),
        ("Kim Jong Chol", "Kim Yong Su"),
        ("Ahmed Karimi", "Mohammad Ahmed Saleh"),
        ("", "Ali Hassan"),
        ("محمد حسن", "Mohammad Hassan Ali"),  # without vowels too little is left to tell with a part less, on either side
        ("محمد حسن العريفي", "Mohammad Hassan"),
    ],
)
def test_two_persons_are_not_one_for_what_they_share(one: str, other: str):
    assert alike(one, other).score < REVIEW


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tom Cook", "Tim Cook"), ("J. Smith", "John Smith"), ("Ali Reza", "Ali Reza Mahdavi"), ("سعید سعید", "Said Said")],
)
def test_what_is_too_short_to_be_sure_is_for_a_person(one: str, other: str):
    assert REVIEW <= alike(one, other).score < MATCH


def test_a_reason_says_which_parts_differ_and_in_which_letters():
    assert alike("Maher Karimi Saleh", "Mahir Karimi").reasons == ("“maher” and “mahir” (e for i)", "only one has “saleh”")


def test_articles_and_titles_are_no_parts():
    assert parts_of("Shaikh Isa bin Tarif al-Ali").parts == ("shaikh", "isa", "tarif", "ali")
    assert parts_of("Shaikh Isa bin Tarif").titles == {"shaikh"}
    assert parts_of("Ben").parts == ("ben",)


def test_a_syllable_is_another_name_by_one_letter():
    assert part_alike("zhang", "zhong", syllables=True) < MATCH
    assert part_alike("li", "lu", syllables=True) < MATCH
