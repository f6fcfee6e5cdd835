"""What an answer rests on: which sources were read and until when, which never were, what of them is not read or understood."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from monitor import vocabulary
from monitor.clock import iso
from monitor.errors import ErrorKind
from monitor.history import History, RegisterStatus, TroubleState, acts, addresses, mutes, registers, troubles
from monitor.model import Announcement
from monitor.pipeline import replayed
from monitor.render import dates, words
from monitor.render.text import cut, first_names
from monitor.source.health import SIGNS, Health, kind_word
from monitor.source.schedule import is_stale
from monitor.source.scraper import Source
from monitor.vocabulary.authorities import country_of

ACTS = "acts"
NAMED = 4  # of each kind that a line names
NOBODY = "no source that reads acts is configured"
WAY_OUT = "`monitor poll --all` reads every source once, `monitor run` goes on reading them"


class RegisterCovered(msgspec.Struct, frozen=True, kw_only=True):
    """A register that is published whole, as it was last read."""

    register: str
    reader: str
    rows: int
    held: int
    published: str | None
    read_at: datetime


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer rests on; each field is always said, since what is absent is said by it.

    `sources` are the publishers' own that are switched on, `read` those of them that ever gave a good read, from the `oldest` to
    the `newest` of their last ones (UTC). `never` are the others by id, `never_of` whose each of them is; `stale` those that
    should have been read since, `failing` those whose last look failed, `unread` pages still owed a read, `held` registers of
    which rows are not believed to be gone, `partly` the acts of which something is not understood. `acts` and `rows` are how
    many are on record, `since` is the day of the oldest act among them. `about` is the country that the answer is about, where it
    is about one, `remarks` what this answer leaves out. `blind` says of whom nothing can be seen now, and since when; `odd` are
    the sources that are read, with what makes doubtful whether that is worth anything.
    `muted` are the sources of whose troubles people are told nothing, and until when. Of a copy of a store that nobody writes,
    `copy_of` is the moment (UTC) whose state it has, "" where that is not known.
    """

    about: str | None
    sources: int
    read: int
    authorities: tuple[str, ...]
    oldest: str | None
    newest: str | None
    never: tuple[str, ...]
    never_of: tuple[str, ...]
    stale: tuple[str, ...]
    failing: tuple[str, ...]
    unread: tuple[str, ...]
    registers: tuple[RegisterCovered, ...]
    held: tuple[str, ...]
    partly: tuple[str, ...]
    acts: int
    since: str | None
    rows: int
    remarks: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
    muted: tuple[str, ...] = ()
    copy_of: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever read that the answer could rest on."""
        return not (self.read or self.acts or self.registers)

    @property
    def is_of_nobody(self) -> bool:
        """Whether there is no source that could be read: pages of config.toml are told as pages, and say nothing of the law."""
        return self.is_empty and not self.sources and not self.about


def coverage(history: History | None, sources: Sequence[Source], now: datetime, patience: timedelta, about: str = "") -> Coverage:
    """What an answer rests on; without a history on nothing. `about` is a register's or an authority's code, or a country's."""
    country = country_of(about)
    own = [source for source in sources if source.kind == ACTS and _is_of(source.authority, country)]
    if history is None:
        return _covered(country, own, {}, now, patience, [])
    counted = [counted for authority, counted in history(acts.count_by_authority).items() if _is_of(authority, country)]
    standing = [register for register in history(registers.statuses) if _is_of(register.code, country)]
    partly = [act for act in history(acts.acts_not_understood) if _is_of(act.authority, country)]
    lacking = history(addresses.leave_unread)
    unread = [page for source in own if source.id in lacking for page in history(addresses.unread, source.id)]
    covered = _covered(
        country, own, history(troubles.healths), now, patience, standing, unread=unread, partly=partly, acts=counted
    )
    open_troubles = history(troubles.states)
    ids = {source.id for source in own}
    return msgspec.structs.replace(
        covered,
        blind=tuple(_blind(trouble) for trouble in open_troubles if _is_alarm(trouble, country)),
        odd=tuple(f"{trouble.about}: {kind_word(trouble.problem.kind)}" for trouble in open_troubles if _is_odd(trouble, ids)),
        muted=tuple(
            f"{mute.source} until {dates.day(iso(mute.until))}" for mute in history(mutes.standing, now) if mute.source in ids
        ),
        copy_of=_copy_of(history),
        remarks=_replayed(history),
    )


def _is_alarm(trouble: TroubleState, country: str) -> bool:
    """Whether nothing can be seen of somebody whom the answer is about."""
    if trouble.problem.kind is ErrorKind.NETWORK:
        return True
    return trouble.problem.kind is ErrorKind.BLIND and _is_of(trouble.about, country)


def _blind(trouble: TroubleState) -> str:
    whose = "anybody" if trouble.problem.kind is ErrorKind.NETWORK else vocabulary.authority(trouble.about)
    return f"{whose} since {dates.day(iso(trouble.since))}"


def _is_odd(trouble: TroubleState, ids: Collection[str]) -> bool:
    """Whether it is a doubt about what one of these sources says, rather than that it says nothing."""
    return trouble.about in ids and trouble.problem.kind in SIGNS


def _replayed(history: History) -> tuple[str, ...]:
    ended = replayed.end_of(history.folder)
    return (f"a replay, as of its own end on {dates.day(iso(ended))}",) if ended else ()


def _copy_of(history: History) -> str | None:
    """Up to when the store was written that this is a copy of, as far as its polls say."""
    if not history.is_copy:
        return None
    polls = [state.last_poll for state in history(troubles.healths).values() if state.last_poll]
    return iso(max(polls)) if polls else ""


