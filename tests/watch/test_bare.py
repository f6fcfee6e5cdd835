import pytest

from monitor.watch.names import without_forms


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("acme widgets co ltd", "acme widgets"),  # at its end
        ("ooo acme widgets", "acme widgets"),  # before it
        ("acme co ltd shenzhen", "acme shenzhen"),  # in the midst of it, before the place
        ("acme gmbh vienna", "acme vienna"),
        ("acme aktsionernoye", "acme aktsionernoye"),  # no whole form, and none that is plain enough to stand anywhere
        ("limited", "limited"),  # a form alone is the name
        ("joint stock", "joint stock"),
        ("ltd acme", "ltd acme"),
        ("acme ltd ltd", "acme"),
        ("a gmbh b ltd c", "a b c"),
        ("ltd acme ltd vienna", "ltd acme vienna"),
        ("public joint stock company acme", "acme"),
        ("limited liability company acme", "acme"),
        ("acme gesellschft mit beschrankter haftung", "acme"),  # with a slip
        ("acme aktiengesellshaft", "acme"),
        ("aktiengesellshaft", "aktiengesellshaft"),
        ("gesellschft mit beschrankter haftung", "gesellschft mit beschrankter haftung"),
        ("obshchestvo s ogranichennoi otvetstvenostyu", "obshchestvo s ogranichennoi otvetstvenostyu"),
        ("gesellschft mit beschrankter haftung gmbh", "gesellschft mit beschrankter haftung"),
        ("acme aktiengesellschft gmbh", "acme aktiengesellschft"),  # not beside one that is right
        ("acme incorporaded", "acme"),
        ("acme incorborated", "acme"),
        ("acme inkorborated", "acme inkorborated"),  # two slips are too many in a short one
        ("acme gesellschft mit beschrankter haftun", "acme"),  # not in a long one
        ("acme gesellschft mit beschrankter haftu", "acme gesellschft mit beschrankter haftu"),
        ("obshchestvo s ogranichennoi otvetstvenostyu acme", "acme"),
    ],
)
def test_of_a_name_its_own_words_are_left(name: str, own: str) -> None:
    assert without_forms(name.split())[0] == own.split()


def test_the_forms_are_told_beside_it_each_once() -> None:
    _, forms = without_forms(["acme", "gmbh", "vienna", "gmbh"])

    assert [form.kind for form in forms] == ["limited"]
