"""The words of English acts and of the press as tables: what surrounds registers. A new phrase is a line here; what registers
and authorities are called they have from the vocabulary.
"""

import re
from collections.abc import Callable

from monitor import vocabulary
from monitor.days import MONTHS, SEPT, SHORT_MONTHS, WEEKDAYS
from monitor.extract.en import dates
from monitor.extract.named import Names
from monitor.model import Action
from monitor.vocabulary import NamedRegister
from monitor.vocabulary.authorities import UEL_MECHANISM
from monitor.vocabulary.registers import COMMERCE_CONTROL, UNRELIABLE


def _named(*, by: Callable[[NamedRegister], bool]) -> Names[str]:
    """The patterns that name the registers of some issuers, by their own words or else by their name."""
    return Names(
        lambda known: {
            phrase: register.code
            for register in known.registers.values()
            if by(register) and not register.imposed
            for phrase in register.phrases or (rf"\b{re.escape(register.name)}\b",)
        }
    )


REGISTERS = _named(by=lambda register: register.country == "cn")  # only where the text speaks of China
FOREIGN = _named(  # the press names the Commerce Control List in passing
    by=lambda register: register.country != "cn" and register is not COMMERCE_CONTROL
)
EVERY = _named(by=bool)
ACTS = _named(by=lambda register: register.country != "us")  # whose acts are read by `us`
MECHANISM = UEL_MECHANISM
LISTING = r"(?:add(?:s|ed|ing)?|put(?:s|ting)?|plac(?:e|es|ed|ing)|includ(?:e|es|ed)|list(?:s|ed|ing)|blacklist(?:s|ed|ing)?)"
NO_NAMES = frozenset((*WEEKDAYS, *MONTHS, *SHORT_MONTHS, SEPT)) | frozenset(
    """US U.S. USA UK EU American Chinese Japanese Taiwanese European Canadian China Beijing Washington Taiwan Japan Canada
    The It Its Ministry Commerce MOFCOM Foreign In On A An These Those Both Firms Companies Exporters Importers
    Therefore Accordingly Consequently However Furthermore Moreover Thus Hence Should Also Finally Today Pursuant Whereas Note
    Upon Announcement Announcements Unreliable Entity List Export Control""".split()  # noqa: SIM905 -- words read better in rows
)
ACT_TITLE = re.compile(
    r"(?:[\w.,'’()&/-]+\s+){0,14}?(?:Joint\s+)?(?:Announcements?|Orders?|Decrees?|Notices?)\b\s*"
    r"(?:\(|\[|〔|No\b|Nos\b|of\b|on\b|by\b|concerning\b|regarding\b|to\b|announcing\b|$)"
)
TALK = re.compile(
    r"\b(?:spokes(?:person|man|woman)|remarks|q\s*&\s*a|press conference|answers?|responds?|says|said|issues?|released?|releases"
    r"|unveils?|expands?|what|why|how|explained|interpretation|analysis)\b",
    re.IGNORECASE,
)
ISSUERS = Names(
    lambda known: {
        phrase: authority.code
        for authority in known.authorities.values()
        if authority.country != "us"
        for phrase in authority.phrases
    }
)
OUT_OF_SCOPE = re.compile(r"anti-?\s?dumping|countervailing|anti-?\s?subsidy|safeguard|trade barrier", re.IGNORECASE)


def ours() -> str:
    """A pattern for China, and for who issues announcements there; of another country are ministries of other names too."""
    return rf"\b(?:China|Chinese|Beijing)\b|{called(UNRELIABLE.issuer)}"


def called(*authorities: str) -> str:
    """A pattern for these authorities as the press names them."""
    return "|".join(phrase for code in authorities for phrase in vocabulary.current().authorities[code].phrases)


def any_list() -> str:
    """A pattern for any list of entities that the acts of ours name."""
    goods = {register.code for register in vocabulary.current().registers.values() if register.goods}
    return "(?:" + "|".join(phrase for phrase, register in ACTS.items() if register not in goods) + ")"


