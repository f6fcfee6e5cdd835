import pytest

from monitor.extract.zh import markers
from monitor.extract.zh.lines import line


@pytest.mark.parametrize(
    ("text", "level", "label"),
    [
        ("一、甲", "top", "一"),
        ("（十二）甲", "sub", "十二"),
        ("3．甲", "number", "3"),
        ("（1）甲", "bracket", "1"),
        ("一千二百零三、甲", "top", "一千二百零三"),
        ("（一百二十）甲", "sub", "一百二十"),
        ("1203．甲", "number", "1203"),
        ("（1203）甲", "bracket", "1203"),
        ("a. 甲", "letter", "a"),
        ("-Branch", "dash", "-"),
        ("甲", "none", ""),
    ],
)
def test_marks(text, level, label):
    found = markers.marked(line(text))

    assert (found.level, found.label) == (level, label)


def test_a_decimal_is_no_mark():
    assert markers.marked(line("0.5微米")).level == "none"


def test_entries_that_lost_their_line_breaks_are_cut_apart():
    found = markers.entries(line("1.甲公司（A Co.）2.乙公司（B Co.）3.丙公司（C Co.）"))

    assert [entry.words for entry in found] == ["甲公司(A Co.)", "乙公司(B Co.)", "丙公司(C Co.)"]
