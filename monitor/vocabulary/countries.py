"""Countries by their codes: their time zones, and the languages that CLDR knows. `monitor.names`
has their names. Pure.
"""

from monitor.names.countries import CHINA, OF_FIRMS, cldr, demonyms, in_names, name, names, spelt

__all__ = ["CHINA", "OF_FIRMS", "cldr", "demonyms", "in_names", "name", "names", "spelt"]

# Issuers that are no country of CLDR, or have several zones: the zone of the capital, or of the
# seat.
CAPITALS = {
    "ar": "America/Argentina/Buenos_Aires",
    "au": "Australia/Sydney",
    "br": "America/Sao_Paulo",
    "ca": "America/Toronto",
    "cl": "America/Santiago",
    "cn": "Asia/Shanghai",
    "cy": "Asia/Nicosia",
    "de": "Europe/Berlin",
    "es": "Europe/Madrid",
    "eu": "Europe/Brussels",
    "id": "Asia/Jakarta",
    "kz": "Asia/Almaty",
    "mx": "America/Mexico_City",
    "my": "Asia/Kuala_Lumpur",
    "nz": "Pacific/Auckland",
    "pt": "Europe/Lisbon",
    "ru": "Europe/Moscow",
    "ua": "Europe/Kyiv",
    "un": "America/New_York",
    "us": "America/New_York",
    "uz": "Asia/Tashkent",
}
# Capitals that count their days by a zone which is called after another town.
TOWNS = {
    "ae": "Abu Dhabi",
    "au": "Canberra",
    "br": "Brasília",
    "ca": "Ottawa",
    "ch": "Bern",
    "cn": "Beijing",
    "in": "New Delhi",
    "kz": "Astana",
    "nz": "Wellington",
    "tr": "Ankara",
    "un": "New York",
    "us": "Washington",
    "vn": "Hanoi",
}


ARTICLED = {"AE", "EU", "GB", "NL", "PH", "UN", "US"}


def name_destination(code: str) -> str:
    """A country after `to`: `the United States`, `Japan`; a code that nobody knows as it is."""
    return f"{'the ' if code in ARTICLED else ''}{name(code) or code}"


def get_language_name(code: str) -> str:
    """`ko` as `Korean`; a code that nobody knows as it is."""
    try:
        return cldr().Locale.parse(code).english_name or code
    except (cldr().UnknownLocaleError, ValueError):
        return code


def zones(country: str) -> list[str]:
    """The names of all zones of a country: `mn` has `Asia/Hovd` and others."""
    return sorted(cldr().get_global("territory_zones").get(country.upper(), []))


def zone_of(country: str) -> str:
    """`sg` → `Asia/Singapore`: the only zone of a country, or its capital's; "" where neither is
    known.
    """
    own = zones(country)
    return CAPITALS.get(country) or (own[0] if len(own) == 1 and name(country) else "")


# English names of tz time zones, by abbreviations and in words. Daylight saving counts as on the
# day. A name for one half of the year (EST, `eastern standard time`, CET) stands for the zone all
# year: so does the law of the United States (15 U.S.C. 260a), and elsewhere a text with CET in July
# means the clocks.

EASTERN, CENTRAL, MOUNTAIN, PACIFIC = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
)
BRUSSELS, ATHENS, LONDON, SHANGHAI, TOKYO = (
    "Europe/Brussels",
    "Europe/Athens",
    "Europe/London",
    "Asia/Shanghai",
    "Asia/Tokyo",
)
ABBREVIATIONS = {
    "UTC": "UTC",
    "GMT": "UTC",
    **dict.fromkeys(("ET", "EST", "EDT"), EASTERN),
    **dict.fromkeys(("CT", "CDT"), CENTRAL),
    **dict.fromkeys(("MT", "MST", "MDT"), MOUNTAIN),
    **dict.fromkeys(("PT", "PST", "PDT"), PACIFIC),
    "BST": LONDON,
    **dict.fromkeys(("CET", "CEST"), BRUSSELS),
    **dict.fromkeys(("EET", "EEST"), ATHENS),
    "MSK": "Europe/Moscow",
    "JST": TOKYO,
    "KST": "Asia/Seoul",
    "HKT": "Asia/Hong_Kong",
    "SGT": "Asia/Singapore",
    "AEST": "Australia/Brisbane",  # without daylight saving: there the two names differ
    "AEDT": "Australia/Sydney",
}
# Abbreviations of several countries' times: the act's authority decides.
AMBIGUOUS = {
    "CST": {"us": CENTRAL, "cn": SHANGHAI, "hk": SHANGHAI, "mo": SHANGHAI, "tw": "Asia/Taipei"},
    "IST": {"in": "Asia/Kolkata", "il": "Asia/Jerusalem", "ie": "Europe/Dublin"},
}
IN_WORDS = {
    "coordinated universal": "UTC",
    "universal": "UTC",
    "greenwich mean": "UTC",
    "eastern": EASTERN,
    "us eastern": EASTERN,
    "central": CENTRAL,
    "us central": CENTRAL,
    "mountain": MOUNTAIN,
    "pacific": PACIFIC,
    "british": LONDON,
    "uk": LONDON,
    "central european": BRUSSELS,
    "eastern european": ATHENS,
    "china": SHANGHAI,
    "korea": "Asia/Seoul",
    "washington dc": EASTERN,
}
