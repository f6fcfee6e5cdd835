"""Leave out of an act what it says again in another language: it prints each line in two.

A line and its translation below it have the same figures. If an English act has such lines, so are
left out what else of that language stands above the first numbered clause, and whole sentences
without figures of their own.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise, zip_longest

from monitor.document import Block, Document
from monitor.extract.words import Language
from monitor.vocabulary import letters

FIGURES = re.compile(r"\d{4,20}|\d[A-E]\d{3}")  # by which a Chinese line is known again
DIGITS, WORD = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")
PARTS, CLAUSE = (
    re.compile(r"(\s/\s|\s{3,})"),
    re.compile(r"(?:[A-Z]{2,3}[ei]\.)?\d{1,3}\s|[-–—•]\s"),
)
# `Name / Nom :`, and a day that both print
LABEL = re.compile(r"\s(?:/ [^\W\d_a-z][^/:;.]{1,40}?\s?)?:(?=\s)")
DAY = re.compile(r"(?i:le )?\d{1,2}(?:er|\.)? (?:de )?[^\W\d_]+\.? (?:de )?\d{4}")
PAIRS, SENTENCE = 2, 2  # pairs that show it; common words that a sentence has more than
# a translation of a whole act: what its sentences say, its heading, and which text prevails
SAYS = re.compile(r"\b(?:shall|hereby|decided|prohibited|take effect)\b")
HEADING = re.compile(
    r"\W{0,3}(?:[A-Z]\w+ ){0,3}(?:[Tt]ranslation|[Ee]nglish [Vv]ersion)\b|(?:MOFCOM )?Announcement No"
)
ON_TEXTS = re.compile(
    r"[^。\n]{0,30}以中文(?:文本|版本?)?为准[。)）]?|[^。\n]{0,12}(?:英文|译文)[^。\n]{0,12}参考[。)）]?"
)
ENDS = {"。": ".", "：": ":", ":": ":", "；": ";", ";": ";"}  # of a Chinese sentence
MOST = 4  # parts of a line that are looked at
COMMON = {
    language: frozenset(words.split())
    for language, words in Language("").table("other_languages").as_written["common"].items()
}


def count_common(text: str) -> tuple[dict[str, int], int]:
    """Count the most common words of each language in a text, and all its words."""
    words = Counter(word.casefold() for word in WORD.findall(text))
    counts = {language: sum(words[word] for word in common) for language, common in COMMON.items()}
    return counts, words.total()


def drop_translations(document: Document) -> Document:
    """An act that prints each line in Chinese and then in English, or in English and then in
    another language, without what it so says again; all others as they are.
    """
    if letters.HAN.search(document.title):
        return replace(document, blocks=tuple(_list_chinese(document.blocks)))
    texts = [block.text for block in document.blocks]
    pairs = Counter([*_list_pairs(texts), *_list_beside(texts)])
    language, count = pairs.most_common(1)[0] if pairs else ("", 0)
    if count < PAIRS:
        return document
    return replace(document, blocks=tuple(_list_english(document.blocks, language)))


def _list_chinese(blocks: Sequence[Block]) -> Iterator[Block]:
    blocks = blocks[: _find_whole_translation(blocks)]
    above = ""
    told = {id(block) for before, block in pairwise(blocks) if _is_told_again(before, block)}
    for block in blocks:
        if id(block) in told and len(told) >= PAIRS:
            continue
        again = set(FIGURES.findall(block.text)) if not letters.HAN.search(block.text) else None
        if (
            block.rows
            or not again
            or not letters.HAN.search(above)
            or again != set(FIGURES.findall(above))
        ):
            above = block.text
            yield block


def _find_whole_translation(blocks: Sequence[Block]) -> int | None:
    """Find where all of an act is said again behind its end: prose in English, to the last line
    of the page, without a figure that the act does not have.
    """
    end = len(blocks)
    while end and not letters.HAN.search(ON_TEXTS.sub("", blocks[end - 1].text)):
        end -= 1
    figures = set(FIGURES.findall("\n".join(block.text for block in blocks[:end])))
    behind = blocks[end:]
    again = set(FIGURES.findall("\n".join(block.text for block in behind)))
    prose = [place for place, block in enumerate(behind, end) if _is_opening(block.text)]
    says = any(SAYS.search(block.text) for block in behind)
    return prose[0] if prose and says and again and again <= figures else None


def _is_opening(text: str) -> bool:
    """Return whether a line opens a translation: a sentence in English, or its heading."""
    counts, _ = count_common(text)
    return bool(HEADING.match(text)) or (
        counts["en"] > SENTENCE and text.strip()[-1:] in (".", ":")
    )


def _is_told_again(above: Block, block: Block) -> bool:
    """Return whether an English sentence stands below a Chinese one that ends as it does."""
    ends = ENDS.get(above.text.strip()[-1:])
    if above.rows or block.rows or not ends or not block.text.strip().endswith(ends):
        return False
    counts, _ = count_common(block.text)
    return not letters.HAN.search(block.text) and counts["en"] > SENTENCE


def _list_pairs(texts: Sequence[str]) -> Iterator[str]:
    """Yield the language of each line that is the translation of the line above it."""
    for above, line in pairwise(texts):
        # most lines have other figures, which is soon seen
        if _is_again(line, above) and not _find_language(above):
            yield from filter(None, [_find_language(line)])


def _list_beside(texts: Sequence[str]) -> Iterator[str]:
    """Yield the language of what stands beside lines, for each that shows it, if it is another."""
    lines = chain.from_iterable(map(str.splitlines, texts))
    split = [PARTS.split(line.strip(), MOST) for line in lines]
    beside = [parts for parts in split if len(parts) > 1 and WORD.search(parts[0])]
    behind = [part for parts in beside for part in parts[2::2]]
    own, _ = count_common(" ".join(parts[0] for parts in beside))
    is_english = all(own["en"] > count for name, count in own.items() if name != "en")
    language = _find_language(" ".join(behind)) if is_english else ""
    yield from [language for part in behind if language and _count_foreign(part, language)]


def _find_language(line: str) -> str:
    """Find the language of which a line has two common words or more; "" where it is English."""
    counts, _ = count_common(line)
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > max(1, counts["en"]) else ""


def _is_again(line: str, above: str) -> bool:
    figures = sorted(DIGITS.findall(line))
    return bool(figures) and figures == sorted(DIGITS.findall(above))


def _has_figures_of(line: str, above: str) -> bool:
    figures = DIGITS.findall(line)
    return bool(figures) and set(DIGITS.findall(above)).issuperset(figures)


def _is_sentence_again(line: str, above: str) -> bool:
    ends = line.strip()[-1:] == above.strip()[-1:] and line.strip()[-1:] in (".", ":", ";")
    return ends and set(DIGITS.findall(above)).issuperset(DIGITS.findall(line))


def _list_english(blocks: Sequence[Block], language: str) -> Iterator[Block]:
    above, is_head = "", True
    for block, below in zip_longest(blocks, blocks[1:]):
        is_head = is_head and not CLAUSE.match(block.text)
        is_heading = is_head or (below is not None and CLAUSE.match(below.text) is not None)
        own = _cut_translation(block.text, language, is_heading=is_heading)
        foreign = _count_foreign(own, language)
        again = _is_again(own, above) or (foreign > SENTENCE and _is_sentence_again(own, above))
        if block.rows or not (foreign and (is_head or again)):
            above = own
            yield block if block.rows else replace(block, text=own)


def _cut_translation(line: str, language: str, *, is_heading: bool) -> str:
    """A line without the parts that are translations: they print its figures again, or it is a
    heading without any.
    """
    own, *others = PARTS.split(LABEL.sub(":", line), MOST)
    is_heading = is_heading and not DIGITS.search(line)
    for between, part in zip(others[::2], others[1::2], strict=True):
        is_foreign = _count_foreign(part, language) or DAY.fullmatch(part)
        again = _has_figures_of(part, own) or _is_sentence_again(part, own)
        own = own if is_heading or (is_foreign and again) else f"{own}{between}{part}"
    return own


def _count_foreign(line: str, language: str) -> int:
    """Count the common words of a language in a line; 0 where it has as many English ones."""
    counts, _ = count_common(line)
    return counts[language] if counts[language] > counts["en"] else 0
