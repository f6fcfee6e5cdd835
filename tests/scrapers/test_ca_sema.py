import re
from pathlib import Path

from registers_europe import changes, golden


def test_ca_a_new_label_of_country_schedule_or_item_is_an_amendment(tmp_path: Path) -> None:
    body = golden("ca_sema.consolidated")
    new = body.replace(b"<Schedule>1</Schedule><Item>9<", b"<Schedule>1, Part 1</Schedule><Item>9<")
    new = new.replace(b"Burma / Birmanie", b"Myanmar / Myanmar")

    assert changes("ca_sema.consolidated", body, new, tmp_path) == [
        (
            "amend",
            "BELARUS / BÉLARUS|LUKASHENKO, VIKTOR ALEKSANDROVICH",
            {"schedule": ("1", "1, Part 1")},
        ),
        (
            "amend",
            "MYANMAR / MYANMAR|MICB",
            {
                "id": ("BURMA / BIRMANIE|MICB", "MYANMAR / MYANMAR|MICB"),
                "programme": ("Burma", "Myanmar"),
            },
        ),
    ]


def test_ca_a_name_without_its_legal_form_is_the_same_bank(tmp_path: Path) -> None:
    body = golden("ca_sema.consolidated")
    [(action, known_as, fields)] = changes(
        "ca_sema.consolidated", body.replace(b">Sberbank<", b">Sberbank OAO<"), body, tmp_path
    )

    assert (action, known_as, fields["name"]) == (
        "amend",
        "RUSSIA / RUSSIE|SBERBANK",
        ("Sberbank OAO", "Sberbank"),
    )


def test_ca_a_name_with_another_letter_is_the_same_row_where_all_else_agrees(
    tmp_path: Path,
) -> None:
    body = golden("ca_sema.consolidated")
    new = body.replace(b">NIKONOROVA<", b">NIKONOROWA<")

    [(action, _, fields)] = changes("ca_sema.consolidated", body, new, tmp_path)
    others = changes(
        "ca_sema.consolidated", body, new.replace(b"<Item>143<", b"<Item>7<"), tmp_path
    )

    assert (action, fields["name"]) == (
        "amend",
        ("NIKONOROVA, Natalya Yurevna", "NIKONOROWA, Natalya Yurevna"),
    )
    assert [action for action, *_ in others] == ["add", "remove"]


def test_ca_who_stands_in_two_schedules_is_two_rows_and_leaves_one_of_them(tmp_path: Path) -> None:
    body = golden("ca_sema.consolidated")
    row = re.search(rb"<record><Country>Ukraine.*?</record>", body)
    assert row
    twice = body.replace(row[0], row[0] + row[0].replace(b"<Item>143<", b"<Item>7<"))
    [(action, known_as, fields)] = changes("ca_sema.consolidated", twice, body, tmp_path)

    assert (action, known_as.partition("#")[0], fields) == (
        "remove",
        "UKRAINE|NIKONOROVA, NATALYA YUREVNA",
        {},
    )


def test_ca_tags_in_both_languages_are_the_tags_in_english(tmp_path: Path) -> None:
    old = golden("ca_sema.consolidated")
    new = old
    for english, both in {
        "Country": "Country-Pays",
        "LastName": "LastName-NomDeFamille",
        "Entity": "EntityOrShip-EntiteOuNavire",
    }.items():
        new = re.sub(rf"(</?){english}>".encode(), rf"\1{both}>".encode(), new)

    assert new != old
    assert changes("ca_sema.consolidated", old, new, tmp_path) == []
