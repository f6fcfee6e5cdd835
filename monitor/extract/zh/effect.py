"""From when an act bites: one start for the whole, or one for each group of clauses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.extract.zh import dates
from monitor.extract.zh.lines import Line
from monitor.model import End, Start

LABEL = re.compile(
    r"[\"'](?P<label>[一二三四五六七八九十]+(?:\([一二三四五六七八九十]+\))*)[\"'](?=[和、及,部])|"
    r"第(?P<plain>[一二三四五六七八九十]+)[条款项](?:第?[一二三四五六七八九十(]+[)条款项]+)?(?=[和、及,自的])"
)
TAKES_EFFECT = re.compile(r"起?[^,。;自]{0,6}?(?:实施|施行|生效|执行)")
WITHIN = re.compile(r"起?[,起]?[^,。;]{0,4}?(?:\d{1,3}|[一二三四五六七八九十]{1,4})(?:个工作日|个?日|天|个月|年)(?:之?内|以内)")
PROMULGATED = re.compile(r"^\(?\d{4}年.*公布,自")


@dataclass(frozen=True)
class Effect:
    """A start and the clauses it holds for; none means the whole act."""

    starts: Start
    clauses: tuple[str, ...] = ()
    ends: End | None = None


def effects(body: Sequence[Line], published: str | None) -> list[Effect]:
    """The starts the act gives, clause by clause where it does so."""
    all_effects = [effect for line in body if not PROMULGATED.match(line.text) for effect in _of(line, published)]
    all_effects = all_effects or [effect for line in body for effect in _of(line, published)]
    all_effects = all_effects or [effect for line in body for effect in _of(line, published, any_verb=True)]
    by_clause = [effect for effect in all_effects if effect.clauses]
    return by_clause or all_effects[-1:]


def _of(line: Line, published: str | None, *, any_verb: bool = False) -> list[Effect]:
    """The starts of a line; with `any_verb` also `自发布之日起` before whatever the act does from then on."""
    effects: list[Effect] = []
    here = 0
    for stop in re.finditer(r"[。;]|$", line.text):
        text = line.text[here : stop.end()]
        begun = dates.start(text, published)
        if begun and _bites(text, begun, any_verb=any_verb) and "同步" not in text[: begun[1]]:
            starts, first, last = begun
            quote = line.quote(here + first, here + last)
            labels = tuple(match["label"] or match["plain"] for match in LABEL.finditer(text[: begun[1]]))
            effects.append(Effect(Start(on=starts.on, basis=starts.basis, quote=quote), labels, _end(line, text, here, starts)))
        here = stop.end()
    return effects


def _bites(text: str, begun: tuple[Start, int, int], *, any_verb: bool) -> bool:
    """Whether the act takes effect at a start."""
    starts, _, last = begun
    after = last - (text[last - 1] == "起")
    return bool(TAKES_EFFECT.match(text, after)) or (any_verb and starts.basis == "publication" and not WITHIN.match(text, after))


def _end(line: Line, text: str, here: int, starts: Start) -> End | None:
    ended = dates.end(text, starts.on)
    if not ended:
        return None
    end, first, last = ended
    return End(on=end.on, basis=end.basis, duration=end.duration, quote=line.quote(here + first, here + last))
