"""Turn words into facts: find a page's language, and read it by the grammar of that language.

The grammars are loaded when a page is read: an answer from the store never waits for them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from monitor.extract import en, us, zh

if TYPE_CHECKING:
    from monitor.extract.languages import may_concern, own_number, understand

__all__ = ["en", "may_concern", "own_number", "understand", "us", "zh"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.languages"), name)
