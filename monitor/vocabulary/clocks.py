"""What English texts call the time zones of the tz database, by abbreviations and in words. Daylight saving is what counts there
on the day.

A name for one half of the year (EST, `eastern standard time`, CET) stands for the zone all the year round: so the law of the
United States has it (15 U.S.C. 260a), and elsewhere whoever writes CET in July means what the clocks show.
"""

EASTERN, CENTRAL, MOUNTAIN, PACIFIC = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"
BRUSSELS, ATHENS, LONDON, SHANGHAI, TOKYO = "Europe/Brussels", "Europe/Athens", "Europe/London", "Asia/Shanghai", "Asia/Tokyo"
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
    "AEST": "Australia/Brisbane",  # which has no daylight saving: there the two names are kept apart
    "AEDT": "Australia/Sydney",
}
# What abbreviates the time of several countries: whose act it is tells which is meant.
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
