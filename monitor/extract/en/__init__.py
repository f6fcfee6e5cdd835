"""The English grammars, which are loaded when a page is read: a poll that finds nothing new
never waits for them.
"""

from typing import TYPE_CHECKING

from monitor.extract.late import load_late

if TYPE_CHECKING:
    from monitor.extract.en.entries import find_chinese_name
    from monitor.extract.en.net import day, may_concern, own_number
    from monitor.extract.en.pages import facts, report

__all__ = ["day", "facts", "find_chinese_name", "may_concern", "own_number", "report"]
HOMES = {
    "day": "net",
    "facts": "pages",
    "find_chinese_name": "entries",
    "may_concern": "net",
    "own_number": "net",
    "report": "pages",
}
__getattr__ = load_late(__name__, HOMES)
