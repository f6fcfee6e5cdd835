"""Pages that were once misread: no fact of them says what they do not, and none is understood in
full that is not.
"""

from pathlib import Path

from each import for_each

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement, Measure

CASES = (
    (Path(__file__).parent / "texts" / "misreadings.txt")
    .read_text(encoding="utf-8")
    .split("\n\n# ")[1:]
)


def told(measure: Measure, key: str) -> set[str]:
    """A deed with whom it is on; also with the earlier act, or the act's own key."""
    who = "; ".join(" ".join(each.names.values()) for each in (*measure.entities, *measure.items))
    deed = f"{measure.action}: {who}".strip()
    return {
        deed,
        *(f"{deed} [{each}]" for each in (key, *(target.key for target in measure.amends))),
    }


@for_each("case", CASES, ids=lambda case: case.partition("\n")[0])
def test_a_page_is_not_misread(case: str) -> None:
    promise, _, rest = case.partition("\n")
    page, _, expected = rest.partition("\n=>\n")
    _, _, authority = promise.rstrip("]").partition(" [")
    understood, *deeds = expected.strip().split("\n")

    facts = extract.understand(read_text(page), authority=authority or None)
    acts = [fact for fact in facts if isinstance(fact, Announcement)]

    assert len(acts) == (understood != "none")
    for act in acts:
        assert understood in ("any", act.understood)
        done = [told(measure, act.key) for measure in act.measures]
        assert len(done) == len(deeds)
        assert all(
            any(words.intersection(deed.split(" or ")) for words in done) for deed in deeds
        ), done
