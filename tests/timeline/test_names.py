import pytest

from monitor.timeline.values import clause, code


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("1C909.a.1", ("1", "c", "909", "a", "1")),
        ("１Ｃ９０９", ("1", "c", "909")),
        ("1C", ("1", "c")),
        ("ML1.b", ("ml1", "b")),
        ("2805.30.19", tuple("28053019")),
        (" 2805. ", tuple("2805")),
        ("1C909..a", ("1", "c", "909", "a")),
        ("", ()),
        (" . ", ()),
    ],
)
def test_a_code_is_its_levels_however_it_is_written(text: str, levels: tuple[str, ...]):
    assert code(text) == levels


@pytest.mark.parametrize(
    ("mark", "levels"),
    [
        ("一（三）", ("一", "三")),
        ("第一条(三)", ("一", "三")),
        ("第三款", ("三",)),
        ("二项", ("二",)),
        ("第二章", ("二",)),
        ("《出口管制法》、二", ("《出口管制法》", "二")),
        ("§ 744.11", ("§", "744", "11")),
        (" ", ()),
    ],
)
def test_a_clause_is_its_levels_however_its_mark_is_printed(mark: str, levels: tuple[str, ...]):
    assert clause(mark) == levels
