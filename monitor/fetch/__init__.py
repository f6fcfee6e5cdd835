"""Request → Page, the only way in and the only package that imports httpx: a page is whole, or it is an error with a kind.

No retry here, the schedule decides. `hop` says where a redirect leads, `answer` what a status means, `body` what is whole,
`connect` who may be connected to, `host` how often; in `failure` foreign exceptions become ours.
"""

from httpx import AsyncBaseTransport as Transport

from monitor.fetch.answer import Fetched, Unchanged, Validators
from monitor.fetch.fetcher import Fetcher

__all__ = ["Fetched", "Fetcher", "Transport", "Unchanged", "Validators"]
