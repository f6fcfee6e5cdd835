import pytest

from monitor.diff.held import are_ruins
from monitor.model import RowAction, RowChange


def amended(before, after) -> RowChange:
    return RowChange(action=RowAction.AMEND, id="7", name="x", fields={"name": (before, after)})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("甲公司", "???"),
        ("José Núñez", "Jos? N??ez"),
        (("Иван Петров", "Ivan Petrov"), ("???? ??????", "Ivan Petrov")),
        ("甲公司 (who?)", "??? (who?)"),
    ],
)
def test_a_row_whose_letters_became_question_marks_is_a_ruin(before, after):
    assert are_ruins([amended(before, after)])
    assert not are_ruins([amended(after, before)])  # they are back


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Alpha Ltd", "Beta Ltd"),
        ("甲公司", "乙公司"),
        ("Alpha?", "Alpha??"),
        ("甲公司?", "甲公司"),
        ("José", "Jose"),
        ("", "????"),
        ("甲公司? 乙", "甲公司? 丙"),
    ],
)
def test_another_word_is_none(before, after):
    assert not are_ruins([amended(before, after)])


def test_a_row_that_is_known_by_a_name_that_lost_its_letters_is_one():
    went = RowChange(action=RowAction.REMOVE, id="甲公司", name="甲公司")

    assert are_ruins([went, RowChange(action=RowAction.ADD, id="???", name="???")])
    assert not are_ruins([went, RowChange(action=RowAction.ADD, id="乙公司", name="乙公司")])
    assert not are_ruins([went])


def test_only_a_row_that_went_and_one_that_came_are_one_under_two_names():
    def row(action: RowAction, name: str) -> RowChange:
        return RowChange(action=action, id=name, name=name)

    assert not are_ruins([row(RowAction.ADD, "甲公司"), row(RowAction.ADD, "???")])
    assert not are_ruins([row(RowAction.REMOVE, "甲公司"), row(RowAction.REMOVE, "???")])
    assert not are_ruins([row(RowAction.REMOVE, "Who?"), row(RowAction.ADD, "Who?")])
