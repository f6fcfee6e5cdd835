"""Learn a watched page's own noise: differences between two readings seconds apart, alternation of
reported versions, changes at every poll. No I/O. Ignored changes are saved for queries. An
alternating text is reported after all once it has lasted for hours.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from msgspec.structs import replace

from monitor.diff.parts import (
    Move,
    diff_parts,
    explain_noise,
    figures_moved,
    group_by_name,
    hash_text,
    letters,
)
from monitor.model import Excerpt, Part, Value, frozen

STABLE = timedelta(hours=6)  # how long a change must last before it counts as no alternation
MEMORY = timedelta(days=30)  # how long a reported change is remembered
EVERY_TIME = 4  # changes one look after the other, after which a figure that changes is noise
SLACK = 2.5  # polls between two changes of one series, at most
DOUBTS = 3  # immediate reversals of a change, after which it counts as alternating
VERSIONS = 3  # different texts at one place, after which that place counts as noise
MOST_KEPT, MOST_LEARNT, MOST_TOLD, MOST_MOVING = 60, 600, 300, 2_000
LONGEST_KEPT = 300  # characters
RESTLESS = "changes at every look"
Fate = Literal["told", "held", "begun", "ignored"]
TOKENS = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[a-z0-9_-]{0,40}\d)[a-z0-9_-]{8,128}|\d+(?:[.,:]\d+)*",
    re.IGNORECASE | re.ASCII,
)


class Ignored(Value, kw_only=True):
    """An unreported change and the reason; `times` counts similar ones, `at` is the last."""

    at: datetime
    why: str
    before: str = ""
    after: str = ""
    times: int = 1


class Remembered(Value, kw_only=True):
    """A reported or waiting change: the words before and after by their `transition`, the place,
    and the time.
    """

    transition: str
    place: str
    at: datetime


class Moving(Value, kw_only=True):
    """A figure that changed `times` looks one after the other, the last time `at` then."""

    times: int
    at: datetime


class Noise(Value, kw_only=True):
    """A page's known noise. `reader` is the way it was read, `told` its recent reports. `masks` are
    wordings with figures that change by themselves, `variants` whole parts that do. `waiting`
    alternates, `doubts` counts immediate reversals, `moving` are figures that changed at the last
    polls, by their context.
    """

    reader: str = ""
    masks: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    told: tuple[Remembered, ...] = ()
    waiting: tuple[Remembered, ...] = ()
    doubts: dict[str, int] = {}  # noqa: RUF012 - of a frozen value
    moving: dict[str, Moving] = {}  # noqa: RUF012 - ditto
    ignored: tuple[Ignored, ...] = ()


@frozen
class Weighed:
    """What to report of a page. `now` is its text from now on, without the `held` part, which is
    still to be reported. `begun` are the texts with newly restless figures.
    """

    told: tuple[Move, ...]
    noise: Noise
    now: Excerpt
    held: bool
    begun: tuple[Move, ...]


def weigh_change(
    last: Excerpt,
    read: Excerpt,
    noise: Noise,
    now: datetime,
    *,
    was: datetime | None,
    every: timedelta,
    doubted: Collection[str] = (),
) -> Weighed:
    """Find the changes to report; `was` is the time of `last`, `every` the polling interval.
    `doubted` are transitions that an immediate second fetch reversed.
    """
    fates: dict[Fate, list[Move]] = {"told": [], "held": [], "begun": [], "ignored": []}
    noise = replace(
        noise, told=tuple(earlier for earlier in noise.told if now - earlier.at <= MEMORY)
    )
    moves = diff_parts(last, read)
    came = {move.place for move in moves if move.before is None}
    moving = _find_moving(moves, noise, now, every)
    for move in moves:
        why = _explain_noise(move, noise, now, was, crowded=move.place in came)
        times = min((moving[figure].times for figure in _list_changed_figures(move)), default=0)
        is_doubted = move.transition in doubted
        fate, noise = _weigh_move(move, noise, now, why, times, is_doubted=is_doubted)
        fates[fate].append(move)
    told, held, begun, _ = fates.values()
    still = {move.transition for move in held}  # only changes withheld now still wait
    waiting = tuple(waits for waits in noise.waiting if waits.transition in still)
    noise = replace(noise, waiting=waiting, moving=moving)
    return Weighed(tuple(told), noise, _restore_held(read, held), bool(held), tuple(begun))


def _weigh_move(
    move: Move, noise: Noise, now: datetime, why: str, times: int, *, is_doubted: bool
) -> tuple[Fate, Noise]:
    """Decide about one change, and note the noise.

    `why` it is noise, if it is; `times` counts the polls at which its figures changed.
    """
    if why or times > EVERY_TIME + 1:
        return "ignored", _note_ignored(_add_version(noise, move), move, why or RESTLESS, now)
    if is_doubted:
        gone = "was gone again when the page was asked at once"
        return "held", _note_ignored(noise, move, gone, now)
    if _is_return(move, noise, now):
        return "held", _note_ignored(
            _note_waiting(noise, move, now), move, "goes back and forth", now
        )
    if times > EVERY_TIME:
        return "begun", _note_ignored(noise, move, RESTLESS, now)
    return "told", _note_told(noise, move, now)


def learn_noise(
    noise: Noise, last: Excerpt, readings: Sequence[Excerpt], now: datetime
) -> tuple[Noise, frozenset[str]]:
    """Learn from several readings seconds apart; return the transitions from `last` that they
    reversed. A third text among them is noise. Two versions in turn are not: they may be an old and
    a new copy. A text with many doubts counts as alternating, and is reported once it lasts.
    """
    since = diff_parts(last, readings[0])
    slots = [_Slot(move, move.texts) for move in since]
    for first, again in pairwise(readings):
        slots = _follow_slots(slots, diff_parts(first, again))
    for slot in slots:
        if len(set(slot.texts)) >= VERSIONS:
            said = {text for text in slot.texts if text}
            masks = {mask(text) for text in said}
            if len(masks) == 1:
                noise = replace(noise, masks=_append_new(noise.masks, map(hash_text, masks)))
            else:
                noise = replace(
                    noise, variants=_append_new(noise.variants, map(hash_text, sorted(said)))
                )
    doubted = [
        slot.move
        for slot in slots[: len(since)]
        if slot.went_back and len(set(slot.texts)) < VERSIONS
    ]
    for move in doubted:
        noise = _add_doubt(noise, move, now)
    return noise, frozenset(move.transition for move in doubted)


@frozen
class _Slot:
    """The texts in one part's place, reading by reading; `move` is the first change."""

    move: Move
    texts: tuple[str, ...]

    @property
    def went_back(self) -> bool:
        """Return whether its first text came again."""
        return self.texts[0] in self.texts[2:]


