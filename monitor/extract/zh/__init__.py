"""The Chinese grammar, which is loaded when a page is read: a poll that finds nothing new never
waits for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

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


def __getattr__(name: str) -> object:
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
