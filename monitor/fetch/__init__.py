"""Request → Page, the only way in and the only package that imports httpx: a page is whole, or it is an error with a kind.

No retry here, the schedule decides. `step` says where a redirect leads, `answer` what a status means, `body` what is whole,
`connect` who may be connected to, `proxied` the way through a proxy, `host` how often, `robots` what a host asks robots to leave
alone, `seen` what one answer showed of its server; in `failure` foreign exceptions become ours. A page that is to be rendered is
opened in the `browser`; `rendering` answers what it asks for (`parts`, of which `shelf` keeps some) by fetching it.
"""

from httpx import AsyncBaseTransport as Transport

from monitor.fetch.answer import Fetched, Unchanged, Validators, is_html, is_rendered
from monitor.fetch.chromium import browser_of
from monitor.fetch.fetcher import Fetcher
from monitor.fetch.host import Gate
from monitor.fetch.seen import Seen

__all__ = ["Fetched", "Fetcher", "Gate", "Seen", "Transport", "Unchanged", "Validators", "browser_of", "is_html", "is_rendered"]
