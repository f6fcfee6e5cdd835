"""Take a page that a person saved in a browser: same refusals, reader, comparison and alert as for
a fetched one. For sources that answer no robot, or are down. A page of another source, or an older
one, is refused by name.
"""

import asyncio
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from monitor import vocabulary
from monitor.clock import format_instant
from monitor.config import files
from monitor.errors import ConfigError, ErrorKind, NotThePage, SourceError
from monitor.fetch import Fetched, Validators
from monitor.model import Announcement, HandedIn
from monitor.poll.outcome import Outcome
from monitor.poll.poll import Pipeline
from monitor.run.orders import HandInOrder, PageOrder
from monitor.source.page import Body, Found, Link, Page, Register, Request
from monitor.source.registry import Registry
from monitor.source.scraper import Source, make_reader_name
from monitor.store import Address, addresses, registers

TAG = re.compile(rb"<(?:link|meta)\b[^<>]*+", re.IGNORECASE)
OWN = re.compile(
    rb"""\s(?:name=["']?Url|rel=["']?canonical|property=["']?og:url)(?=["'\s/]|$)""", re.IGNORECASE
)
ADDRESS = re.compile(rb"""\s(?:content|href)=["']?(https?://[^"'\s]{4,500})""", re.IGNORECASE)
HEAD = 20_000  # the bytes in which to look for a page's own address


async def take_up_order(pipeline: Pipeline, order: PageOrder) -> Sequence[Outcome]:
    """Read a page that was handed in, or confirm withheld removals."""
    if isinstance(order, HandInOrder):
        return [await hand_in(pipeline, order)]
    return [await pipeline.release(reader) for reader in order.readers]


async def hand_in(pipeline: Pipeline, given: HandInOrder) -> Outcome:
    """Take in the file and return the result. A refusal is a failure, and changes nothing.

    Raises:
        ConfigError: no such source or reader, or the page's address is unknown.
        MonitorError: the file can't be read.
    """
    now = pipeline.now
    source, readers = _find_named(pipeline.registry, given.source)
    if not given.by.strip():
        raise ConfigError("--by: the alert names the person who saved the page; give a name")
    body = await asyncio.to_thread(files.read_file_bytes, Path(given.path), most=source.size_limit)
    handed = HandedIn(by=given.by.strip(), at=format_instant(now), note=given.note.strip())
    page = Page(
        _choose_address(given, source, body, now),
        Body(body),
        _find_saving_time(given, now),
        charset=source.request.charset,
        handed=handed,
    )
    try:
        reader, content = await _read_first(pipeline, source, readers, page)
        place = await _place_page(pipeline, source, reader, content, page, given)
        if page.identity == place.sha256:
            await pipeline.history(addresses.mark_page_unchanged, place.id, now)
        else:
            _refuse_older(place, page)
            await pipeline.take_in(source, place, Fetched(page, Validators()))
        await pipeline.history(addresses.mark_page_arrived, place.id, page.came_at)
        if source.by_hand:  # no poll ever confirms that it was read
            await pipeline.end_poll(source, None, saved=page.came_at)
    except SourceError as error:
        error.args = (f"{given.path}: {error}",)
        return Outcome(source, (error,))
    return Outcome(source, took=f"taken as a page of {reader}: {_count_facts(content)}")


def _count_facts(content: Sequence[Found] | Register) -> str:
    """The facts found on a page."""
    if isinstance(content, Register):
        return f"the register {content.register}"
    links = sum(isinstance(part, Link) for part in content)
    return (
        f"{links} {'link' if links == 1 else 'links'}, {len(content) - links}"
        f" {'fact' if len(content) - links == 1 else 'facts'}"
    )


def _find_named(registry: Registry, name: str) -> tuple[Source, list[str]]:
    """Return the source and the possible readers: the named one, or the source's own and its
    further ones.
    """
    sources = {source.id: source for source in registry.declared}
    name = registry.only_source(name)
    module = name.partition(".")[0]
    if name in sources:
        own = make_reader_name(sources[name].read)
        return sources[name], [
            own,
            *(reader for reader in registry.page_readers(module) if reader not in sources),
        ]
    registry.reader(name)
    beside = [source for source in sources.values() if source.id.startswith(f"{module}.")]
    if not beside:
        raise ConfigError(f"{name}: is a reader that several sources share; name the source")
    return next((source for source in beside if _leads_to(source, name)), beside[0]), [name]


def _leads_to(source: Source, reader: str) -> bool:
    """Return whether a source's links are for this reader: its address is cited for their pages."""
    code = getattr(source.read, "__code__", None)
    return code is not None and reader.partition(".")[2] in code.co_names


