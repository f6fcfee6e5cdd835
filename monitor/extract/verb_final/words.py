"""The words of the languages with the verb at the end of its clause."""

from monitor.extract.words import Language, make_names_pattern
from monitor.vocabulary.countries import spelt
from monitor.vocabulary.letters import HAN_RANGE

LANGUAGES = {
    name: Language(name, {"han": HAN_RANGE, "place": f"(?:{make_names_pattern(spelt(name))})"})
    for name in ("ja", "ko")
}
JAPANESE, KOREAN = (language.table("") for language in LANGUAGES.values())
