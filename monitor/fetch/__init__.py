"""Request → Page, the only way in and the only package that imports httpx: a page is whole, or it is an error with a kind.

No retry here, the schedule decides. `request_step` says where a redirect leads, `answer` what a status means and what an answer
showed of its server, `body` what is whole, `connect` who may be connected to and the way through a proxy, `host` how often,
`robots` what a host asks robots to leave alone. A page that is to be rendered is opened in the `browser`, and what it asks for
(`parts`) is fetched.
"""

from httpx import AsyncBaseTransport as Transport

from monitor.fetch.answer import Fetched, Seen, Unchanged, Validators, is_html, is_rendered
from monitor.fetch.fetcher import Fetcher, open_browser
from monitor.fetch.host import Gate

__all__ = ["Fetched", "Fetcher", "Gate", "Seen", "Transport", "Unchanged", "Validators", "is_html", "is_rendered", "open_browser"]
