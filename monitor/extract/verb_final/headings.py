"""Which deed of an act in a verb-final language is done to those whom a list names: what its
sentences and the headings above the list say.
"""

import re
from collections.abc import Sequence

from monitor.extract.verb_final.deeds import (
    Deed,
    Stem,
    is_both,
    list_joined,
    list_stems,
    turn_action,
)
from monitor.extract.verb_final.heads import SHORT
from monitor.extract.verb_final.lines import LEVEL, Line
from monitor.extract.verb_final.names import BARE, PAIR
from monitor.extract.verb_final.tables import LISTS
from monitor.extract.words import Words
from monitor.model import Action


def find_deed_above(
    place: int, deeds: Sequence[Deed], lines: Sequence[Line], words: Words, title: str
) -> Deed | None:
    """Find the deed that is done to those in a list."""
    is_said, deed = _read_label(place, deeds, lines, words)
    if not is_said and not (deed := _find_by_name(lines[:place], deeds, words)):
        is_said, deed = _read_heading(lines[:place], deeds, words)
    if is_said or deed:
        return deed
    if is_both(deeds) and _is_below_unclear(lines[:place], words):
        return None
    before = [deed for deed in deeds if deed.line <= place]
    return _find_by_heading(lines[:place], deeds, words, title) or _find_introducing(
        _drop_provisos(before, words) or deeds[:1]
    )


def _is_below_unclear(before: Sequence[Line], words: Words) -> bool:
    """Return whether the nearest heading above that counts more than a kind says no deed:
    `今後は懸念がないもの（2団体）`.
    """
    for line in reversed(before):
        if line.cells:
            continue
        if words.stop.search(line.text + "\n"):
            return False
        if not PAIR.search(line.text) and (said := _is_unclear(line.text, words)) is not None:
            return said
    return False


def _is_unclear(text: str, words: Words) -> bool | None:
    """Return whether a heading says no deed; None where it only counts a kind (`団体（2社）`), or is
    none.
    """
    if list_stems(text, words):
        return False
    if not words.counted.search(text):
        return None
    return None if _is_kind(text, words) else True


def _is_kind(text: str, words: Words) -> bool:
    """Return whether a heading has nothing but kinds of those below it: `□ 개인`, `団体（2社）`."""
    rest = words.joins.sub("", words.person.sub("", words.firm.sub("", text)))
    rest = words.counted.sub("", words.mark.sub("", rest, count=1))
    return not re.search(r"[^\W\d]", rest)


def _read_label(
    place: int, deeds: Sequence[Deed], lines: Sequence[Line], words: Words
) -> tuple[bool, Deed | None]:
    """Return whether an entry has a kind of change as its label (`삭제 : …`), and the deed."""
    line = lines[place]
    mark = words.mark.match(line.text)
    label, colon, _ = line.text[mark.end() if mark else 0 :].partition(":")
    is_said = not line.cells and colon and words.change.fullmatch(COUNT.sub("", label).strip())
    return (True, _choose_deed(label, place, line, deeds, words)) if is_said else (False, None)


def _choose_deed(
    text: str, place: int, line: Line, deeds: Sequence[Deed], words: Words
) -> Deed | None:
    """The deed of a kind of change, one of its own if no sentence says it; none for who stays."""
    stems = list_stems(text, words)
    action = stems[-1][2] if stems else Action.ADD
    if not deeds or not (stems or words.new.search(text)):
        return None
    same = next((deed for deed in deeds if deed.action is action), None)
    return same or Deed(action, line.raw, place, headed=True)


def _read_heading(
    before: Sequence[Line], deeds: Sequence[Deed], words: Words
) -> tuple[bool, Deed | None]:
    """Return whether the heading right above entries says what is done to them, and the deed.

    It is a kind of change (`（2）名称変更`), or of those who are changed in a way that no sentence
    says (`別名を変更した団体`). No deed is done to those who were on the list before (`기존 지정자`).
    """
    for place in reversed(range(len(before))):
        line = before[place]
        if line.cells or BARE.search(line.text) or _is_kind(line.text, words):
            continue
        mark = words.mark.match(line.text)
        text = COUNT.sub("", line.text[mark.end() if mark else 0 :]).strip(MARKS)
        if words.change.fullmatch(text):
            return True, _choose_deed(text, place, line, deeds, words)
        if len(text) >= SHORT or words.stop.search(line.text + "\n"):
            return False, None
        stems = list_stems(text, words)
        last = stems[-1][2] if stems else Action.ADD
        if _is_other_deed(text, stems, deeds, words):
            return True, _choose_deed(text, place, line, deeds, words)
        return last is Action.ADD and words.before_now.search(text) is not None, None
    return False, None


