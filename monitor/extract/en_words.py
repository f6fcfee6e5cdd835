"""The words of the English press as tables: registers and what surrounds them. A new phrase is a line here."""

REGISTERS = {  # phrase (lower case) → register; Chinese ones only where the text speaks of China
    r"unreliable[- ](?:entity|entities)[- ]list": "cn-unreliable-entities",
    r"unreliable list of entities": "cn-unreliable-entities",
    r"list of unreliable (?:entities|entity|organi[sz]ations|companies)": "cn-unreliable-entities",
    r"export[- ]controls? (?:control )?list": "cn-export-control-entities",
    r"(?<!export )(?<!export-)(?<!dual-use )control list": "cn-export-control-entities",
    r"list of (?:entities|companies) subject to export controls?": "cn-export-control-entities",
    r"watch[- ]?list": "cn-watch-list",
    r"list of (?:entities|companies) of concern": "cn-watch-list",
    r"counter[- ]?measures? list": "cn-countermeasures",
    r"anti[- ]foreign[- ]sanctions law": "cn-countermeasures",
    r"list of dual[- ]use items|dual[- ]use items? (?:export[- ])?control list": "cn-dual-use-items",
    r"export (?:controls?|restrictions?|curbs?) (?:over|on|of)\b": "cn-dual-use-items",
}
FOREIGN = {
    r"(?<!Unreliable )\bEntity List\b(?! Mechanism| Working)": "us-bis-entity-list",
    r"\bUnverified List\b": "us-bis-unverified",
    r"\bMilitary End[- ]User List\b": "us-bis-military-end-users",
    r"\bSpecially Designated Nationals\b|\bSDN [Ll]ist\b": "us-ofac-sdn",
    r"\b1260H\b": "us-dod-1260h",
}
OURS = r"\b(?:China|Chinese|Beijing|MOFCOM|Ministry of Commerce)\b"
MECHANISM = r"Unreliable Entity List (?:Working )?Mechanism|Unreliable Entities List (?:Working )?Mechanism"
LISTING = r"(?:add(?:s|ed|ing)?|put(?:s|ting)?|plac(?:e|es|ed|ing)|includ(?:e|es|ed)|list(?:s|ed|ing)|blacklist(?:s|ed|ing)?)"
COMPANY_ENDS = ("Inc", "Inc.", "LLC", "Ltd", "Ltd.", "Co.", "Corp", "Corp.", "L.P.", "LP", "PLC", "GmbH", "S.A.", "Limited")
NO_NAMES = frozenset(
    """US U.S. USA UK EU American Chinese Japanese Taiwanese European Canadian China Beijing Washington Taiwan Japan Canada
    The It Its Ministry Commerce MOFCOM Foreign In On A An These Those Both Firms Companies
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
    January February March April May June July August September October November December
    Announcement Announcements Unreliable Entity List Export Control""".split()  # noqa: SIM905 -- words read better in rows
)
