"""The words for a tie between an entry of the watch list and a listed subject. Pure."""

from monitor.model import Tie, TieKind

MAJORITY = 50.0  # percent
WORDS = {  # where the tie is sure, and where it may be
    TieKind.SAME: ("is", "may be"),
    TieKind.NAME: ("is", "has a name like"),
    TieKind.PARENT: ("is the parent group of", "may be the parent group of"),
    TieKind.SISTER: ("is a sister firm of", "may be a sister firm of"),
    TieKind.TIED: ("is tied by ownership or group to", "may be tied by ownership or group to"),
}


def describe_tie(tie: Tie, subject: str, status: str = "") -> str:
    """Word the tie of an entry: `is owned 60 % by TechInsights, which is listed`; with `status`, how the subject stands."""
    if tie.is_certain and status:
        return f"is {status}"
    which = f", which is {status}" if status else ""
    if tie.kind is TieKind.OWNED:
        named = f"{tie.owner}, which has a name like {subject}" if tie.like else subject
        unstated = " (share not stated)" if tie.share is None else ""
        return f"is owned{_percent(tie)} by {named}{unstated}{which}"
    if tie.kind is TieKind.SISTER and is_minority(tie.share):
        return f"is owned{_percent(tie)} by {tie.owner}, the group of {subject}{which}"
    return f"{WORDS[tie.kind][tie.like]} {subject}{which}"


def describe_owner(owner: Tie) -> str:
    """Word all that is known of an owner: `owned 60 % by X through Y (GLEIF)`."""
    notes = "; ".join(filter(None, ("share not stated" if owner.share is None else "", owner.source)))
    through = f" through {', '.join(owner.path)}" if owner.path else ""
    return f"owned{_percent(owner)} by {owner.owner}{through}{f' ({notes})' if notes else ''}"


def is_minority(share: float | None) -> bool:
    """Whether a stated share is below half."""
    return share is not None and share < MAJORITY


def _percent(tie: Tie) -> str:
    return f" {tie.share:g} %" if tie.share is not None else ""
