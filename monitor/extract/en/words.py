"""The words of English acts, as `words.toml` has them."""

import re

from monitor.extract.en import issuers, tables
from monitor.extract.words import Language

WORDS = Language(
    "en",
    {
        "issuers": issuers.names,
        "chinese_issuers": lambda: issuers.names(issuers.is_chinese, but="Mechanism"),
        "lists": tables.any_list,
        "every_list": lambda: "|".join(tables.EVERY),
        "put": tables.PUT,
        "off": tables.OFF,
    },
)
SUBJECTS = WORDS.table("subjects", re.IGNORECASE)
GATE = WORDS.table("gate", re.IGNORECASE)
