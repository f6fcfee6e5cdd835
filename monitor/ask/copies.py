"""Keep local copies of external lists: fetched like pages, stored beside the history."""

import asyncio
import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from monitor import fetch
from monitor.ask.others import (
    FOLDER,
    LARGEST,
    Copied,
    copy_path,
    explain_unusable,
    get_state_path,
    load_copy_state,
)
from monitor.clock import Clock, format_instant
from monitor.config import Config, OtherListSettings, files
from monitor.config.stores import Store
from monitor.errors import ConfigError, MonitorError, NotThePage, SourceError
from monitor.model import to_json
from monitor.source.page import Request
from monitor.store import has_store

EVERY = timedelta(days=1)  # such lists come out once a day or more rarely
AGAIN = timedelta(minutes=5)  # where it did not come
DEADLINE = timedelta(minutes=10)
PIECE = 1024 * 1024


def refresh_copies(config: Config, store: Store, clock: Clock) -> str:
    """Fetch the copies older than a day. If one does not come, or is no list, the old copy stays,
    with the reason. Return why no copy can be stored, "" if it can; existing copies stay in use.
    """
    if not has_store(store):
        # a folder without a history is no store: a file there would be outside every backup
        return ""
    due = [
        one
        for one in config.screen_against
        if one.url and _is_due(load_copy_state(store, one.url), clock.now())
    ]
    try:
        if due:
            files.make_private_folder(store / FOLDER)
            asyncio.run(_refresh(config, due, store, clock))
    except ConfigError:
        raise
    except (MonitorError, OSError) as error:
        why = (
            str(error)
            if isinstance(error, MonitorError)
            else f"{files.shorten_path(store / FOLDER)}: {files.describe_os_error(error)}"
        )
        return f"lists of others can't be copied, and are as old as they are: {why}"
    return ""


def _is_due(known: Copied | None, now: datetime) -> bool:
    return known is None or now - datetime.fromisoformat(known.asked_at) >= (
        AGAIN if known.problem else EVERY
    )


async def _refresh(
    config: Config, due: Sequence[OtherListSettings], store: Store, clock: Clock
) -> None:
    fetcher = fetch.Fetcher(
        user_agent=config.fetch.name,
        clock=clock,
        allow_private=config.fetch.allow_private,
        gap=config.fetch.gap.total_seconds(),
        robots=config.fetch.robots,
    )
    try:
        for one in due:
            await _copy(fetcher, config, one, store, clock)
    finally:
        await fetcher.aclose()


async def _copy(
    fetcher: fetch.Fetcher, config: Config, one: OtherListSettings, store: Store, clock: Clock
) -> None:
    url = one.url
    known, at = load_copy_state(store, url), format_instant(clock.now())
    here = known if known and copy_path(store, url).exists() else None
    validators = fetch.Validators(here.etag, here.last_modified) if here else None
    try:
        answer = await fetcher.fetch(
            Request(url),
            validators=validators,
            size_limit=LARGEST,
            deadline=DEADLINE,
            proxy=config.fetch.proxy or "",
        )
        if isinstance(answer, fetch.Fetched):
            _take(config, answer, one, copy_path(store, url))
    except SourceError as error:
        copied = msgspec.structs.replace(
            here or Copied(url=url, asked_at=at), asked_at=at, problem=str(error)
        )
    else:
        came = (
            answer.validators
            if isinstance(answer, fetch.Fetched)
            else validators or fetch.Validators()
        )
        copied = Copied(url=url, asked_at=at, etag=came.etag, last_modified=came.last_modified)
    files.put(get_state_path(copy_path(store, url)), to_json(copied))


def _take(config: Config, fetched: fetch.Fetched, one: OtherListSettings, path: Path) -> None:
    """Let the copy be as it came, whole or not at all.

    Raises:
        NotThePage: something else came, such as the page of a bot wall: the older copy is worth
            more.
    """
    with files.open_atomic(path) as draft:
        with fetched.page.body.stream() as body:
            shutil.copyfileobj(body, draft, PIECE)
        draft.flush()
        if why := explain_unusable(config, one, Path(draft.name)):
            raise NotThePage(f"{urlsplit(one.url).hostname}: what came is no such list: {why}")