def _is_other_deed(text: str, stems: Sequence[Stem], deeds: Sequence[Deed], words: Words) -> bool:
    """Return whether a heading is of those who are changed, or to whom the opposite is done of what
    all sentences do: `追加する組織` where they only remove.
    """
    if not stems or not words.of_whom.search(text):
        return False
    last, said = stems[-1][2], LISTS.intersection(deed.action for deed in deeds)
    opposite = len(stems) == 1 and last in LISTS and len(said) == 1 and last not in said
    return last is Action.AMEND or (opposite and not words.before_now.search(text))


COUNT = re.compile(r"\s?\([^()]{1,8}\)\s*\Z")
MARKS = "【】[]<>〈〉「」: "


def _drop_provisos(deeds: Sequence[Deed], words: Words) -> Sequence[Deed]:
    """The deeds without those of exceptions (`다만, …에 대한 지정은 해제한다`), which no list follows."""
    whole = [deed for deed in deeds if not words.proviso.match(deed.quote.translate(LEVEL))]
    return whole or deeds


def _find_introducing(before: Sequence[Deed]) -> Deed | None:
    """Find the deed that introduces the list below: of the last sentence's deeds the one that says
    so; none where those below are added or removed alike.
    """
    last = before[-1] if before else None
    said = [each for each in reversed(before) if last and each.quote == last.quote]
    if any(each.shares for each in said) and is_both(said):
        return None
    return next((each for each in said if each.follows), last)


def _find_by_name(before: Sequence[Line], deeds: Sequence[Deed], words: Words) -> Deed | None:
    """The only deed whose sentence names a heading above, up to the next sentence: `(別添2)`.

    Not where a nearer heading says itself what is done.
    """
    for line in reversed(before):
        if words.stop.search(line.text + "\n"):
            return None
        if list_stems(line.text, words) and not BARE.search(line.text):
            return None
        heading = HEADING.fullmatch(line.text)
        said = heading and re.compile(rf"{re.escape(heading['said'])}(?!\d)")
        named = [deed for deed in deeds if said and said.search(deed.quote.translate(LEVEL))]
        if len({deed.quote for deed in named}) == 1:
            return named[-1]
    return None


# of a list: `(別添2)`, `(第三国の団体)`
HEADING = re.compile(
    r"\W?(?P<said>(?:別[添紙表]|별[첨지표]|붙임)\s?\d{0,2}|[^\d():.,。、]{5,30})\)?(?:\s?관련|関係)?"
)


def _find_by_heading(
    before: Sequence[Line], deeds: Sequence[Deed], words: Words, title: str
) -> Deed | None:
    """The deed that the last heading above says by its last verb: `追加`, `삭제 대상`, `新たに掲載する組織`.

    Where the sentences say only that something is changed, the heading itself says what is done.
    """
    only_changed = all(deed.generic or deed.headed for deed in deeds)
    if not deeds or (len({deed.action for deed in deeds}) < 2 and not only_changed):
        return None
    for place in reversed(range(len(before))):
        line = before[place]
        if (
            len(line.text) >= SHORT
            or words.stop.search(line.text + "\n")
            or PAIR.search(line.text)
            or line.raw == title
            or len(set(filter(None, line.cells))) > 1
        ):
            continue
        stems = list_stems(line.text, words)
        if not stems or list_joined(line.text, stems, words):
            continue
        _, begin, action = max((end, begin, deed) for begin, end, deed in stems)
        action = turn_action(action, line.text[:begin], words) or action
        same = next((deed for deed in deeds if deed.action is action), None)
        is_new = only_changed and action in LISTS
        if same or not (is_new or words.counted.search(line.text)):
            return same
        return Deed(action, line.raw, place, headed=True)
    return None
