"""What the press says of China's sanctions where it names no list: whom they are on. They count as countermeasures.

The verb decides, and who its subject is; what China condemns, threatens or demands is no sanction of China's.
"""

import re
from collections.abc import Iterator

from monitor.extract.en import tables
from monitor.extract.en.names import entities_named, subjects
from monitor.extract.named import Phrase
from monitor.model import Entity
from monitor.vocabulary.registers import COUNTERED, UNRELIABLE


def _china() -> str:
    """Who imposes them, in the words of the press and by the names of the authorities whose registers say so."""
    whose = r"(?:China['’]s|the|Chinese|The|its)\s(?:Chinese\s)?"
    ministry = rf"{whose}(?:foreign|commerce|Foreign|Commerce)\s(?:affairs\s)?[Mm]inistry"
    return rf"(?:{ministry}|China|Beijing|{tables.called(UNRELIABLE.issuer, COUNTERED.issuer)})"


BETWEEN = (
    r"(?:\s(?:on|has|have|had|also|says?|said|announced|that|it|was|is|will|would|late|early|\w{3,6}day|[A-Z][a-z]{2}\.?|\d{1,2}|today|"
    r"formally|in response|immediately)){0,8}?"
)
MEASURES = r"(?:(?:\w+\s){0,3}?(?:sanctions|counter-?measures|asset freezes?|entry bans?|visa bans?))"
ON = r"(?:on|against|targeting|upon)"
SANCTIONS = Phrase(
    lambda: (
        rf"\b{_china()}{BETWEEN}\s(?:"
        rf"(?:impos\w+|announc\w+|slap\w*|levi\w+|levy|took|takes?|taken|taking|adopt\w*|unveil\w*|plac\w+|put)\s{MEASURES}\s{ON}\s|"
        r"(?:sanctions|sanctioned|sanction|sanctioning)\s(?!on\b|against\b|imposed\b|regime\b|law\b)"
        r")(?P<who>[^;:\n]{2,400})"
    )
)
SANCTIONED = Phrase(lambda: rf"\s(?:was|were|has been|have been|are|is)\s(?:\w+\s)?sanctioned\sby\s{_china()}")
UNTIL = re.compile(
    r",?\s(?:over|for\s(?!the\s[A-Z])|in (?:response|retaliation|protest)|after|following|because|due|accusing|citing|saying|"
    r"freezing|banning|(?:the\s)?(?:[\w'’-]+\s){1,4}(?:said|told|announced)|barring|amid|as (?:it|part)|effective|from|who|whom|"
    r"which|that|under|its|according|on (?:\w+day|[A-Z][a-z]+ \d))\b"
)
LONGEST = 400  # characters of those before a passive verb


def sanctioned(sentence: str) -> Iterator[Entity]:
    """Whom a sentence says that China sanctions."""
    for match in SANCTIONS.finditer(sentence):
        end = UNTIL.search(match["who"])
        yield from entities_named(match["who"][: end.start()] if end else match["who"])
    for who, _ in subjects(SANCTIONED, sentence, LONGEST):
        yield from entities_named(who)


def tells(sentence: str) -> bool:
    """Whether a sentence says that China sanctions somebody, by name or not."""
    return bool(SANCTIONS.search(sentence) or SANCTIONED.search(sentence))
