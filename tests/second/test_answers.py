"""Answers as a good, a middling and a lying model would give them for 142 acts, labelled value by
value, written before they were run. In answers/, `+ gm add register | quote` is a deed that the
good and the middling model say and that is so, `-` one that is not, `/` one that is so of another
register; below it stand its parts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from msgspec.structs import replace as replace_fields

from monitor import extract, vocabulary
from monitor.diff.opinions import list_disagreements
from monitor.document import Block, BlockKind, Document
from monitor.model import Action, Announcement, Measure, Opinion
from monitor.second.answer import Answer, SaidAct, SaidDay, SaidEntity, SaidItem, SaidMeasure
from monitor.second.check import Checker

UNREAD = Announcement(key="", authority="", title="", understood="none")
LABELLED_TRUE, LABELLED_FALSE = 1961, 1196
MODELS = {"g": "good", "m": "middling", "l": "lying"}


@dataclass
class Value:
    """A value as a model says it, and whether that is so."""

    true: bool
    kind: str
    said: str
    quote: str
    misplaced: bool = False
    parts: list["Value"] = field(default_factory=list)


@dataclass(eq=False)
class Act:
    """A text, and the answers that the models give, each a list of deeds."""

    key: str
    title: str
    text: str
    answers: dict[str, list[Value]]


def read_acts() -> Iterator[Act]:
    """All acts that are labelled."""
    for file in sorted((Path(__file__).parent / "answers").glob("*.txt")):
        for part in file.read_text(encoding="utf-8").split("=== ")[1:]:
            head, rest = part.split("\n", 1)
            text, lines = rest.split("\n---\n")
            key, title = head.split(" ", 1)
            yield Act(
                key,
                title,
                text,
                {model: _read_answer(lines, letter) for letter, model in MODELS.items()},
            )


def _read_answer(lines: str, letter: str) -> list[Value]:
    deeds: list[Value] = []
    for line in filter(None, lines.splitlines()):
        sign, letters, kind, rest = line.split(maxsplit=3)
        if letter not in letters:
            continue
        said, _, quote = rest.partition(" | ")
        value = Value(sign != "-", kind, said, quote, misplaced=sign == "/")
        depth = len(line) - len(line.lstrip())
        into = deeds if depth == 0 else deeds[-1].parts
        (into if depth < 2 else into[-1].parts).append(value)
    return deeds


def make_answer(deeds: list[Value]) -> Answer:
    """The answer of the protocol that says so."""
    return Answer(measures=[_make_measure(deed) for deed in deeds])


def _make_measure(deed: Value) -> SaidMeasure:
    days = {
        part.kind: SaidDay(part.said, part.quote)
        for part in deed.parts
        if part.kind in ("starts", "ends")
    }
    return SaidMeasure(
        Action(deed.kind),
        deed.quote,
        register=None if deed.said == "-" else deed.said,
        entities=[
            SaidEntity(part.said, part.quote, "org" if part.kind == "entity" else part.kind)
            for part in deed.parts
            if part.kind in ("entity", "person", "vessel")
        ],
        items=[
            SaidItem(
                part.said,
                part.quote,
                [code.said for code in part.parts if code.kind == "code"],
                [code.said for code in part.parts if code.kind == "hs"],
            )
            for part in deed.parts
            if part.kind == "item"
        ],
        amends=[SaidAct(part.said, part.quote) for part in deed.parts if part.kind == "amends"],
        **days,
    )


def list_kept(act: Act, deed: Value) -> Iterator[tuple[Value, bool]]:
    """Each value of a deed, and whether the check keeps it."""
    plain = Value(deed.true, deed.kind, "-", deed.quote)
    yield plain, bool(_check(act, plain))
    if deed.said != "-":
        kept = _check(act, replace(deed, parts=[]))
        yield (
            Value(deed.true and not deed.misplaced, "register", deed.said, deed.quote),
            any(each.register for each in kept),
        )
    for part in deed.parts:
        kept = _check(act, replace(plain, parts=[replace(part, parts=[])]))
        yield part, any(_holds(measure) for measure in kept)
        for code in part.parts:
            kept = _check(act, replace(plain, parts=[replace(part, parts=[code])]))
            yield code, any(item.codes or item.hs for each in kept for item in each.items)


def _check(act: Act, deed: Value) -> tuple[Measure, ...]:
    return Checker(f"{act.title}\n{act.text}", read_by_grammar(act)).check(make_answer([deed]))


@cache
def read_by_grammar(act: Act) -> Announcement:
    """What the grammar makes of an act."""
    blocks = tuple(Block(BlockKind.PARAGRAPH, line) for line in act.text.splitlines())
    page = Document(title=act.title, blocks=blocks)
    found = extract.understand(page, authority=find_authority(act.key))
    read = next((fact for fact in found if isinstance(fact, Announcement)), None)
    return replace_fields(read or UNREAD, key=act.key, authority=find_authority(act.key))


def find_authority(key: str) -> str:
    """Who publishes an act, as its source would say."""
    codes = vocabulary.current().authorities
    named = (key, f"cn-{key}")
    return next((code for code in codes for each in named if each.startswith(f"{code}-")), "")


def _holds(measure: Measure) -> bool:
    parts = (measure.entities, measure.items, measure.amends, measure.starts, measure.ends)
    return any(parts)


def list_outcomes(model: str) -> Iterator[tuple[Act, Value, bool]]:
    """Each value that a model says, and whether the check keeps it."""
    for act in read_acts():
        for deed in act.answers[model]:
            for value, kept in list_kept(act, deed):
                yield act, value, kept


def test_what_is_so_passes_and_what_is_not_never_does():
    outcomes = [outcome for model in MODELS.values() for outcome in list_outcomes(model)]
    kept = [kept for _, value, kept in outcomes if value.true]
    told = [(act.key, value.said) for act, value, kept in outcomes if kept and not value.true]

    assert (len(kept), len(outcomes) - len(kept)) == (LABELLED_TRUE, LABELLED_FALSE)
    assert sum(kept) >= len(kept) * 0.98
    assert told == []


def test_a_lying_model_makes_no_full_act_doubted():
    for act in read_acts():
        read = read_by_grammar(act)
        checked = Checker(f"{act.title}\n{act.text}", read).check(make_answer(act.answers["lying"]))

        opinion = Opinion(model="m", measures=checked)

        assert read.understood != "full" or list_disagreements(read, opinion) == ()
