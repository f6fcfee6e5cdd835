"""What months and days of the week are called, in English and German. Cheap, since an unchanged
poll loads it: no CLDR.
"""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT_MONTHS = tuple(name[:3] for name in MONTHS)
SHORT_WEEKDAYS = tuple(name[:3] for name in WEEKDAYS)
SEPT = "Sept"  # as it is shortened beside `Sep`
# Those that are called otherwise in German.
GERMAN = {
    "Januar": 1,
    "Februar": 2,
    "März": 3,
    "Mai": 5,
    "Juni": 6,
    "Juli": 7,
    "Oktober": 10,
    "Dezember": 12,
}
LONG_NUMBERS = {name.lower(): month for month, name in enumerate(MONTHS, 1)}
SHORT_NUMBERS = {name.lower(): month for month, name in enumerate(SHORT_MONTHS, 1)} | {
    SEPT.lower(): 9
}
NUMBERS = LONG_NUMBERS | SHORT_NUMBERS  # of every English name, in small letters
