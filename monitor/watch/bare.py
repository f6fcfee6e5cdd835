"""The words of a name in letters without its legal forms: at its end, some at its beginning, the plainest anywhere. Pure."""

from collections.abc import Iterable
from functools import cache

from rapidfuzz.distance import OSA

from monitor.vocabulary.forms import Form, anywhere, latin, leading

LONGEST_FORM = 6  # words
LONG_FORM = 12  # letters; from here on one with a slip is known


def without_forms(raws: list[str]) -> tuple[list[str], tuple[Form, ...]]:
    """The words of a name without its legal forms: at its end, some at its beginning, the plainest anywhere."""
    forms: list[Form] = []
    left = raws
    while form_here := _form_at(left, len(left)) or (None if forms else _misspelt_at_end(left)):
        left, form = left[: -form_here[0]], form_here[1]
        forms.append(form)
    before = _form_from(left) if left and left[0] in leading() else None
    if form_here := before or (None if forms else _misspelt_at_beginning(left)):
        left = left[form_here[0] :]
        forms.append(form_here[1])
    if not anywhere().isdisjoint(left[1:]):
        left = _without_inner(left, forms)
    return left, tuple(dict.fromkeys(forms))


def _form_at(left: list[str], end: int) -> tuple[int, Form] | None:
    """The longest legal form that ends there and leaves a name."""
    table = latin()
    for length in range(min(LONGEST_FORM, end - 1), 0, -1):
        if form := table.get(tuple(left[end - length : end])):
            return length, form
    return None


def _form_from(left: list[str]) -> tuple[int, Form] | None:
    table = latin()
    for length in range(min(LONGEST_FORM, len(left) - 1), 0, -1):
        if form := table.get(tuple(left[:length])):
            return length, form
    return None


def _misspelt_at_end(left: list[str]) -> tuple[int, Form] | None:
    lengths = range(2, min(LONGEST_FORM, len(left) - 1) + 1)
    return _misspelt((length, left[-length:]) for length in ((1, *lengths) if left and len(left) > 1 else ()))


def _misspelt_at_beginning(left: list[str]) -> tuple[int, Form] | None:
    return _misspelt((length, left[:length]) for length in range(2, min(LONGEST_FORM, len(left) - 1) + 1))


def _misspelt(tries: Iterable[tuple[int, list[str]]]) -> tuple[int, Form] | None:
    """The longest legal form that some words are with a slip of the pen; only of long ones, which are no accident."""
    best = None
    for length, some in tries:
        joined = "".join(some)
        for spelt, form in _long_forms().get(joined[:2], ()):
            if abs(len(spelt) - len(joined)) <= 2 and OSA.distance(spelt, joined, score_cutoff=2) <= (
                2 if len(spelt) > 14 else 1
            ):
                best = (length, form)
    return best


@cache
def _long_forms() -> dict[str, list[tuple[str, Form]]]:
    by_beginning: dict[str, list[tuple[str, Form]]] = {}
    for parts, form in latin().items():
        if len(joined := "".join(parts)) >= LONG_FORM:
            by_beginning.setdefault(joined[:2], []).append((joined, form))
    return by_beginning


def _without_inner(left: list[str], forms: list[Form]) -> list[str]:
    kept = list(left)
    for place in range(len(kept) - 1, 0, -1):
        if place < len(kept) and kept[place] in anywhere() and (form_here := _form_at(kept, place + 1)):
            del kept[place + 1 - form_here[0] : place + 1]
            forms.append(form_here[1])
    return kept
