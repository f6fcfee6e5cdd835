"""Request → Page, the only way in and the only package that imports httpx: a page is whole, or it
is an error with a kind. No retry here: the schedule decides.

`request_step` follows redirects. `answer` interprets a status and describes a server. `body` proves
that a body is whole. `connect` limits connections and goes through a proxy. `host` sets the pace
and reads robots.txt. A rendered page opens in the `browser`, and its own requests (`parts`)
are fetched.
"""

from httpx import AsyncBaseTransport as Transport

from monitor.fetch.answer import Fetched, Seen, Unchanged, Validators, is_html, is_rendered
from monitor.fetch.fetcher import Fetcher, open_fetcher
from monitor.fetch.host import Gate

__all__ = [
    "Fetched",
    "Fetcher",
    "Gate",
    "Seen",
    "Transport",
    "Unchanged",
    "Validators",
    "is_html",
    "is_rendered",
    "open_fetcher",
]
