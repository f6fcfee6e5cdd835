"""Copies of the lists of others that lie at an address: fetched as pages are, kept beside the history, and never part of it."""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from monitor.clock import Clock, iso
from monitor.config import Config, OtherListSettings, files, private
from monitor.errors import SourceError, StoreError
from monitor.fetch import Fetched, Fetcher, Unchanged, Validators
from monitor.history import there
from monitor.model import Value, to_json
from monitor.source.page import Request

FOLDER = "lists"  # of a store
EVERY = timedelta(days=1)  # such lists come out once a day or more rarely
DEADLINE = timedelta(minutes=10)
LARGEST = 4096 * files.MEGABYTE
PIECE = 1024 * 1024


class Copied(Value, frozen=True, kw_only=True):
    """What is known of a copy: its address, when it was asked for last and by what it is seen to move; why it was not had."""

    url: str
    asked_at: str
    etag: str | None = None
    last_modified: str | None = None
    problem: str = ""


def path(store: Path, url: str) -> Path:
    """Where the copy of a list lies."""
    return store / FOLDER / hashlib.sha256(url.encode()).hexdigest()[:24]


def told(store: Path, url: str) -> Copied | None:
    """What is known of a copy; None where it was never asked for."""
    try:
        return msgspec.json.decode(_beside(path(store, url)).read_bytes(), type=Copied)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return None


def refresh(config: Config, store: Path, clock: Clock) -> None:
    """Ask for those that are older than a day; one that does not come stays as it was, and says why.

    Raises:
        StoreError: the store can't be written.
    """
    if not there(store):
        return  # a folder without a history is no store: nothing is to lie there that a backup would not go beside
    due = [one for one in config.screen_against if one.url and _is_due(told(store, one.url), clock.now())]
    if due:
        asyncio.run(_refresh(config, due, store, clock))


def _is_due(known: Copied | None, now: datetime) -> bool:
    return known is None or bool(known.problem) or now - datetime.fromisoformat(known.asked_at) >= EVERY


async def _refresh(config: Config, due: Sequence[OtherListSettings], store: Path, clock: Clock) -> None:
    fetcher = Fetcher(
        user_agent=config.fetch.name,
        clock=clock,
        allow_private=config.fetch.allow_private,
        gap=config.fetch.gap.total_seconds(),
        robots=config.fetch.robots,
    )
    try:
        for one in due:
            await _copy(fetcher, one.url, store, clock, config.fetch.proxy or "")
    finally:
        await fetcher.aclose()


async def _copy(fetcher: Fetcher, url: str, store: Path, clock: Clock, proxy: str) -> None:
    known, at = told(store, url), iso(clock.now())
    here = known if known and path(store, url).exists() else None
    validators = Validators(here.etag, here.last_modified) if here else None
    try:
        answer = await fetcher.fetch(Request(url), validators=validators, size_limit=LARGEST, deadline=DEADLINE, proxy=proxy)
    except SourceError as error:
        etag, modified = (here.etag, here.last_modified) if here else (None, None)
        _keep(store, Copied(url=url, asked_at=at, etag=etag, last_modified=modified, problem=str(error)), None)
        return
    if isinstance(answer, Unchanged):
        assert here, "asked without validators, a server can't say that nothing changed"
        _keep(store, msgspec.structs.replace(here, asked_at=at, problem=""), None)
    else:
        came = answer.validators
        _keep(store, Copied(url=url, asked_at=at, etag=came.etag, last_modified=came.last_modified), answer)


def _keep(store: Path, copied: Copied, fetched: Fetched | None) -> None:
    """Let the copy be as it came, whole or not at all, and beside it what is known of it."""
    place = path(store, copied.url)
    try:
        private.folder(place.parent)
        if fetched:
            draft = place.with_suffix(".part")
            with fetched.page.body.stream() as body, open(draft, "wb", opener=private.opener) as file:
                while piece := body.read(PIECE):
                    file.write(piece)
            draft.replace(place)
        _beside(place).write_bytes(to_json(copied))
    except OSError as error:
        raise StoreError(f"{files.named(place)}: can't be written: {files.reason(error)}") from error


def _beside(place: Path) -> Path:
    return place.with_suffix(".json")
