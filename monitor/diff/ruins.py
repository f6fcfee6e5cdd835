"""Letters that became question marks before they reached us: damage on the way, and no change of what a register says. Pure."""

import re
from collections.abc import Iterable, Sequence

from monitor.model import FieldValue, RowAction, RowChange

MARKS = re.compile(r"\?+")  # one letter may become several, by its bytes


def are_ruins(changes: Iterable[RowChange]) -> bool:
    """Whether a row says what it said, with question marks for letters, or stands under a name of such."""
    changes = tuple(changes)
    amended = (values for change in changes if change.action is RowAction.AMEND for values in change.fields.values())
    return any(_is_ruin(before, after) for before, after in amended) or bool(_ruined_names(changes))


def _ruined_names(changes: Sequence[RowChange]) -> set[str]:
    went = {_lost(change.name) for change in changes if change.action is RowAction.REMOVE and not change.name.isascii()}
    return went & {_lost(change.name) for change in changes if change.action is RowAction.ADD and "?" in change.name}


def _is_ruin(before: FieldValue, after: FieldValue) -> bool:
    was, now = (" ".join(value) if isinstance(value, tuple) else value for value in (before, after))
    return not was.isascii() and "?" in now and _lost(was) == _lost(now) and len(MARKS.findall(now)) > len(MARKS.findall(was))


def _lost(text: str) -> str:
    return MARKS.sub("?", "".join(letter if letter.isascii() else "?" for letter in text))