PUT = r"(?:includ|add|plac|list)(?:e|es|ed|ing|s)?|put(?:s|ting)?"
OFF = r"(?:remov|delet)(?:e|es|ed|ing)|withdraw(?:n|s|ing)?"
NO_MORE = (
    r"no longer (?:available|permitted|allowed|authori[sz]ed|applicable|subject|required|eligible|in force|apply|applies)|"
    r"ceases? to (?:apply|have effect|be)"
)
DECIDING = {  # verbs, and what they do where nothing else says
    Action.ADD: "add include place list designate debar impose introduce issue publish put grant subject identify take",
    Action.REMOVE: "remove delete drop delist rescind vacate lift restore deregister unlist strike",
    Action.REPEAL: "revoke withdraw cancel repeal terminate abolish annul discontinue quash",
    Action.SUSPEND: "suspend stay delay postpone pause defer waive",
    Action.RESUME: "resume reinstate",
    Action.AMEND: "make amend revise correct modify extend renew expand update move prolong adjust clarify transfer",
    Action.REPLACE: "replace supersede",
    Action.RESTRICT: "prohibit ban deny refuse detain bar",
}
CHANGES = {  # verbs that change an earlier act
    r"\bsuspen(?:d|ds|ded|ding|sion)\b|\bput on hold\b|\bheld in abeyance\b": Action.SUSPEND,
    r"\bresum(?:e|es|ed|ing|ption)\b": Action.RESUME,
    r"\b(?:ceas|terminat|abolish|repeal|cancel|revok|annul|discontinu)\w*|\bstop(?:s|ped|ping)?\b|\bno longer\b": Action.REPEAL,
    r"\b(?:amend|adjust|revis|modif)\w*": Action.AMEND,
}
CONTROLS = re.compile(
    r"\b(?:implement|impos|exercis|appl|enforc)\w*\s+(?:an?\s+)?(?:export\s+)?controls?(?:\s+measures)?\s+(?:on|over|to)\b"
    r"|\bexport control measures\b[^.;]{0,60}\b(?:implemented|adopted|taken)\b"
    r"|\bsubject to export controls?\b|\b(?P<kept>not) be exported without\b"
    r"|\bexport controls? (?:is|are|shall be) (?:implemented|imposed)\b",
    re.IGNORECASE,
)
PROHIBITS = re.compile(
    r"\bexports?\b[^.;]{0,120}?\bto\b(?P<where>[^.;]{2,120}?)\b(?:is|are|shall be)\s+prohibited"
    r"|\bprohibit\w*[^.;]{0,60}?\bexports?\b[^.;]{0,120}?\bto\b(?P<there>[^.;]{2,120})",
    re.IGNORECASE,
)
PROBES = re.compile(
    r"\b(?:initiat|launch|start|open)\w*\s+(?:an?\s+)?investigation\w*\s+(?:into|against|on|of|over)\s+(?P<who>[^.;]{2,200})"
)
EFFECT = re.compile(
    r"\b(?:tak(?:e|es|ing) effect|[Cc](?:ome|omes|oming|ame) into (?:force|effect|operation)|[Ee]ffective|"
    r"DATES(?=:)|Applicable(?= [A-Z])|(?:[Rr]escission|[Rr]emoval|[Rr]evocation|[Ss]uspension|[Tt]ermination|[Ww]ithdrawn?|"
    r"[Dd]ebarment|"
    r"[Vv]acated|[Dd]esignation|[Ll]isting)(?: is| imposed)?,? as of|"
    r"(?:be|is|are) implemented|enters? into force|commences?|becomes? operative|"
    r"[Ww]ith effect from|in force (?:from|since)|appl(?:y|ies) (?:from|as of))\b"
)
# What the act itself does, or all that it orders: a clause for goods on their way may end sooner.
EXPIRES = re.compile(
    r"\b(?:(?:[Rr]egulation|[Dd]ecision|[Oo]rder|[Nn]otice|[Rr]ule|[Aa]nnouncement|[Oo]rdinance|[Ii]nstrument|[Ll]icen[cs]e|"
    r"[Pp]ermit|"
    r"[Mm]easure|[Cc]ontrol|[Ss]uspension|[Pp]rohibition|[Rr]estriction|[Ee]xemption|[Dd]enial)s?\b[^.;:]{0,60}?|It|"
    r"They)\s(?:\w+\s)?"
    rf"(?:{dates.LAPSES}|remain in (?:place|force|effect) for|apply until|applies until|remains? in force until|"
    r"(?:is|are) valid until)\b"
    r"|\beffective (?:from )?[A-Z]\w+ \d{1,2}, \d{4},? (?:through|until)\b"
)
ANNEX = re.compile(
    r"\s*(?:Annex(?:es)?|Attachments?|Appendix)\b\s*(?:\d{1,2}|[IVX]{1,4})?\s*[:.]?\s*(?P<title>.{0,160})", re.IGNORECASE
)
LAW = re.compile(r"\b((?:[A-Z][\w-]+ )(?:[A-Z][\w-]+ |(?:on|of|the|and|for) ){0,8}?(?:Law|Regulations?|Provisions|Measures))\b")
