"""The words of English acts, as `words.toml` has them: subjects and the gate."""

import re

from monitor.extract.en import issuers, tables
from monitor.extract.words import LanguageWords

WORDS = LanguageWords(
    "en",
    {
        "issuers": issuers.names,
        "chinese_issuers": lambda: issuers.names(issuers.is_chinese, but="Mechanism"),
        "lists": tables.any_list,
        "every_list": lambda: "|".join(tables.EVERY),
        "put": lambda: tables.PUT,
        "off": lambda: tables.OFF,
    },
    re.IGNORECASE,
)
SUBJECTS = WORDS.read_subjects()
GATE = WORDS.read_gate()
