"""Chinese numerals in running text."""

from monitor.names.numerals import DIGITS, number

__all__ = ["DIGITS", "NUMERAL", "WRITTEN", "number"]
# A whole run of digits, and never one that is longer than any number of an act or of its firms.
WRITTEN = "[〇零○一二两三四五六七八九十百]"
NUMERAL = rf"(?:(?<!\d)\d{{1,9}}+(?!\d)|(?<!{WRITTEN}){WRITTEN}{{1,12}}+(?!{WRITTEN}))"
