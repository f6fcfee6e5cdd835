"""Acts and pages near the line in forms of many offices, in our own words:
`texts/further-forms.txt`.

A page opens with `===` and what it is; behind `---` stands what is told of it, a line a measure;
nothing where nothing is.
"""

from pathlib import Path

import pytest
from each import for_each

from monitor import extract
from monitor.document import read_text
from monitor.model import Announcement, Fact, Measure

TEXTS = (Path(__file__).parent / "texts" / "further-forms.txt").read_text(encoding="utf-8")
PAGES = [page.partition("\n---\n") for page in TEXTS.removeprefix("=== ").split("\n=== ")]


def told(fact: Fact) -> list[str]:
    if not isinstance(fact, Announcement):
        return ["a report"]
    head = f"{fact.authority} {fact.published} {fact.understood}"
    return [
        head,
        *map(measure, fact.measures),
        *(f"not read: {part.why}" for part in fact.not_read),
    ]


def measure(made: Measure) -> str:
    said = [
        str(made.action),
        made.register or "-",
        *(target.key for target in made.amends),
        *made.destinations,
    ]
    said += [f"from {made.starts.on}"] if made.starts else []
    said += [f"until {made.ends.on}"] if made.ends else []
    said += [" = ".join([*each.names.values(), *each.aliases]) for each in made.entities]
    said += [" ".join([*each.names.values(), *each.codes]) for each in made.items]
    return " | ".join(said)


@for_each(
    ("page", "lines"),
    [(page, lines) for page, _, lines in PAGES],
    ids=[page.split("\n")[0] for page, *_ in PAGES],
    parts=2,
)
def test_what_is_told_of_a_page(page: str, lines: str) -> None:
    text = page.partition("\n")[2]
    assert [line for fact in extract.understand(read_text(text)) for line in told(fact)] == [
        line for line in lines.split("\n") if line
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Registration shall be renewed each year by all brokers.",
        "Title to the goods shall pass to the custodian.",
        "The holder must countersign the certificate by hand.",
        "Shipments must be declared until June 1, 2029.",
    ],
)
def test_what_obliges_is_quoted(sentence: str) -> None:
    text = (
        "Bureau of Industry and Security\nFinal rule\nBIS adds Acme Ltd. to the Entity List."
        f" {sentence}"
    )
    [act] = extract.understand(read_text(text), authority="us-bis")
    assert isinstance(act, Announcement)
    quotes = (*act.beside, *(part.quote for part in act.not_read))
    assert any(sentence.rstrip(".") in quote for quote in quotes)


@pytest.mark.parametrize(
    ("head", "number"),
    [
        (
            "Gelet op Verordening (EU) 2021/821\nStaatscourant 2031, nr. 7",
            "Staatscourant 2031, nr. 7",
        ),
        ("Verordening (EU) 2021/821 wordt toegepast", None),
    ],
)
def test_a_regulation_that_an_act_cites_is_no_number_of_its_own(head: str, number: str | None):
    title = "Regeling tot wijziging van het Besluit strategische goederen"
    body = "De Minister voor Buitenlandse Handel heeft het besluit van 3 maart 2031 gewijzigd."

    found = extract.understand(read_text(f"{title}\n{head}\n{body}"))

    assert [fact.number for fact in found if isinstance(fact, Announcement)] == [number]
