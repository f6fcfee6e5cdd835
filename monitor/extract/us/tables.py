"""The words of United States rules as tables: verbs, who is listed. A new phrase is a line here; what lists are called is in the
vocabulary.
"""

from monitor.extract.named import Names
from monitor.model import Action
from monitor.vocabulary.registers import COMMERCE_CONTROL

NOT_FOLLOWED = "not followed"
REGISTERS = Names(  # phrase → register
    lambda known: (
        {
            phrase: register.code
            for register in known.registers.values()
            if register.country == "us"
            for phrase in register.phrases
        }
        | {r"\bValidated[- ]+End[- ]+User\b|\bVEUs?\b": NOT_FOLLOWED}
    )
)
GOODS = frozenset({COMMERCE_CONTROL.code})
CHANGES_GOODS = rf"\w++\s++(?:\w++\s++){{0,5}}?(?:the\s++)?(?:{'|'.join(COMMERCE_CONTROL.phrases)})"
VERBS = {
    Action.ADD: "adds|adding|to add",
    Action.REMOVE: "removes|removing|to remove|deletes|deleting",
    Action.AMEND: (
        "revises|revising|to revise|modifies|modifying|to modify|corrects|correcting|to correct|updates|updating|to update"
        "|expands|expanding|makes|making|to make|clarifies and corrects|amends|amending|renames|renaming"
    ),
}
NOUN = (
    r"(?:entit(?:y|ies)|entr(?:y|ies)|persons?|individuals?|compan(?:y|ies)|organizations?|affiliates?|part(?:y|ies)|addresses|address"
    r"|vessels?|aircraft)"
)
EDITORIAL = (
    r"\b(?:corrections?|clarifications?|(?:editorial|clerical|technical|conforming) (?:changes?|revisions?|amendments?))\b"
)
LISTS_THEM = (
    r"\b(?:listed|added|being added|placed|are|included)\b[^.]{0,60}\bunder\b"
    r"|\b(?:entities|entries|persons)\b[^.]{0,1000}?\bunder the\b"
)
EXPLAINS = r"\baccounting for the difference\b|\bunder multiple entries\b"
WITHOUT_LAW = (  # titles of papers that change nothing
    r"Public Briefing|Comment Period|Request for (?:Public )?Comments|Public Meeting|Open Meeting|Partially Closed Meeting"
    r"|Notice of Inquiry|Information Collection|Advisory Committee|Civil Monetary Penalt|Inflation Adjustment"
)
TITLES = {  # what a title alone says
    Action.ADD: r"\badditions?\b|\badding\b",
    Action.REMOVE: r"\bremovals?\b|\bremoving\b",
    Action.AMEND: r"\b(?:revisions?|modifications?|corrections?|clarifications?)\b",
}
