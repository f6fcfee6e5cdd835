"""One test for all saved pages: pages/<scraper>/<reader>-<case>.<ext> is read and compared with
<reader>-<case>.facts.json.

Save a page, run the test: it writes what the reader understood and fails until somebody has looked
at it.
"""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import msgspec
import pytest

from monitor import vocabulary
from monitor.cli.doctor import source as doctors
from monitor.cli.read import iterate_rows
from monitor.config import Config
from monitor.errors import SourceError
from monitor.source.page import Body, Link, Page, Register
from monitor.source.registry import Registry
from monitor.source.scraper import Source, make_reader_name

PAGES = Path(__file__).parent / "pages"
SAVED = sorted(path for path in PAGES.glob("*/*") if not path.name.endswith(".facts.json"))
OWN_ADDRESS = re.compile(r"""(?:name="Url" content|rel="canonical" href)="([^"]+)""")
REGISTRY = Registry(Config())
ANNEXES = {"jpaas.annex": "mofcom-2025-57"}  # the act that an annex reader's saved files belong to


@pytest.mark.parametrize("saved", SAVED, ids=lambda saved: f"{saved.parent.name}.{saved.stem}")
def test_saved_page_still_means_the_same(saved: Path) -> None:
    if not golden_of(saved).exists():
        page = understood(saved, url=own_address(saved))
        golden_of(saved).write_text(as_text(page), encoding="utf-8")
        nothing = (
            ""
            if page["facts"] or "problems" in page
            else f"; nothing was found: {why_nothing(saved)}"
        )
        pytest.fail(
            f"wrote {golden_of(saved).relative_to(PAGES)}: please review it, then commit"
            f" both{nothing}"
        )
    expected = golden(saved)
    expected.pop("nothing", None)

    assert as_text(expected) == as_text(understood(saved, url=expected["url"]))


def test_a_page_in_which_nothing_is_found_says_why_that_is_right() -> None:
    # of the others the test above tells
    read = {saved: golden(saved) for saved in SAVED if golden_of(saved).exists()}
    silent = [
        saved
        for saved, page in read.items()
        if not (page["facts"] or "problems" in page or page.get("nothing"))
    ]
    told = 'where that is right, say why in its facts: "nothing": "an act on anti-dumping"'

    assert read
    assert [
        f"{saved.relative_to(PAGES)}: nothing was found: {why_nothing(saved)}; {told}"
        for saved in silent
    ] == []


def test_no_golden_file_is_left_without_its_page() -> None:
    assert {golden_of(saved) for saved in SAVED} >= set(PAGES.glob("*/*.facts.json"))


@pytest.mark.parametrize(
    "source", [one for one in REGISTRY.sources if not one.by_hand], ids=lambda source: source.id
)
def test_every_source_has_a_page_it_reads_and_a_page_it_refuses(source: Source) -> None:
    goldens = [golden(saved) for saved in SAVED if name_of_reader(saved) == source.id]

    assert any(page["facts"] for page in goldens)
    assert any("problems" in page for page in goldens)


def test_every_reader_that_is_linked_to_has_a_page_it_reads() -> None:
    read = [saved for saved in SAVED if golden(saved)["facts"]]
    linked = {
        make_reader_name(fact.read)
        for saved in read
        for fact in found(saved, golden(saved)["url"])
        if isinstance(fact, Link)
    }

    assert linked <= {make_reader_name(REGISTRY.reader(name_of_reader(saved))) for saved in read}


def test_a_page_that_says_no_address_stands_where_its_source_or_its_publisher_does(
    tmp_path: Path,
) -> None:
    source = REGISTRY.sources[0]
    module, _, reader = source.id.partition(".")
    index, act = (tmp_path / module / f"{name}-first.html" for name in (reader, "other"))
    index.parent.mkdir()
    for page in (index, act):
        page.touch()

    assert own_address(index) == source.request.url
    assert own_address(act) == urljoin(source.request.url, "other-first.html")


def test_a_page_whose_facts_are_not_written_yet_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"/list-new\.facts\.json: .* again"):
        golden(tmp_path / "list-new.html")


def golden_of(saved: Path) -> Path:
    return saved.with_suffix(".facts.json")


def golden(saved: Path) -> dict[str, Any]:
    if not golden_of(saved).exists():
        pytest.fail(
            f"{saved.parent.name}/{golden_of(saved).name}: not written yet: run `pytest"
            " tests/test_pages.py` again"
        )
    loaded: dict[str, Any] = json.loads(golden_of(saved).read_text(encoding="utf-8"))
    return loaded


def name_of_reader(saved: Path) -> str:
    return f"{saved.parent.name}.{saved.stem.partition('-')[0]}"


def own_address(saved: Path) -> str:
    """Where the page says it stands; else where its source does, or beside a source of its
    publisher, to correct when it is reviewed.
    """
    if found := OWN_ADDRESS.search(saved.read_text(encoding="utf-8", errors="replace")):
        return found[1]
    sources = {one.id: one.request.url for one in REGISTRY.sources}
    near = [url for name, url in sources.items() if name.startswith(f"{saved.parent.name}.")]
    beside = urljoin([*near, "https://example.org/"][0], saved.name)
    return sources.get(name_of_reader(saved), beside)


def understood(saved: Path, *, url: str) -> dict[str, Any]:
    """What the reader made of the page, in the words of `monitor read --json`; of a refusal only
    the kind, not the wording.
    """
    try:
        facts = [as_json(fact) for fact in found(saved, url)]
    except SourceError as error:
        return {"url": url, "facts": [], "problems": [{"kind": error.kind}]}
    return {"url": url, "facts": facts}


def found(saved: Path, url: str) -> list[object]:
    vocabulary.use(REGISTRY.terms)  # what scrapers declare, which each test forgets
    read = REGISTRY.reader(name_of_reader(saved))
    facts = read(
        Page(url=url, body=Body(saved.read_bytes()), of=ANNEXES.get(name_of_reader(saved)))
    )
    return list(iterate_rows(facts) if isinstance(facts, Register) else facts)


def why_nothing(saved: Path) -> str:
    """Which register or verb is not known, in words."""
    return doctors.explain_nothing(Page(url="", body=Body(saved.read_bytes())).document().text)


def as_json(fact: object) -> Any:
    if isinstance(fact, Link):
        return {
            "type": "link",
            "url": fact.url,
            "title": fact.title,
            "read": make_reader_name(fact.read).rpartition(".")[2],
        }
    return msgspec.to_builtins(fact)


def as_text(page: dict[str, Any]) -> str:
    return json.dumps(page, ensure_ascii=False, indent=2) + "\n"
