"""The grammar of languages with the verb at the end of its clause (Japanese, Korean): one engine,
a table of words for each language, which is loaded when a page is read.
"""

from typing import TYPE_CHECKING

from monitor.extract.late import load_late

if TYPE_CHECKING:
    from monitor.extract.verb_final.acts import may_concern, read_facts
    from monitor.extract.verb_final.words import JAPANESE, KOREAN

__all__ = ["JAPANESE", "KOREAN", "may_concern", "read_facts"]
HOMES = {"JAPANESE": "words", "KOREAN": "words", "may_concern": "acts", "read_facts": "acts"}
__getattr__ = load_late(__name__, HOMES)
