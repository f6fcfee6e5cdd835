"""What of a page's first words is no title of it. Pure."""

import re

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
DAY = rf"(?:[a-z]{{3,6}}day,? )?(?:{MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {MONTH},? \d{{4}})|\d{{4}}年\d{{1,2}}月\d{{1,2}}日"
KIND = "(?:for )?immediate release|(?:press|news|media) release|新闻稿|即时发布"
OF_ANY = re.compile(rf"\W*(?:{KIND}|{DAY})\W*", re.IGNORECASE)


def names(words: str) -> bool:
    """Whether words name a page, and do not only say what kind of paper it is or of which day (`FOR IMMEDIATE RELEASE`)."""
    return bool(words) and OF_ANY.fullmatch(words) is None
