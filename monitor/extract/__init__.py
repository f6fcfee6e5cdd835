"""Turn words into facts: find a page's language, and read it by the grammar of that language.

The grammars are loaded when a page is read: an answer from the store never waits for them.
"""

from typing import TYPE_CHECKING

from monitor.extract import en, us, zh
from monitor.extract.late import load_late

if TYPE_CHECKING:
    from monitor.extract.languages import may_concern, own_number, understand

__all__ = ["en", "may_concern", "own_number", "understand", "us", "zh"]
__getattr__ = load_late(
    __name__, dict.fromkeys(("may_concern", "own_number", "understand"), "languages")
)
