import pytest
from cases import read_cases

from monitor.extract.zh import lines
from monitor.extract.zh.lines import make_line


@pytest.mark.parametrize(
    ("text", "level", "label"),
    read_cases(
        """
        一、甲 | top | 一
        （十二）甲 | sub | 十二
        3．甲 | number | "3"
        （1）甲 | bracket | "1"
        一千二百零三、甲 | top | 一千二百零三
        （一百二十）甲 | sub | 一百二十
        1203．甲 | number | "1203"
        （1203）甲 | bracket | "1203"
        a. 甲 | letter | a
        -Branch | dash | -
        甲 | none | ""
        """
    ),
)
def test_marks(text, level, label):
    found = lines.read_mark(make_line(text))

    assert (found.level, found.label) == (level, label)


def test_a_decimal_is_no_mark():
    assert lines.read_mark(make_line("0.5微米")).level == "none"


def test_entries_that_lost_their_line_breaks_are_cut_apart():
    found = lines.split_entries(make_line("1.甲公司（A Co.）2.乙公司（B Co.）3.丙公司（C Co.）"))

    assert [entry.words for entry in found] == ["甲公司(A Co.)", "乙公司(B Co.)", "丙公司(C Co.)"]


@pytest.mark.parametrize(
    ("text", "words"),
    read_cases(
        """
        1、1C117.d 甲 | 1C117.d甲
        1. 2,4-二甲苯 | 2,4-二甲苯
        2,4-二甲苯 | 2,4-二甲苯
        a.b | a.b
        - | -
        十一.甲 | 甲
        1)甲 | 甲
        """
    ),
)
def test_a_mark_is_none_of_the_words_behind_it(text, words):
    assert lines.read_mark(make_line(text)).words == words


@pytest.mark.parametrize(
    "text", ["1.甲公司（A Co.）3.乙公司（B Co.）", "甲公司1.乙公司", "1.甲公司"]
)
def test_figures_that_do_not_count_on_from_the_begin_cut_nothing(text):
    assert len(lines.split_entries(make_line(text))) == 1
