"""No act is silent, and no page near the line is told: in bulk, in texts that no rule was written
for.

`texts/near-the-line`: pages that bear the words of acts and decide nothing. `texts/unknown-forms`:
acts in forms that no rule was written for. `texts/known-forms`: acts as they mostly are. Our own
words; a page a paragraph, its title first. `texts/told`: what a reader learns of them;
`texts/reasons`: why of a page near the line nothing is sent; a page a paragraph, known by its
title.
"""

import random
from pathlib import Path

import pytest
from each import for_each

from monitor import extract
from monitor.document import read_text
from monitor.extract import why
from monitor.model import Announcement
from tests.extract.told import tell

TEXTS = Path(__file__).parent / "texts"


def pages(name: str) -> list[str]:
    return [
        page.strip() for page in (TEXTS / f"{name}.txt").read_text(encoding="utf-8").split("\n\n")
    ]


CHINESE = pages("near-the-line.zh")
NEAR = [*CHINESE, *pages("near-the-line.en")]
FORMS = [*pages("unknown-forms.zh"), *pages("unknown-forms.en")]
KNOWN = [*pages("known-forms.zh"), *pages("known-forms.en")]
TOLD = [*pages("told.zh"), *pages("told.en")]
REASONS = [*pages("reasons.zh"), *pages("reasons.en")]
READERS = (None, "cn-mofcom", "cn-mfa", "cn-tao", "us-ofac")
MUTATIONS = 4_000


def acts(page: str, authority: str | None = None) -> list[Announcement]:
    found = extract.understand(read_text(page), url="", authority=authority)
    return [fact for fact in found if isinstance(fact, Announcement)]


def title(page: str) -> str:
    return page.partition("\n")[0]


def reasons(page: str) -> list[str]:
    """Why a page gives what it gives, as `monitor read --why` says it."""
    with why.collect_reasons() as given:
        extract.understand(read_text(page))
    return list(dict.fromkeys(f"{reason.of}: {reason.why}" for reason in given))


def test_there_are_a_hundred_pages_near_the_line_and_each_is_another():
    assert len(set(CHINESE)) >= 100
    assert len({title(page) for page in NEAR}) == len(NEAR)


@pytest.mark.parametrize("authority", READERS)
def test_pages_that_decide_nothing_give_no_measure_and_hardly_a_sound(authority):
    told = [act for page in NEAR for act in acts(page, authority)]

    assert not [act.title for act in told if act.measures]
    assert len(told) <= 3, [act.title for act in told]


@for_each("page", FORMS, ids=title)
def test_an_act_of_an_unknown_form_is_told(page):
    (act,) = acts(page)

    assert act.title
    assert act.measures or (act.understood == "none" and act.not_read[0].quote in page)


@for_each("expected", TOLD, ids=title)
def test_of_forms_that_are_read_a_reader_learns_all_that_they_say(expected):
    (page,) = (form for form in (*FORMS, *KNOWN) if title(form) == title(expected))
    (fact,) = extract.understand(read_text(page))

    assert tell(fact) == expected.split("\n")[1:]


@for_each("expected", REASONS, ids=title)
def test_of_a_page_near_the_line_it_is_said_why_it_gives_nothing(expected):
    (page,) = (near for near in NEAR if title(near) == title(expected))

    assert reasons(page) == expected.split("\n")[1:]


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(0, marks=pytest.mark.long),
        *(pytest.param(start, marks=pytest.mark.sweep) for start in range(500, MUTATIONS, 500)),
    ],
)
def test_mutated_pages_never_crash(start):
    for seed in range(start, start + 500):
        chance = random.Random(seed)
        page = mutated(chance.choice([*FORMS, *NEAR]), chance.choice([*FORMS, *NEAR]), chance)

        assert isinstance(acts(page, chance.choice(READERS)), list)


def mutated(page: str, other: str, chance: random.Random) -> str:
    """The page with pieces cut out, doubled, moved, or taken from another."""
    for _ in range(chance.randint(1, 6)):
        start = chance.randint(0, len(page))
        end = min(len(page), start + chance.randint(0, 40))
        piece = chance.choice(
            [
                "",
                page[start:end] * 2,
                other[start:end],
                "》《（",
                "第一条",
                "\n",
                "2030年13月40日",
                "第0号",
            ]
        )
        page = page[:start] + piece + page[end:]
    return page
