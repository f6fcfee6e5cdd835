"""Offices that publish as real ones do, each on a host of its own, and are read by the readers
of those.
"""

from monitor import Busy, Page, source
from monitor.source.scraper import Source
from scrapers import cn_mofcom, us_federal_register
from scrapers._platforms import jpaas

NAMES = tuple(f"m{number}" for number in range(40))
AMERICAN = ("m37", "m38", "m39")  # their lists are JSON
MORNING = Busy("Mon-Fri", "05:30-10:00", "America/New_York", every="5 minutes")


def _office(name: str) -> Source:
    def read(page: Page) -> object:
        if name in AMERICAN:
            return us_federal_register.rules.read(page)
        return _list(page, _OFFICES[name])

    read.__name__ = read.__qualname__ = name
    url = f"https://{name}.example/list/"
    if name in AMERICAN:
        return source(name=name, authority="us-bis", url=url, every="30 minutes", busy=MORNING)(
            read
        )
    return source(
        name=name, authority="cn-mofcom", url=url, every="5 minutes", hosts=("*.example",)
    )(read)


def _list(page: Page, own: Source) -> object:
    yield from jpaas.entries(page, read=cn_mofcom.announcement, own=own)
    yield from page.links("a.next", read=own, at_least=0)


_OFFICES = {name: _office(name) for name in NAMES}
globals().update(_OFFICES)
