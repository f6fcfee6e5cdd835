"""`monitor screen`: compare names, products and whole files with the watch list and the record, or
with a given list.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from msgspec.structs import replace
from rich.console import Console

from monitor.ask.findings import (
    describe_lists,
    describe_unread,
    explain_nothing_alike,
    join_groups,
    summarize_screening,
)
from monitor.ask.findings import make_findings as list_findings
from monitor.ask.hold import Holding, ListComparison, compare_lists
from monitor.ask.rows import describe_standing
from monitor.ask.screen import Screened, Screening, screen_questions
from monitor.ask.screenings import (
    Other,
    describe_findings,
    describe_recorded,
    export_screening,
    find_others,
    list_newest_answers,
    list_recorded,
    make_order,
    make_standing,
    take_up_again,
)
from monitor.ask.standing import Standing
from monitor.ask.watchlist import load_stored
from monitor.cli.ask import CommandDesk
from monitor.cli.output import (
    STANDING,
    make_cells,
    print_json,
    print_lines,
    print_some,
    print_standing,
    print_table,
    print_text,
    print_wrapped,
)
from monitor.cli.triage import LOGIN
from monitor.clock import SystemClock
from monitor.config import Config, files
from monitor.config.outward import note
from monitor.config.redact import clean
from monitor.config.stores import Store
from monitor.errors import ConfigError, MonitorError
from monitor.render import dates
from monitor.render.text import join_words
from monitor.render.words import format_count
from monitor.run.record import record_screening
from monitor.store import History, has_store, page_words, screenings
from monitor.triage.values import COMMAND_LINE, Person
from monitor.watch.entries import describe_tie
from monitor.watch.match import DEFAULT, Thresholds, name_subject
from monitor.watch.tables import list_fields, suggest_fields

SHOWN_WITHOUT = 50  # names; of more, those that are like nobody are counted only
ALSO = 12  # further subjects that are named
FOUND = ("asked", "verdict", *STANDING)
KEPT_FOUND = ("asked", "verdict", "tie", "listed as", "list", "act", "why")

# from which likeness on a thing is shown, and from which it is a match
Scores = tuple[float | None, float | None]


def screen_against_list(
    asked: Sequence[str], against: Path, scores: Scores, mapped: Mapping[str, str], *, as_json: bool
) -> None:
    """Hold files against a list; no store is opened.

    Raises:
        ConfigError: a file can't be read, or a threshold is none.
    """
    held = compare_lists([Path(file) for file in asked], against, parse_thresholds(*scores), mapped)
    if as_json:
        print_lines(held.hits)
    else:
        _show_comparison(held)
    for line in held.unused:
        note(f"monitor: {line}")


def screen_all(
    desk: CommandDesk,
    asked: Sequence[str],
    scores: Scores,
    mapped: Mapping[str, str],
    out: Path | None,
    by: str,
) -> bool:
    """Screen against all, print the answer, and record it for `by`; "" records nothing.

    Return whether all went well.

    Raises:
        MonitorError: there is no answer, or the file can't be written.
    """
    if out:
        refuse_output(out, [*map(Path, asked), *list_read_files(desk.config)])
    answer, covered = screen_against_all(desk, asked, scores, mapped), desk.coverage()
    resting = desk.line(covered)
    show(
        answer,
        out,
        mention_pages(desk.store, answer),
        as_json=desk.as_json,
        resting=resting,
        on_nothing=covered.is_empty,
    )
    desk.end_or_refuse(covered)
    kept = not by or keep_record(desk, answer, scores, by, resting)
    return kept and not any(one.problem for one in answer.lists)


def list_read_files(config: Config) -> Iterator[Path]:
    """List the files that a screening reads beside what is asked."""
    for file in (*config.watch.files, *(one.file for one in config.screen_against)):
        if file:
            yield Path(file)


def refuse_output(out: Path, read: Iterable[Path]) -> None:
    """Refuse to write a result in another form, where no folder is, or over a file that is read.

    Raises:
        ConfigError: it is so.
    """
    from monitor.ask.screening_file import refuse_form

    refuse_form(out.suffix.lower())
    if not out.parent.is_dir():
        raise ConfigError(f"--out {out}: there is no folder {out.parent}")
    if files.path_exists(out) and any(files.path_exists(one) and out.samefile(one) for one in read):
        raise ConfigError(
            f"--out {out}: this file is read for the answer, and is not overwritten; name another"
        )


def screen_against_all(
    desk: CommandDesk, asked: Sequence[str], scores: Scores, mapped: Mapping[str, str]
) -> Screening:
    """Screen names and files against the watch list and all on record, as of now.

    Raises:
        ConfigError: a file can't be read, or a threshold is wrong.
    """
    config, store = desk.config, desk.store
    if any(one.url for one in config.screen_against):
        from monitor.ask import copies

        if hindered := copies.refresh_copies(config, store, SystemClock()):
            note(f"monitor: {hindered}")
    wanted = parse_thresholds(*scores, desk.thresholds)
    watch = replace(config.watch, review=wanted.review, match=wanted.match)
    return screen_questions(
        replace(config, watch=watch), store, asked, mapped, desk.now, desk.sources
    )


def show(
    answer: Screening,
    out: Path | None,
    pages: Mapping[str, str],
    *,
    as_json: bool,
    resting: str = "",
    on_nothing: bool = False,
) -> None:
    """Print the matches, and for files a summary; or write a file for a colleague, with its ground
    (`resting`). `pages` say which archived pages name what nothing is like. `on_nothing`: there is
    no read to search, so it makes no statement on absent names.

    Raises:
        MonitorError: the file can't be written.
    """
    absent = {} if on_nothing else _explain_absences(answer, pages)
    if as_json:
        _print_lines(answer, absent)
    else:
        _show_screening(answer, absent)
    if not on_nothing:
        _summarize(answer, out, resting)
    elif out:
        note(f"monitor: {out}: not written, since nothing is known")
    for line in (*answer.unusable, *describe_lists(answer.lists)):
        note(f"monitor: {line}")


def _summarize(answer: Screening, out: Path | None, resting: str) -> None:
    """Print the summary of files and of many names; write the result for a colleague."""
    rows = list_findings(answer)
    told = summarize_screening(answer, rows)
    if answer.taken or out or len(answer.asked) > SHOWN_WITHOUT:
        for line in told[: 2 + len(answer.taken)]:
            note(f"monitor: {line}")
    if out:
        from monitor.ask.screening_file import make_result

        notes = [*told, *filter(None, [resting])]
        files.put(out, make_result(out.suffix.lower(), rows, notes, resting))
        note(f"monitor: {out}: {format_count(len(rows), 'row')}")


def mention_pages(store: Store, answer: Screening) -> dict[str, str]:
    """Name the archived pages that say a name like which nothing is on record; of few names."""
    names = _list_absent(answer)
    if not names or len(answer.asked) > SHOWN_WITHOUT or not has_store(store):
        return {}
    with History(store, read_only=True) as history:
        counts = {name: len(history(page_words.find_passages, name)) for name in names}
    return {
        name: f"{format_count(count, 'archived page')} {'says' if count == 1 else 'say'} it:"
        f' see monitor show "{clean(name)}"'
        for name, count in counts.items()
        if count
    }


def _list_absent(answer: Screening) -> list[str]:
    """The names that nothing on record or on a list of others is like, each once."""
    alike = {hit.asked for hit in answer.hits if not _is_ours(hit)}
    return [*dict.fromkeys(one.name for one in answer.asked if one.name not in alike)]


def _explain_absences(answer: Screening, pages: Mapping[str, str]) -> dict[str, str]:
    """Explain for each name without a similar listing what that rests on."""
    ours = {hit.asked for hit in answer.found}
    return {
        name: "; ".join(
            filter(
                None,
                (explain_nothing_alike(answer, name, is_watched=name in ours), pages.get(name)),
            )
        )
        for name in _list_absent(answer)
    }


def keep_record(
    desk: CommandDesk, answer: Screening, scores: Scores, by: str, coverage: str
) -> bool:
    """Record the screening and print its number; return whether it was recorded."""
    try:
        with History(desk.store, read_only=True) as history:
            used = parse_thresholds(*scores, desk.thresholds)
            person = Person(f"{LOGIN}{by}", by)
            order = make_order(history, used, answer, person, COMMAND_LINE, coverage)
        number = record_screening(desk.store, order)
    except MonitorError as error:
        note(f"monitor: not recorded: {error}")
        return False
    note(f"monitor: recorded as screening {number}")
    return True


def show_recorded(desk: CommandDesk, number: str) -> None:
    """Print a recorded screening by its number.

    Raises:
        ConfigError: there is none of that number.
    """
    with History(desk.store, read_only=True) as history:
        kept = number.isdecimal() and history(screenings.load_screening, int(number))
    if not kept:
        raise ConfigError(
            f"no screening {number!r} is on record; `monitor export screenings` lists all"
        )
    if desk.as_json:
        print_json(export_screening(kept))
        return
    rows = [
        (one.asked, one.said, one.tied, one.called, one.register, one.act, one.why)
        for one in list_recorded(kept)
    ]
    print_some(KEPT_FOUND, rows)
    for line in describe_recorded(kept):
        print_text(line)


def show_others(desk: CommandDesk) -> None:
    """Show which recorded answers would differ today, as they were and as they would be."""

    def look(history: History) -> tuple[list[Other], int]:
        answers = list_newest_answers(history(screenings.list_newest))
        ready = take_up_again(desk.config, answers, load_stored(history), desk.now)
        return [
            other for some, ours in ready for other in find_others(history, some, ours, desk.now)
        ], len(answers)

    desk.ask(look, lambda found: _show_others(*found), lambda found: map(make_standing, found[0]))


def _show_others(others: Sequence[Other], answers: int) -> None:
    rows = (
        (
            str(told.screening),
            told.at[:10],
            told.asked,
            describe_findings(told.then),
            describe_findings(told.now),
        )
        for told in map(make_standing, others)
    )
    print_some(("screening", "of", "asked", "then", "today"), [*rows])
    print_text(
        f"of the newest answers to {format_count(answers, 'question')} on record,"
        f" {len(others):,} would differ today"
    )


def parse_thresholds(
    review: float | None, match: float | None, otherwise: Thresholds = DEFAULT
) -> Thresholds:
    """The thresholds that a person gives; what a match is, is shown as well.

    Raises:
        ConfigError: a match would not be shown.
    """
    surest = otherwise.match if match is None else match
    lowest = min(otherwise.review, surest) if review is None else review
    if match is not None and lowest > surest:
        raise ConfigError(
            f"--review {lowest:g} is above --match {surest:g}: what is a match would not be shown"
        )
    return Thresholds(max(surest, lowest), lowest)


def parse_mapping(pairs: Sequence[str] | None) -> dict[str, str]:
    """`HEADING=field` as a person writes it.

    Raises:
        ConfigError: it is no such pair, or there is no such field.
    """
    fields = {}
    for pair in pairs or ():
        heading, equals, field = pair.rpartition("=")
        if not equals or not heading.strip():
            raise ConfigError(f"--map {pair!r}: give HEADING=field, such as --map 'Kred-Bez=name'")
        if field.strip() not in list_fields():
            raise ConfigError(f"--map {pair!r}: {suggest_fields(field.strip())}")
        fields[heading.strip()] = field.strip()
    return fields


def _show_comparison(held: ListComparison) -> None:
    by_ref: dict[object, list[Holding]] = {}
    for hit in held.hits:
        by_ref.setdefault(hit.asked.ref, []).append(hit)
    for ref, hits in by_ref.items():
        print_text(f"{hits[0].asked.name or ref}", "bold")
        for hit in hits:
            match = hit.match
            print_text(
                f"{match.verdict}  {match.score:.2f}  {match.kind}  {match.entry.ref}:"
                f" {match.entry.name}",
                indent=2,
            )
            print_text(match.reason, indent=4)
    refs = {asked.ref for asked in held.asked}
    print_text(
        f"{len(refs)} compared with {held.listed} of the list: {len(by_ref)} with something alike"
    )


def _print_lines(answer: Screening, absent: Mapping[str, str]) -> None:
    """Print a line for each match, for each question without any, and for the lists of others."""
    print_lines(answer.hits)
    asked = {(one.name, one.origin): one for one in answer.asked if one.name in absent}
    for (name, origin), entry in asked.items():
        ref = {"ref": entry.ref} if entry.ref else {}
        print_json({"asked": name, "origin": origin, **ref, "absent": absent[name]})
    if answer.lists:
        print_json({"lists": answer.lists})


def _show_screening(answer: Screening, absent: Mapping[str, str]) -> None:
    """Print every match with its reason; a dismissed one with the person who dismissed it."""
    hits: dict[str, list[Screened]] = {entry.name: [] for entry in answer.asked}
    for hit in answer.hits:
        hits[hit.asked].append(hit)
    shown = {name: mine for name, mine in hits.items() if mine or name in absent}
    if Console().is_terminal:
        _print_hits(shown, absent)
    elif shown:
        rows = (
            [
                *(
                    (name, said, *make_cells(_get_standing(hit), _explain_hit(hit)))
                    for said, hit in _join_dismissed(mine)
                ),
                *([(name, absent[name], *[""] * len(STANDING))] if name in absent else []),
            ]
            for name, mine in shown.items()
        )
        print_table(FOUND, chain.from_iterable(rows))


def _join_dismissed(hits: Sequence[Screened]) -> Iterator[tuple[str, Screened]]:
    """Each hit with its verdict; of a group that was dismissed with its head one, with their
    count.
    """
    for first, others in join_groups(hits):
        more = f"; and {others} more of its group, which --json prints" if others else ""
        yield _name_verdict(first) + more, first


def _explain_hit(hit: Screened) -> str:
    return f"{hit.match.reason} ({hit.match.kind} {hit.match.score:.2f}){describe_unread(hit)}"


def _print_hits(hits: Mapping[str, Sequence[Screened]], absent: Mapping[str, str]) -> None:
    """Print one record for all hits with the same status; of many names those without hits are only
    counted.
    """
    for name, mine in hits.items():
        if mine or len(hits) <= SHOWN_WITHOUT:
            print_wrapped(name, style="bold")
        # with equal status and score: the members of a group, the goods of one act
        alike: dict[object, list[Screened]] = {}
        for hit in mine:
            alike.setdefault(
                (_name_verdict(hit), describe_standing(_get_standing(hit))), []
            ).append(hit)
        for first, *rest in alike.values():
            subjects = [_get_standing(hit).subject for hit in rest]
            also = (
                f"also {join_words(subjects[:ALSO])}{' …' if len(subjects) > ALSO else ''}"
                if rest
                else ""
            )
            stands = _get_standing(first)
            print_standing(
                replace(stands, subject=_name_verdict(first, stands.subject)),
                _explain_hit(first),
                also,
                indent=2,
            )
        if name in absent and (mine or len(hits) <= SHOWN_WITHOUT):
            print_wrapped(absent[name], 2)


def _is_ours(hit: Screened) -> bool:
    """Return whether only the reader's own watch list has it, so that it is not listed."""
    return not hit.on_record and not hit.theirs


def _name_verdict(hit: Screened, subject: str = "") -> str:
    """Describe the tie between query and match, with a person's dismissal, if any. Of an entry of
    the reader's own it says what that is to them: `is your supplier`.
    """
    dismissed = hit.match.dismissed
    ours = f"your {hit.match.entry.relation}".replace("your own", "your own firm")
    tie = describe_tie(hit.match.tie, subject or (ours if _is_ours(hit) else "it"))
    if not dismissed:
        return tie
    why = f": {dismissed.reason}" if dismissed.reason else ""
    return f"{tie} (dismissed by {dismissed.by} on {dates.format_date(dismissed.at)}{why})"


def _get_standing(hit: Screened) -> Standing:
    """Describe the status; an entry only on the reader's own list is marked so, and external
    statements name their list.
    """
    if theirs := hit.theirs:
        state = f"on a list of others, as of {theirs.as_of}: not on record here"
        subject, says = (
            clean(name_subject(hit.match.subject)),
            clean(f"{theirs.ref}: {theirs.says}"),
        )
        return Standing(subject=subject, register=theirs.list, state=state, act=says)
    return hit.stands or Standing(
        subject=f"{hit.match.entry.name} ({hit.match.entry.key})", state="on your watch list"
    )
