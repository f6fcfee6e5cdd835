"""Who issues acts in English: the bodies by the names they print, in the order in which one is asked for."""

import re
from dataclasses import dataclass

from monitor.extract.en import tables


@dataclass(frozen=True, slots=True)
class Known:
    """An issuer that a text names, and where."""

    authority: str
    start: int
    end: int


def _alternatives(phrase: str) -> list[str]:
    """The alternatives of a phrase; a `|` within brackets separates none."""
    return re.split(r"\|(?![^(]*\))", phrase)


NAMES = {  # phrase → authority; the more special ones first
    tables.MECHANISM: "cn-mofcom",
    r"\bState Council Tariff Commission|Customs Tariff Commission\b": "cn-customs-tariff-commission",
    r"\bGeneral Administration of Customs\b|\bGACC\b": "cn-gacc",
    r"\bMOFCOM\b|\bMinistry of Commerce\b(?! and Industry)": "cn-mofcom",
    r"\bMinistry of Industry and Information Technology\b|\bMIIT\b": "cn-miit",
    r"\bMinistry of Transport(?: of the People's Republic of China| of China)?\b": "cn-mot",
    r"\bNational Development and Reform Commission\b|\bNDRC\b": "cn-ndrc",
    r"\bState Council(?: of the People's Republic of China)?\b": "cn-state-council",
    r"\bMinistry of Foreign Affairs of (?:the People's Republic of )?China\b": "cn-mfa",
    r"\bMinistry of Foreign Affairs (?:Order|Decree|Announcement)\b": "cn-mfa",
    r"\bExecutive Order \d{5}\b|\bBy the authority vested in me as President\b": "us-president",
    r"\bTaiwan Affairs Office\b": "cn-tao",
    r"\bBureau of Industry and Security\b|\bBIS\b": "us-bis",
    r"\bOffice of Foreign Assets Control\b|\bOFAC\b": "us-ofac",
    r"\bFederal Communications Commission\b|\bFCC\b|\bPublic Safety and Homeland Security Bureau\b": "us-fcc",
    r"\bDirectorate of Defense Trade Controls\b|\bDDTC\b|\bBureau of International Security and Nonproliferation\b|"
    r"\b(?:U\.?S\.? )?Department of State\b|\bState Department\b": "us-state",
    r"\b(?:U\.?S\.? )?Department of (?:Defense|War)\b": "us-dod",
    r"\bForced Labor Enforcement Task Force\b|\bDepartment of Homeland Security\b": "us-dhs",
    r"\bU\.?S\.? Customs and Border Protection\b|\bCBP\b": "us-cbp",
    r"\b(?:Office of the )?(?:United States|U\.?S\.?) Trade Representative\b|\bUSTR\b": "us-ustr",
    r"\bInternational Trade Administration, (?:Ministry of Economic Affairs|MOEA)\b|\bTITA\b": "tw-trade",
    r"\bInternational Trade Administration\b": "us-ita",
    r"\bCouncil (?:Implementing |Delegated )?(?:Regulation|Decision)\b|\bFor the Council\b|"
    r"\bTHE COUNCIL OF THE EUROPEAN UNION\b": "eu-council",
    r"\bCommission (?:Implementing |Delegated )?(?:Regulation|Decision|Directive)\b|\bFor the Commission\b|"
    r"\bTHE EUROPEAN COMMISSION\b": ("eu-commission"),
    r"\bExport Control Joint Unit\b|\bECJU\b|\bNotices? to exporters \d{4}/\d+": "gb-ecju",
    r"\bOffice of Trade Sanctions Implementation\b|\bOTSI\b": "gb-otsi",
    r"\bOffice of Financial Sanctions Implementation\b|\bOFSI\b": "gb-ofsi",
    r"\bForeign, Commonwealth and Development Office\b|\bFCDO\b": "gb-fcdo",
    r"\bDepartment for Business and Trade\b": "gb-dbt",
    r"\bMinistry of Economy, Trade and Industry\b|\bMETI\b": "jp-meti",
    r"\bMinistry of Trade, Industry and (?:Energy|Resources)\b|\bMOTIE\b|\bMOTIR\b": "kr-motie",
    r"\bGlobal Affairs Canada\b|\bGovernor General in Council\b|\bGovernor in Council\b|\bSOR/\d{4}-\d+": "ca-gac",
    r"\bDepartment of Foreign Affairs and Trade\b|\bAustralian Sanctions Office\b|\bDFAT\b|\bDefence Export Controls\b|"
    r"\bAutonomous Sanctions\b[^.]{0,120}\bInstrument \d{4}": "au-dfat",
    r"\bState Secretariat for Economic Affairs\b|\bSECO\b|\bSwiss Federal Council\b": "ch-seco",
    r"\bSingapore Customs\b": "sg-customs",
    r"\bStaatscourant\b|\bMinister for Foreign Trade\b|\bMinister of Foreign Trade\b": "nl-government",
    r"\bSecurity Council (?:Committee|resolution)\b": "un-sc",
    r"\bChief Executive (?:in Council|of the Hong Kong)\b|\bGovernment of the Hong Kong\b|"
    r"\bHong Kong Special Administrative Region\b": ("hk-government"),
}
# Headings are set in capitals; an acronym in small letters is another word (`bis`).
PATTERNS = [
    (re.compile("|".join(f"(?i:{each})" if " " in each else each for each in _alternatives(phrase))), authority)
    for phrase, authority in NAMES.items()
]


def first(text: str) -> Known | None:
    """The issuer that a text names first."""
    found = [Known(authority, match.start(), match.end()) for pattern, authority in PATTERNS if (match := pattern.search(text))]
    return min(found, key=lambda known: known.start, default=None)


# Bodies whose words are near those of ours: what they issue is none of ours.
OTHERS = re.compile(
    r"Food and Drug Administration|Securities and Exchange Commission|Federal Aviation Administration|Fish and Wildlife Service|"
    r"Department of Agriculture|Environmental Protection Agency|Federal Trade Commission|Department of Labor|Coast Guard"
)


def others(text: str) -> bool:
    """Whether a text opens with a body that is none of ours."""
    other, ours = OTHERS.search(text), first(text)
    return other is not None and (ours is None or other.start() < ours.start)
