"""The Chinese grammar, which is loaded when a page is read: a poll that finds nothing new never
waits for it.
"""

from typing import TYPE_CHECKING

from monitor.extract.late import load_late

if TYPE_CHECKING:
    from monitor.extract.zh.annexes import annex, may_list
    from monitor.extract.zh.net import may_concern, own_number
    from monitor.extract.zh.pages import facts

__all__ = ["annex", "facts", "may_concern", "may_list", "own_number"]
HOMES = {
    "annex": "annexes",
    "facts": "pages",
    "may_concern": "net",
    "may_list": "annexes",
    "own_number": "net",
}
__getattr__ = load_late(__name__, HOMES)
