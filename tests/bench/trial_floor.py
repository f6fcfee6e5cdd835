"""`python -m tests.bench.trial_floor PORT PAGES STATE`: the least that a page monitor on httpx
costs.

Asks, compares a hash, keeps it. One client a host with five connections, validators sent, one read
of all that is known and one transaction at the end; nothing is read of a page, and nobody told.
"""

import asyncio
import hashlib
import sqlite3
import sys

import httpx

from tests.bench.trial_site import HOSTS

CONNECTIONS = 5

Known = dict[int, tuple[str, str, str]]


async def look(
    clients: list[httpx.AsyncClient],
    turns: list[asyncio.Semaphore],
    port: int,
    page: int,
    known: Known,
) -> None:
    """Ask for one page, and keep what it is known by."""
    host = page % HOSTS
    tag, date, _ = known.get(page, ("", "", ""))
    headers = {"If-None-Match": tag, "If-Modified-Since": date} if tag else {}
    async with turns[host]:
        answer = await clients[host].get(
            f"http://127.0.0.{2 + host}:{port}/page/{page}", headers=headers
        )
    if answer.status_code == httpx.codes.OK:
        digest = hashlib.sha256(answer.content).hexdigest()
        known[page] = (
            answer.headers.get("etag", ""),
            answer.headers.get("last-modified", ""),
            digest,
        )


async def poll(port: int, pages: int, state: str) -> None:
    """One round."""
    with sqlite3.connect(state) as database:
        database.execute(
            "CREATE TABLE IF NOT EXISTS page (page INTEGER PRIMARY KEY, tag TEXT, date TEXT, digest"
            " TEXT)"
        )
        known: Known = {
            page: (tag, date, digest)
            for page, tag, date, digest in database.execute("SELECT * FROM page")
        }
        context, limits = httpx.create_ssl_context(), httpx.Limits(max_connections=CONNECTIONS)
        clients = [httpx.AsyncClient(verify=context, limits=limits) for _ in range(HOSTS)]
        turns = [asyncio.Semaphore(CONNECTIONS) for _ in range(HOSTS)]
        await asyncio.gather(*(look(clients, turns, port, page, known) for page in range(pages)))
        database.executemany(
            "REPLACE INTO page VALUES (?, ?, ?, ?)", [(page, *kept) for page, kept in known.items()]
        )
        await asyncio.gather(*(client.aclose() for client in clients))


if __name__ == "__main__":
    asyncio.run(poll(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
