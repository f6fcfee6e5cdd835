"""Authorities of other countries, known ones and ones that a scraper declares: whose act a page is,
on which list, and that no number of theirs is China's.

`texts/abroad.txt`: what is promised [authority], the page, and behind `=>` what must be said of it.
`act: no` is a page that tells of another body's deed. Without `does`, an act may be read in part
only; `list` are the lists that it may then name.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor import extract, vocabulary
from monitor.document import read_text
from monitor.model import Announcement, Fact
from monitor.vocabulary import Authority, NamedRegister

DECLARED = (
    Authority("sm-moc", "Ministry of Commerce of San Marino"),
    NamedRegister("sm-restricted", "Restricted End-User List", "sm-moc", own="限制最终用户名单"),
    Authority("my-miti", "Ministry of Investment, Trade and Industry"),
    NamedRegister("my-prohibited", "Prohibited End-Users List", "my-miti"),
    Authority("vn-moit", "Ministry of Industry and Trade of Viet Nam"),
)
TEXT = (Path(__file__).parent / "texts" / "abroad.txt").read_text(encoding="utf-8")
CASES = TEXT.split("\n\n# ")[1:]


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    vocabulary.use(DECLARED)
    yield
    vocabulary.use()


def parse_case(case: str) -> tuple[str, str, dict[str, str]]:
    """The authority, the page and the promises of a case."""
    head, _, rest = case.partition("\n")
    page, _, promised = rest.partition("\n=>\n")
    lines = (line.split(": ", 1) for line in promised.strip().split("\n"))
    return head.rpartition(" [")[2].rstrip("]"), page, dict(lines)


def keys_cited(acts: list[Announcement]) -> Iterator[str]:
    for act in acts:
        yield act.key
        yield from (target.key for measure in act.measures for target in measure.amends)


def find_faults(facts: list[Fact], authority: str, promised: dict[str, str]) -> Iterator[str]:
    """Say what is false or missing."""
    acts = [fact for fact in facts if isinstance(fact, Announcement)]
    measures = [measure for act in acts for measure in act.measures]
    if promised["act"] == "no":
        yield from (f"FALSE: it does {one.action} {one.register}" for one in measures)
        yield from ("FALSE: full" for act in acts if act.understood == "full")
        return
    if [act.authority for act in acts] != [authority]:
        yield f"SILENT: acts of {[act.authority for act in acts]}"
        return
    for key in keys_cited(acts):
        if vocabulary.issuer(key) not in (authority, "") or key != promised.get("key", key):
            yield f"FALSE: key {key}"
    allowed = promised.get("list", promised.get("does", "").partition(" ")[2]).split(", ")
    for measure in measures:
        if (measure.register or "none") not in allowed and measure.register is not None:
            yield f"FALSE: on {measure.register}"
        if measure.entities and not measure.register and acts[0].understood == "full":
            yield "FALSE: full without a list"
    if "does" in promised:
        done = [(f"{one.action} {one.register}", one) for one in measures]
        names = [
            name
            for said, one in done
            if said == promised["does"]
            for entity in one.entities
            for name in entity.names.values()
        ]
        if ", ".join(names) != promised["names"]:
            yield f"PART: {[said for said, _ in done]} {names}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.partition("\n")[0])
def test_a_page_of_another_country_is_its_own_authoritys(case):
    authority, page, promised = parse_case(case)
    facts = extract.understand(read_text(page), authority=authority)

    assert list(find_faults(facts, authority, promised)) == []


def test_the_number_of_a_legal_notice_alone_does_not_make_it_one_of_hong_kong() -> None:
    page = (
        "L.N. 212 of 2033\nNATIONAL INTEREST (ENABLING POWERS) ACT (CAP. 365)\n"
        "The following persons are added to the list of designated persons:\n"
        "1. Grand Harbour Valve Ltd.\nThese regulations take effect on 2 May 2033.\nValletta, 1 May 2033"
    )

    facts = extract.understand(read_text(page))
    assert all(getattr(fact, "authority", None) != "hk-government" for fact in facts)
