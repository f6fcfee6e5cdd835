"""Find English pages that are no act by their form: answered questions, letters to who decides,
reports that recommend, drafts, pages on which one signs up.

What they tell of acts may be true, but they do nothing themselves.
"""

from itertools import pairwise

from monitor.document import Document
from monitor.extract.en.references import LONGEST
from monitor.extract.en.words import ENGLISH

WORDS = ENGLISH.table("no_act")

HEAD = 20  # lines in which a page says what it is


def find_form(document: Document) -> str:
    """Find the form by which a page is no act; "" if it has none of these forms."""
    lines = [line[:LONGEST] for line in document.lines]
    if _has_answer_below_question(lines):
        return "an answer to questions"
    if WORDS.technical.fullmatch(document.title.strip()):
        return "a notice on how files are written"
    if any(WORDS.letter.match(line) for line in lines[:HEAD]):
        return "a letter to somebody who decides"
    if any(map(WORDS.recommendations.fullmatch, lines)) and any(
        map(WORDS.recommends.search, lines)
    ):
        return "a report that recommends"
    if _asks_for_comments([document.title.strip(), *lines[:HEAD]], lines):
        return "a draft, open for comment"
    return ""


def find_titled_form(title: str) -> str:
    """Find the form that a title tells of a page that does nothing; "" if it tells none."""
    if WORDS.penalty.fullmatch(title):
        return "what somebody pays for what he did"
    if WORDS.upkeep.search(title):
        return "when a service is open"
    if WORDS.to_listed.match(title):
        return "a notice to those who are listed"
    return "an invitation to the reader" if WORDS.invites.match(title) else ""


def _has_answer_below_question(lines: list[str]) -> bool:
    """Return whether a heading `Answer` stands somewhere below a question."""
    asked = next((at for at, line in enumerate(lines) if line.endswith("?")), len(lines))
    return any(map(WORDS.answer.fullmatch, lines[asked:]))


def _asks_for_comments(head: list[str], lines: list[str]) -> bool:
    """Return whether a line of the head says that the page is on a draft, and another until when
    to comment.
    """
    if any(map(WORDS.final.search, lines)):
        return False
    asking = (f"{line} {below}" for line, below in pairwise([*lines, ""]))
    return any(map(WORDS.draft.match, head)) and any(map(WORDS.comments_until.search, asking))
