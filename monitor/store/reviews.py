"""Reviews of an act's reading by people. A review is recorded as an action, and applies to each new
reading.
"""

from collections.abc import Sequence
from dataclasses import replace

from monitor.alert.event import Decision
from monitor.diff import ChangeKind
from monitor.diff.review import apply_proposals
from monitor.model import Announcement, Evidence, Fact, to_json
from monitor.store.acts import decode_act
from monitor.store.session import Session
from monitor.store.tables import ActRow, HandlingRow
from monitor.triage.values import Verb


def list_review_rows(session: Session, act: ActRow) -> list[HandlingRow]:
    """The reviews of an act, the first one first."""
    rows = session.list_rows(HandlingRow, event=act.event, verb=Verb.REVIEW, refused="")
    return [row for row in rows if row.proposal and row.proposal.act == act.key]


def load_machine_reading(session: Session, key: str) -> Announcement | None:
    """Load an act as read from its pages alone; None without a review."""
    act = session.get(ActRow, key)
    return decode_act(act.machine) if act and act.machine else None


def review_decision(
    session: Session, fact: Fact, evidence: Evidence, decision: Decision | None
) -> Decision | None:
    """Apply a review to a new reading of its act. The review is stale if the reviewed page has
    other bytes now.
    """
    act = session.get(ActRow, fact.key) if isinstance(fact, Announcement) else None
    known = decode_act(act.fact) if act and act.machine else None
    if act is None or known is None or known.reviewed is None or (decision and decision.held):
        return decision
    proposals = [row.proposal for row in list_review_rows(session, act) if row.proposal]
    seen = {proposal.url: proposal.sha256 for proposal in proposals}
    stale = known.reviewed.stale or seen.get(evidence.url, evidence.sha256) != evidence.sha256
    if decision and decision.act:
        act.machine = to_json(decision.act).decode()
    elif stale == known.reviewed.stale:
        return decision
    read = apply_proposals(decode_act(act.machine or act.fact), proposals)
    read = read.replace(reviewed=known.reviewed.replace(stale=stale))
    return replace(decision or Decision(ChangeKind.REVIEWED, act.event), act=read)


def list_stale_reviews(session: Session) -> Sequence[tuple[Announcement, HandlingRow]]:
    """List the acts with a stale review, each with its last one."""
    rows = session.list_rows(ActRow, ActRow.machine.is_not(None))
    acts = ((row, decode_act(row.fact)) for row in rows)
    return [
        (act, list_review_rows(session, row)[-1])
        for row, act in acts
        if act.reviewed and act.reviewed.stale
    ]