def _follow_slots(slots: Sequence[_Slot], step: Sequence[Move]) -> list[_Slot]:
    """Add a further reading's texts to the slots, with new slots."""
    left = list(step)
    followed: list[_Slot] = []
    for slot in slots:
        now = slot.texts[-1]  # what was not there is known by its place alone
        move = next(
            (
                move
                for move in left
                if move.texts[0] == now and (now or move.place == slot.move.place)
            ),
            None,
        )
        if move:
            left.remove(move)
        followed.append(_Slot(slot.move, (*slot.texts, move.texts[1])) if move else slot)
    return [*followed, *(_Slot(move, move.texts) for move in left)]


def _add_doubt(noise: Noise, move: Move, now: datetime) -> Noise:
    times = noise.doubts.get(move.transition, 0) + 1
    if times < DOUBTS:
        return replace(noise, doubts=noise.doubts | {move.transition: times})
    left = {
        transition: count
        for transition, count in noise.doubts.items()
        if transition != move.transition
    }
    return _note_told(replace(noise, doubts=left), move, now)


def mask(text: str) -> str:
    """The words with a mark in the place of every figure and token."""
    return TOKENS.sub("#", text)


def _append_new(known: Sequence[str], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))[-MOST_LEARNT:]


def _explain_noise(
    move: Move, noise: Noise, now: datetime, was: datetime | None, *, crowded: bool
) -> str:
    """Explain why it is noise; "" if nothing shows that. If it is `crowded`, more parts came, and
    one may be the old one.
    """
    before, after = move.before, move.after
    if before and after and (why := explain_noise(before.text, after.text, was, now)):
        return why
    if (
        before
        and after
        and mask(before.text) == mask(after.text)
        and hash_text(mask(after.text)) in noise.masks
    ):
        return "its figures differ each time it is read"
    known = [hash_text(part.text) in noise.variants for part in (before, after) if part]
    return (
        "differs each time it is read"
        if all(known) or (before and after and known[0] and not crowded)
        else ""
    )


