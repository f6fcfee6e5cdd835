"""The numbers that Word puts before a paragraph without writing them into it. Runs in the child only."""

import re
from typing import Any

from docx.oxml.ns import qn

DIGITS = "〇一二三四五六七八九"
PLACE = re.compile(r"%(\d)")


class Numbering:
    """Counts the numbered paragraphs of one document in order."""

    def __init__(self, file: Any) -> None:
        self._levels: dict[tuple[str, str], tuple[str, str, int]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[tuple[str, int], int] = {}
        part = next((rel.target_part for rel in file.part.rels.values() if rel.reltype.endswith("/numbering")), None)
        if part is not None:
            self._learn(part.element)

    def _learn(self, root: Any) -> None:
        for abstract in root.iter(qn("w:abstractNum")):
            for level in abstract.iter(qn("w:lvl")):
                key = (abstract.get(qn("w:abstractNumId")), level.get(qn("w:ilvl")))
                text, form = _of(level, "w:lvlText", ""), _of(level, "w:numFmt", "decimal")
                self._levels[key] = (text, form, int(_of(level, "w:start", "1")))
        for each in root.iter(qn("w:num")):
            self._lists[each.get(qn("w:numId"))] = _of(each, "w:abstractNumId", "")

    def mark(self, paragraph: Any) -> str:
        """The paragraph's number as Word shows it; empty where it has none."""
        told = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if told is None:
            return ""
        name = self._lists.get(_of(told, "w:numId", ""), "")
        depth = int(_of(told, "w:ilvl", "0"))
        text, form, start = self._levels.get((name, str(depth)), ("", "", 1))
        if not text or form == "bullet":
            return "-" if form == "bullet" else ""
        self._counts[name, depth] = self._counts.get((name, depth), start - 1) + 1
        for deeper in range(depth + 1, 9):
            self._counts.pop((name, deeper), None)
        return PLACE.sub(lambda match: self._said(name, int(match[1]) - 1), text)

    def _said(self, name: str, depth: int) -> str:
        _, form, start = self._levels.get((name, str(depth)), ("", "decimal", 1))
        return _written(self._counts.get((name, depth), start), form)


def _of(node: Any, tag: str, absent: str) -> str:
    found = node.find(qn(tag))
    return (found.get(qn("w:val")) or absent) if found is not None else absent


def _written(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and number <= len("abcdefghijklmnopqrstuvwxyz"):
        letter = chr(ord("a") + number - 1)
        return letter if form == "lowerLetter" else letter.upper()
    chinese = form.startswith(("chinese", "japaneseCounting", "ideograph", "taiwanese"))
    return _in_chinese(number) if chinese and number < 100 else str(number)


def _in_chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return (DIGITS[tens] if tens > 1 else "") + "十" + (DIGITS[ones] if ones else "")
