import pytest

from monitor.watch.bare import without_forms


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("acme widgets co ltd", "acme widgets"),  # at its end
        ("ooo acme widgets", "acme widgets"),  # before it
        ("acme co ltd shenzhen", "acme shenzhen"),  # in the midst of it, before the place
        ("acme gmbh vienna", "acme vienna"),
        ("acme aktsionernoye", "acme aktsionernoye"),  # no whole form, and none that is plain enough to stand anywhere
        ("limited", "limited"),  # a form alone is the name
    ],
)
def test_of_a_name_its_own_words_are_left(name: str, own: str) -> None:
    assert without_forms(name.split())[0] == own.split()


def test_the_forms_are_told_beside_it_each_once() -> None:
    _, forms = without_forms(["acme", "gmbh", "vienna", "gmbh"])

    assert [form.kind for form in forms] == ["limited"]
