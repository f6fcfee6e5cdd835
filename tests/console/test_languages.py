"""The console in Chinese: its fixed words come from a catalogue, facts and names stay as they are."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from babel.messages.extract import extract_from_dir
from bs4 import BeautifulSoup
from cases import read_cases
from command import ROOT
from consoles import LOOKED_AT, post_screening

from monitor import vocabulary
from monitor.console.desk import load_catalogue

CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}
HAN = re.compile(r"[\u4e00-\u9fff]")
FIXED = "nav[aria-label] li a, th, caption, label, button, summary, h1, h2, .banner li"
# what is the same in both, or is a name: of an act, a register, an authority, an id
NAMES = re.compile(
    r"SHA-256|MOFCOM.*|UEL Notice.*|TechInsights|other measures|dysprosium.*|.*Controls|1C909.*|China .*"
)


def is_name(text: str) -> bool:
    """Whether a text is one that is not translated."""
    registers = map(vocabulary.register, vocabulary.current().registers)
    return text in registers or NAMES.fullmatch(text) is not None


def list_templates() -> Iterator[Path]:
    yield from (ROOT / "monitor/console/templates").glob("*.html")


def test_the_catalogue_has_every_fixed_word_of_the_templates_and_no_other():
    catalogue = load_catalogue("zh")
    templates = "".join(file.read_text() for file in list_templates())
    code = "".join(file.read_text() for file in (ROOT / "monitor").rglob("*.py"))
    marked = {
        message
        for _, _, message, _, _ in extract_from_dir(
            ROOT / "monitor/console/templates", [("*.html", "jinja2")], keywords={"_": None}
        )
    }

    assert len(marked) > 100
    assert marked - catalogue.keys() == set()
    assert [words for words, other in catalogue.items() if not HAN.search(other)] == []
    in_code = templates + code
    assert [
        words
        for words in catalogue
        if f'"{words}"' not in in_code and f"    {words}: str" not in in_code
    ] == []
    assert [
        words for words, other in catalogue.items() if words.count("{}") != other.count("{}")
    ] == []


async def test_no_fixed_word_of_a_page_is_left_in_english(open_console):
    async with open_console() as client:
        for path in LOOKED_AT:
            shown = BeautifulSoup((await client.get(path, headers=CHINESE)).text, "lxml")
            said = [" ".join(one.get_text(" ").split()) for one in shown.select(FIXED)]

            assert shown.html["lang"] == "zh"
            assert [
                text for text in said if text and not HAN.search(text) and not is_name(text)
            ] == [], path
            assert shown.select_one("title").get_text().endswith(" · monitor")


@pytest.mark.parametrize(
    ("asked", "answered"),
    read_cases(
        """
        "" | en
        en-GB,zh;q=0.5 | en
        de,zh-TW;q=0.8 | zh
        zh | zh
        zho,xx | en
        """
    ),
)
async def test_a_browser_is_answered_in_the_first_language_that_the_console_speaks(
    open_console, asked, answered
):
    async with open_console() as client:
        shown = await client.get("/us", headers={"Accept-Language": asked})
        lost = await client.get("/nothing", headers={"Accept-Language": asked})

    assert [one.headers["vary"] for one in (shown, lost)] == ["Accept-Language"] * 2
    assert [BeautifulSoup(one.text, "lxml").html["lang"] for one in (shown, lost)] == [answered] * 2


async def test_a_form_is_answered_in_its_readers_language(open_console):
    async with open_console() as client:
        answer: httpx.Response = await post_screening(client, names="TechInsights", headers=CHINESE)

    assert BeautifulSoup(answer.text, "lxml").h1.get_text() == "筛查结果"