def _is_of(code: str, country: str) -> bool:
    return not country or country_of(code) == country


def _covered(
    country: str,
    own: Sequence[Source],
    health: dict[str, Health],
    now: datetime,
    patience: timedelta,
    registers: Sequence[RegisterStatus],
    *,
    unread: Iterable[str] = (),
    partly: Iterable[Announcement] = (),
    acts: Sequence[tuple[int, str]] = (),
) -> Coverage:
    read = {source.id: state.last_ok for source in own if (state := health.get(source.id)) and state.last_ok}
    failing = [(source.id, state.problem) for source in own if (state := health.get(source.id)) and state.problem]
    return Coverage(
        about=country or None,
        sources=len(own),
        read=len(read),
        authorities=tuple(dict.fromkeys(source.authority for source in own if source.id in read)),
        oldest=iso(min(read.values())) if read else None,
        newest=iso(max(read.values())) if read else None,
        never=tuple(source.id for source in own if source.id not in read),
        never_of=tuple(source.authority for source in own if source.id not in read),
        stale=tuple(source.id for source in own if source.id in read and is_stale(source, read[source.id], patience, now)),
        failing=tuple(f"{source}: {problem.kind}: {problem.text}" for source, problem in failing),
        unread=tuple(unread),
        registers=tuple(map(_register, registers)),
        held=tuple(f"{register.reader}: {register.held}" for register in registers if register.held),
        partly=tuple(act.key for act in partly),
        acts=sum(number for number, _ in acts),
        since=min((day for _, day in acts if day), default=None),
        rows=sum(register.rows for register in registers),
    )


def _register(status: RegisterStatus) -> RegisterCovered:
    return RegisterCovered(
        register=status.code,
        reader=status.reader,
        rows=status.rows,
        held=status.held,
        published=status.published,
        read_at=status.read_at,
    )


def nothing_read(covered: Coverage, place: str) -> str:
    """That nothing was read yet, where, and what to do."""
    if covered.is_of_nobody:
        return f'{place}: {NOBODY}, so nothing can be said; name packages in config.toml, such as packages = ["scrapers"]'
    of = f" of {words.country(covered.about.upper())}" if covered.about else ""
    return f"{place}: nothing was read yet{of}, so nothing can be said; {WAY_OUT}"


def coverage_line(covered: Coverage, now: datetime) -> str:
    """What an answer rests on, in a line."""
    rest = (
        ()
        if covered.is_empty
        else (*map("nothing can be seen now of {}".format, covered.blind), *covered.remarks, _reach(covered), *_missing(covered))
    )
    still = () if covered.is_empty else _open(covered)
    return "; ".join(filter(None, (_copied(covered), _read(covered, now), *rest, _failing(covered), _silenced(covered), *still)))


def _copied(covered: Coverage) -> str:
    if covered.copy_of is None:
        return ""
    return f"this is a copy that nobody writes{f', as of {_moment(covered.copy_of)}' if covered.copy_of else ''}"


def _silenced(covered: Coverage) -> str:
    return f"muted, so that nobody is told of their troubles: {first_names(covered.muted, NAMED)}" if covered.muted else ""


def _read(covered: Coverage, now: datetime) -> str:
    if covered.is_of_nobody:
        return NOBODY
    of = f" for {words.country(covered.about.upper())}" if covered.about else ""
    sources = f"{covered.read} of {words.things(covered.sources, 'source')}{of}"
    if covered.newest is None:
        return f"nothing was read yet ({sources})" if covered.is_empty else f"{sources} read"
    whose = first_names([vocabulary.authority(code) for code in covered.authorities], NAMED)
    oldest = _moment(covered.oldest)
    first = f", the longest ago {oldest}" if oldest != _moment(covered.newest) else ""
    return f"{sources} read ({whose}), last {_moment(covered.newest)}{_ago(covered.newest, now)}{first}"


def _reach(covered: Coverage) -> str:
    return f"the oldest act on record is of {dates.day(covered.since)}" if covered.since else ""


def _moment(at: str | None) -> str:
    return dates.day(at) if at else "never"


def _ago(at: str, now: datetime) -> str:
    days = (now - datetime.fromisoformat(at)).days
    return f", {words.things(days, 'day')} ago" if days > 0 else ""


def _missing(covered: Coverage) -> Iterable[str]:
    yield f"stale, not read as often as they should be: {first_names(covered.stale, NAMED)}" if covered.stale else ""
    yield f"in doubt, though read: {first_names(covered.odd, NAMED)}" if covered.odd else ""
    yield f"never read: {first_names(_publishers(covered), NAMED)}" if covered.never else ""


def _failing(covered: Coverage) -> str:
    return f"failing: {first_names(covered.failing, NAMED)}" if covered.failing else ""


def _publishers(covered: Coverage) -> list[str]:
    """Who was never read: a publisher by its name, or the source alone where another of the same publisher was read."""
    whose = zip(covered.never, covered.never_of, strict=True)
    return list(dict.fromkeys(source if code in covered.authorities else vocabulary.authority(code) for source, code in whose))


def _open(covered: Coverage) -> Iterable[str]:
    yield f"{words.things(len(covered.unread), 'page')} not read (see `monitor status`)" if covered.unread else ""
    yield f"rows held back: {first_names(covered.held, NAMED)}" if covered.held else ""
    yield f"understood in part: {cut(words.act_names(covered.partly), 200)}" if covered.partly else ""
