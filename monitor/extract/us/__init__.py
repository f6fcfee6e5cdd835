"""The grammar of US rules, which is loaded when a rule is read."""

from typing import TYPE_CHECKING

from monitor.extract.late import load_late

if TYPE_CHECKING:
    from monitor.extract.us.documents import federal_register

__all__ = ["federal_register"]
HOMES = {"federal_register": "documents"}
__getattr__ = load_late(__name__, HOMES)
