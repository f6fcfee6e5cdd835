"""Pairs across scripts and translations, labelled before the rules: `across.csv`, a group of
sixty for each.
"""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from each import for_each

from monitor.names.candidates import Index, Spelling
from monitor.names.likeness import compare_names
from monitor.names.name import read_name
from monitor.names.transliterations import is_spelt
from monitor.watch.match import MATCH, REVIEW

with Path(__file__).with_name("across.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
# recall at review
LEAST = {
    "semitic person": 0.95,
    "hangul person": 0.95,
    "semitic firm": 0.85,
    "hangul firm": 0.7,
    "kana": 0.85,
    "slavic": 0.95,
    "han": 0.95,
    "han domestic": 0.95,
    "han brand": 0.95,
    "cyrillic firm": 0.9,
    "tongue firm": 0.9,
    "japanese firm": 0.9,
    "korean firm": 0.95,
}


def rate(group: str, threshold: float) -> tuple[Sequence[str], float]:
    """The wrong ones that are as alike, and the share of the right ones that are."""
    rows = [row for row in ROWS if row["group"] == group]
    alike = {
        (row["one"], row["other"]): compare_names(
            read_name(row["one"]), read_name(row["other"]), person="person" in group
        ).score
        for row in rows
    }
    found = [row for row in rows if alike[row["one"], row["other"]] >= threshold]
    right = sum(row["same"] == "yes" for row in rows)
    return [f"{row['one']} | {row['other']}" for row in found if row["same"] == "no"], (
        sum(row["same"] == "yes" for row in found) / right
    )


@pytest.mark.parametrize(("group", "least"), LEAST.items())
def test_most_of_a_group_are_found_and_few_that_are_others(group: str, least: float):
    wrong, recall = rate(group, REVIEW)

    assert recall >= least
    assert len(wrong) <= 3
    assert rate(group, MATCH)[0] == []


@for_each("row", ROWS, ids=lambda row: f"{row['one']}-{row['other']}")
def test_what_is_alike_is_found_among_others_from_either_side(row: dict[str, str]):
    person = "person" in row["group"]
    one, other = row["one"], row["other"]
    if compare_names(read_name(one), read_name(other), person=person).score < REVIEW:
        return
    for kept, asked in ((one, other), (other, one)):
        index = Index([Spelling(0, "Quixotic Zymurgy"), Spelling(1, kept, person=person)])
        assert index.candidates(asked, person=person) == [1]


@pytest.mark.parametrize("part", ["وي" * 8, "اوي" * 5, "ي" * 16, "عوعيعاعوعيعا", "ويءويءويءويءوي"])
def test_a_part_of_long_vowels_alone_is_done_with(part: str):
    """Each may be spelt in several ways; to try all of them together would take years."""
    for latin in ("wu" * 14 + "x", "iyj" * 9 + "q", "yiyuwo" * 5 + "q"):
        assert not is_spelt(part, latin)


def test_a_part_is_compared_up_to_sixteen_letters():
    assert is_spelt("بت" * 8, "bt" * 8)
    assert not is_spelt("بت" * 8 + "ب", "bt" * 8 + "b")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("三菱电机软件株式会社", "Mitsubishi Corporation"),
        ("富士航空技术株式会社", "FUJI CO., LTD."),
        ("现代汽车公司", "Hyundai Heavy Industries Co., Ltd."),
    ],
)
def test_a_group_alone_is_at_most_possible_across_scripts(one: str, other: str):
    assert compare_names(read_name(one), read_name(other)).score < MATCH


def test_and_between_two_trades_is_no_name_but_begins_one_behind_a_place():
    assert (
        compare_names(
            read_name("北京和德宇航技术有限公司"), read_name("Beijing Hede Aerospace Technology")
        ).score
        >= MATCH
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("山アアア" * 40, "yama aaa " * 40), ("김에이" * 40, "kim a " * 40)],
)
def test_a_hostile_name_of_many_words_is_not_divided_in_all_ways(one: str, other: str):
    """Each way to divide forty words would take longer than anybody waits."""
    assert compare_names(read_name(one), read_name(other)).score < MATCH
