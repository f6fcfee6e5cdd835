"""What heads and signs an act in a verb-final language: its title, issuer and day, and whether it is
one of ours.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from monitor.extract.verb_final.dates import read_day
from monitor.extract.verb_final.lines import LEVEL, Line
from monitor.extract.words import Words

TITLES = 5  # lines of a head that can be its title
HEAD, TAIL = 8, 5  # lines of a page in which its issuer, number and day stand
BELOW = 4  # lines from its title on, one of which may be its day
FRAME = 30  # and in which its site may say when it was put up
SHORT = 60  # characters of a line that can be a heading or a signature
# between the links of a site: `本文へ　サイトマップ　ヘルプ　English`
MENU = re.compile("\u3000+|[|｜]")
LINKS = 4  # in a line that is a menu


def find_title(title: str, lines: Sequence[Line], words: Words) -> str:
    """The title; where that is only a number or an issuer, the first line of the head that says
    more.
    """
    text = title.translate(LEVEL)
    if words.ours.search(text) or words.no_act.search(text):
        return title
    further = (
        line
        for line in lines[:HEAD]
        if line.raw != title and len(line.text) < 2 * SHORT and words.ours.search(line.text)
    )
    return next((line.raw for line in further if not words.stop.search(line.text + "\n")), title)


def explain_no_act(title: str, lines: Sequence[Line], words: Words) -> str:
    """Explain why a page is no act of ours, whatever its sentences say; "" if it may be one."""
    head = [line.text for line in lines[: TITLES - 1] if len(MENU.split(line.raw)) < LINKS]
    for text in (title.translate(LEVEL), *head):
        if drafted := words.draft.search(text):
            return f"a draft: {drafted[0]}"
        if (
            len(text) < 2 * SHORT
            and not words.stop.search(text + "\n")
            and (match := words.no_act.search(text))
        ):
            return f"its subject: {match[0]}"
    if any(BYLINE.match(line.raw) for line in lines[:TITLES]):
        return "a press report"
    if not any(words.ours.search(text) for text in (title, *(line.text for line in lines))):
        return "its subject: another subject"
    return ""


# how news agencies open a report: `(서울=연합뉴스) 홍길동 기자`, `【東京時事】`
BYLINE = re.compile(
    r"\s{0,4}[(（\[【［](?:[^\s()（）=]{1,12}=(?:연합|뉴시스|뉴스1)"
    r"|[^()（）\[\]【】\n]{1,20}(?:時事|共同|ロイター|기자|특파원)[)）\]】］ =])"
)


def find_issuer(head: Sequence[str], tail: Sequence[str], words: Words) -> str:
    """Find who heads or signs it: a name that opens or is a short line, before one in a
    sentence.
    """
    short = [text for text in (*head, *tail) if len(text) < SHORT]
    for texts in (short, head):
        for text in texts:
            found = [
                (m.start(), code)
                for code, called in words.table_of("issuers").items()
                if (m := called.search(text))
            ]
            if found:
                return min(found)[1]
    return ""


def find_published(lines: Sequence[Line], words: Words, title: str) -> str | None:
    """The day that heads or signs it, or stands right below its title, whatever menu is above."""
    titled = (at for at, line in enumerate(lines[:FRAME]) if line.raw == title.strip())
    below = (line for at in titled for line in lines[at + 1 : at + BELOW])
    for line in (*lines[:HEAD], *below, *reversed(lines[-TAIL:])):
        match = words.signed.search(line.text)
        if match and len(line.text) < SHORT and (day := words.day.search(match[0])):
            return read_day(day, "", words)
    return _find_posted(lines, words)


def _find_posted(lines: Sequence[Line], words: Words) -> str | None:
    """The day that a page's own frame says, beside its label (`작성일`), or below a line of it."""
    for line, below in pairwise((*lines[:FRAME], Line("", ""))):
        if label := words.posted.search(line.text):
            behind = line.text[label.end() :].strip(" :") or below.text * (not label.start())
            if day := words.day.match(behind):
                return read_day(day, "", words)
    return None


def find_telling(lines: Sequence[Line], words: Words, title: str) -> str:
    """The line that says most: one on our subject that ends a sentence, else the title."""
    return next(
        (
            line.raw
            for line in lines
            if words.ours.search(line.text) and words.stop.search(line.text + "\n")
        ),
        title,
    )
