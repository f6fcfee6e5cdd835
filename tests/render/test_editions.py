"""A register's new edition in words: counts, rows, and a storm of equal edits as one line."""

from monitor.model import Edition, Entity, RowChange
from monitor.render import editions


def firm(name: str, **more) -> Entity:
    return Entity(names={"en": name}, kind="org", **more)


def amended(name: str, /, **fields) -> RowChange:
    return RowChange(action="amend", id=name, name=name, fields=fields, entity=firm(name))


def edition(*changes: RowChange, **more) -> Edition:
    about = {"key": "k", "register": "un-sc", "authority": "un-sc", "rows": 9, "before": 8, "published": "2025-10-09"}
    return Edition(**{**about, **more}, changes=changes)


def rows(*changes: RowChange) -> list[tuple[str, ...]]:
    return list(editions.tables(edition(*changes))[0].rows)


def test_counts_come_first_and_the_first_names_with_them():
    told = edition(
        *(RowChange(action="add", id=str(at), name=f"Firm {at}", entity=firm(f"Firm {at}")) for at in range(5)),
        RowChange(action="remove", id="x", name="Old Firm", entity=firm("Old Firm")),
    )

    assert editions.headline(told) == "UN Security Council Consolidated List changes: 5 added, 1 removed"
    assert "5 added (Firm 0, Firm 1, Firm 2 and 2 more); 1 removed (Old Firm). 9 now, 8 before." in editions.summary(told)


def test_a_storm_of_equal_edits_is_one_line_with_their_number():
    storm = [amended(f"Firm {at}", comments=("listed", "listed; review concluded")) for at in range(499)]
    (line, other) = rows(*storm, amended("Another", comments=("a", "b")))

    assert line[1] == "499 rows, all alike"
    assert line[-1] == "comments: listed → listed; review concluded"
    assert other[1] == "Another"


def test_four_equal_edits_are_no_storm():
    assert len(rows(*(amended(f"Firm {at}", comments=("a", "b")) for at in range(4)))) == 4


def test_of_a_list_only_what_came_and_went_is_told():
    ((*_, edit),) = rows(amended("Firm", aliases=(("A", "B", "C"), ("A", "C", "D"))))

    assert edit == "aliases: + “D” - “B”"


def test_of_a_long_text_only_the_words_that_differ_are_told():
    text = "It is a company with its seat in a town that has no other company of the kind"
    ((*_, edit),) = rows(amended("Firm", remarks=(text, text.replace("no other", "one other"))))

    assert edit == "remarks: + “one” - “no”"


def test_a_text_of_sixty_letters_is_short_enough_to_be_told_whole():
    ((*_, edit),) = rows(amended("Firm", remarks=("a" * 60, "b" * 60)))

    assert edit == f"remarks: {'a' * 60} → {'b' * 60}"


def test_a_key_that_is_made_of_the_name_is_not_told_beside_the_name():
    ((*_, edit),) = rows(amended("Firm AG", name=("Firm", "Firm AG"), id=("FIRM|CH", "FIRM AG|CH")))

    assert edit == "name: Firm → Firm AG"


def test_an_id_that_was_exchanged_under_the_same_name_is_told():
    ((*_, edit),) = rows(amended("Firm", id=("100", "200")))

    assert edit == "id: 100 → 200"


def test_what_is_held_back_is_said():
    held = RowChange(action="remove", id="x", name="Old Firm", entity=firm("Old Firm"))
    lines = {line.label: line.text for line in editions.facts(edition(amended("F", a=("b", "c")), held=(held,)))}

    assert lines["Held back"] == "1 row, missing but not proven gone: Old Firm"


def test_a_text_of_very_many_words_is_compared_at_its_middle_alone():
    text = " ".join(["sanctioned entity"] * 2_000)
    ((*_, edit),) = rows(amended("Firm", remarks=(text, f"{text} since May")))

    assert edit == "remarks: + “since May”"