def _find_saving_time(given: HandInOrder, now: datetime) -> datetime:
    """Find when the page was saved.

    Raises:
        ConfigError: it is no date, or in the future.
    """
    try:
        told = (
            datetime.fromisoformat(given.saved_at)
            if given.saved_at
            else datetime.fromtimestamp(Path(given.path).stat().st_mtime, UTC)
        )
    except ValueError as error:
        raise ConfigError(
            f"--saved-at: {given.saved_at!r} is no date; write it as 2026-11-20 or 2026-11-20T10:30"
        ) from error
    moment = told.astimezone(UTC)
    if moment > now:
        raise ConfigError(f"--saved-at: {moment:%Y-%m-%d %H:%M} UTC lies ahead")
    return moment


def _choose_address(given: HandInOrder, source: Source, body: bytes, now: datetime) -> str:
    """Return the page's address: as given, as in the page, or the source's own.

    Raises:
        ConfigError: it is on no host of the source.
    """
    url = given.url or _find_printed_address(body[:HEAD])
    if url and not source.owns(url):
        why = "--url" if given.url else "the page names this address as its own"
        raise ConfigError(f"{given.path}: {url} is no address of {source.id} ({why})")
    return url or source.requests(now)[0].url


def _find_printed_address(head: bytes) -> str:
    """Find the address that a page states for itself, in any order and quotes of its attributes."""
    told = (ADDRESS.search(tag[0]) for tag in TAG.finditer(head) if OWN.search(tag[0]))
    return next((match[1].decode("utf-8", "replace") for match in told if match), "")


async def _read_first(
    pipeline: Pipeline, source: Source, readers: list[str], page: Page
) -> tuple[str, Sequence[Found] | Register]:
    """Return the first reader that finds something of the source in the page, and its result.

    Raises:
        NotThePage: none does; with the reason of the first.
    """
    reasons: list[str] = []
    for reader in readers:
        try:
            content = await pipeline.readers.read(reader, page)
            _refuse_others(source, reader, content)
        except SourceError as error:
            reasons.append(f"{reader}: {error}")
            continue
        return reader, content
    unfit = f"is no page of {source.id}, or announces nothing (`monitor read FILE --as` says why)"
    raise NotThePage(f"{unfit}: {'; '.join(reasons)}"[:900])


def _refuse_others(source: Source, reader: str, content: Sequence[Found] | Register) -> None:
    """Refuse what holds nothing of this source, or what is another's.

    Raises:
        NotThePage: it is.
    """
    if isinstance(content, Register):
        return
    links = [part for part in content if isinstance(part, Link)]
    acts = [part for part in content if isinstance(part, Announcement)]
    if not content:
        raise NotThePage("it announces nothing")
    if len(links) == len(content) and not any(source.owns(link.url) for link in links):
        raise NotThePage(f"all its links lead elsewhere, such as to {links[0].url[:120]}")
    if strange := next(
        (
            act.authority
            for act in acts
            if act.authority != source.authority and _has_own_numbers(source)
        ),
        None,
    ):
        raise NotThePage(f"{reader} finds an act of {strange} in it, not of {source.authority}")


def _has_own_numbers(source: Source) -> bool:
    """Return whether its publisher numbers acts of its own, and so prints no others; a gazette
    prints all.
    """
    return bool(vocabulary.current().authorities[source.authority].series)


async def _place_page(
    pipeline: Pipeline,
    source: Source,
    reader: str,
    content: Sequence[Found] | Register,
    page: Page,
    given: HandInOrder,
) -> Address:
    now = pipeline.now
    if reader == make_reader_name(source.read):
        own = next(
            (request for request in source.requests(now) if request.url == page.url),
            source.requests(now)[0],
        )
        (place,) = await pipeline.history(addresses.take_up, source.id, [own], reader, now)
        return place
    if isinstance(content, Register):
        known = await pipeline.history(registers.load_register_state, reader)
        return await pipeline.history(
            addresses.save_handed_in_page,
            source.id,
            Request(known.url if known else page.url),
            reader,
            now,
        )
    if not given.url and page.url == source.requests(now)[0].url:
        raise ConfigError(
            f"{given.path}: {reader} reads it, and it says no address of its own; give --url"
        )
    return await pipeline.history(
        addresses.save_handed_in_page, source.id, Request(page.url), reader, now
    )


def _refuse_older(tracked_page: Address, page: Page) -> None:
    """Refuse a page saved before the last one read.

    Raises:
        NotThePage: it was.
    """
    if tracked_page.came_at and page.came_at < tracked_page.came_at:
        read, saved = (
            f"{moment:%Y-%m-%d %H:%M} UTC" for moment in (tracked_page.came_at, page.came_at)
        )
        raise NotThePage(
            f"saved {saved}, and the page was read as it is since, on {read}", ErrorKind.OLDER
        )