def _list_changed_figures(move: Move) -> list[str]:
    """List changed figures, each with its context; none if more than figures changed."""
    before, after = move.texts
    words = hash_text(f"{move.after.id if move.after else ''}\n{letters(after)}")
    return [f"{words}:{at}" for at in figures_moved(before, after)]


def _find_moving(
    moves: Sequence[Move], noise: Noise, now: datetime, every: timedelta
) -> dict[str, Moving]:
    """The figures that change at every look, with those that moved now."""
    moving = dict(noise.moving)
    for figure in dict.fromkeys(figure for move in moves for figure in _list_changed_figures(move)):
        last = moving.pop(figure, None)
        times = last.times + 1 if last and now - last.at <= SLACK * every else 1
        moving[figure] = Moving(times=times, at=now)
    return dict([*moving.items()][-MOST_MOVING:])


def _add_version(noise: Noise, move: Move) -> Noise:
    """A further version of what varies is known from now on."""
    sides = [hash_text(text) for text in move.texts if text]
    return (
        replace(noise, variants=_append_new(noise.variants, sides))
        if any(side in noise.variants for side in sides)
        else noise
    )


def _is_return(move: Move, noise: Noise, now: datetime) -> bool:
    """Return whether this very change was reported before, so that the page went back meanwhile;
    not after hours.
    """
    if all(earlier.transition != move.transition for earlier in noise.told):
        return False
    since = next((waits.at for waits in noise.waiting if waits.transition == move.transition), now)
    return now - since < STABLE


def _note_told(noise: Noise, move: Move, now: datetime) -> Noise:
    return replace(noise, told=(*noise.told, _remembered(move, now))[-MOST_TOLD:])


def _note_waiting(noise: Noise, move: Move, now: datetime) -> Noise:
    if any(waits.transition == move.transition for waits in noise.waiting):
        return noise
    return replace(noise, waiting=(*noise.waiting, _remembered(move, now)))


def _remembered(move: Move, now: datetime) -> Remembered:
    return Remembered(transition=move.transition, place=move.place, at=now)


def _note_ignored(noise: Noise, move: Move, why: str, now: datetime) -> Noise:
    """Save the change for queries; it replaces a similar one."""
    before, after = (
        (part.text if part else "")[:LONGEST_KEPT] for part in (move.before, move.after)
    )
    like = next(
        (old for old in noise.ignored if old.why == why and mask(old.after) == mask(before)), None
    )
    kept = Ignored(at=now, why=why, before=before, after=after, times=like.times + 1 if like else 1)
    others = (old for old in noise.ignored if old is not like)
    return replace(noise, ignored=(*others, kept)[-MOST_KEPT:])


def _restore_held(read: Excerpt, held: Sequence[Move]) -> Excerpt:
    """Return the page as read, with the withheld parts as before: these are still to be
    reported.
    """
    if not held:
        return read
    before = {move.name: move.before for move in held if move.after}
    parts = [before.get(name, part) for name, part in group_by_name(read.parts).items()]
    gone = [move.before for move in held if move.after is None]
    return replace(read, parts=tuple(part for part in (*parts, *gone) if isinstance(part, Part)))
