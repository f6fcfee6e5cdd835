"""The words of English acts and of the press as tables: what surrounds registers. A new phrase is a line here; what registers
and authorities are called they have from the vocabulary.
"""

from monitor.days import MONTHS, SEPT, SHORT_MONTHS, WEEKDAYS
from monitor.extract.en.words import ENGLISH
from monitor.model import Action
from monitor.vocabulary.authorities import UEL_MECHANISM

WORDS = ENGLISH.table("tables")

MECHANISM = UEL_MECHANISM
LISTING = r"(?:add(?:s|ed|ing)?|put(?:s|ting)?|plac(?:e|es|ed|ing)|includ(?:e|es|ed)|list(?:s|ed|ing)|blacklist(?:s|ed|ing)?)"
NO_NAMES = frozenset((*WEEKDAYS, *MONTHS, *SHORT_MONTHS, SEPT)) | frozenset(
    """US U.S. USA UK EU American Chinese Japanese Taiwanese European Canadian China Beijing Washington Taiwan Japan Canada
    The It Its Ministry Commerce MOFCOM Foreign In On A An These Those Both Firms Companies Exporters Importers
    Therefore Accordingly Consequently However Furthermore Moreover Thus Hence Should Also Finally Today Pursuant Whereas Note
    Upon Announcement Announcements Unreliable Entity List Export Control""".split()  # noqa: SIM905 -- words read better in rows
)
ACT_TITLE = WORDS.act_title
TALK = WORDS.talk
OUT_OF_SCOPE = WORDS.out_of_scope


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
CONTROLS = WORDS.controls
PROHIBITS = WORDS.prohibits
PROBES = WORDS.probes
EFFECT = WORDS.effect
EXPIRES = WORDS.expires
ANNEX = WORDS.annex
LAW = WORDS.law
