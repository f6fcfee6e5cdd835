"""The number that the Federal Register gives a document."""

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement

RULE = """DEPARTMENT OF COMMERCE
Bureau of Industry and Security
15 CFR Part 744

Addition to the Entity List

ACTION: Final rule.

SUMMARY: BIS adds Yichun Lamp Works Co., Ltd. to the Entity List, as corrected in FR Doc. {cited}.

DATES: This rule is effective March 4, 2031.

[FR Doc. {own} Filed 3-3-31; 8:45 am]
"""


def test_a_number_printed_with_a_dash_is_that_with_a_hyphen():
    for own, cited in (("2031-04711", "2031-02222"), ("2031–04711", "2031–02222")):
        [act] = extract.understand(read_text(RULE.format(own=own, cited=cited)))
        assert isinstance(act, Announcement)
        assert (act.key, act.number) == ("fr-2031-04711", "FR Doc. 2031-04711")
