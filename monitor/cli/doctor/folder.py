"""One folder to send in a bug report: of every address what came, what its reader found, how it differs from the saved page."""

import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from monitor.cli.doctor.address import Examined
from monitor.cli.doctor.finding import Finding
from monitor.cli.doctor.saved import extension, write_page
from monitor.cli.read import rows
from monitor.config.outward import redacted
from monitor.errors import ConfigError, SourceError
from monitor.model import to_json
from monitor.source.page import Link, Register
from monitor.source.scraper import read_all, reader_name

MOST_FACTS = 200  # of one page: enough to see what is understood
TEXT = {"html", "xml", "json"}
ABOUT = """What `monitor doctor --all --save` saw, one folder a source:

summary.txt          a line a source: what came, what was wrong, the way out
findings.jsonl       the same for programs, with every answer's address, status and headers
SOURCE/page.*        the page as it came
SOURCE/found.jsonl   what its reader found in it, the first {most} facts, links or rows
SOURCE/finding.json  how that compares with the saved page: selectors that match nothing, links of another shape

Secrets that the monitor knows of are taken out. Look it through before you send it: a page is as its publisher made it.
"""


def keep(folder: Path, all_examined: Sequence[Examined], findings: Sequence[Finding]) -> None:
    """Write the folder.

    Raises:
        ConfigError: there is something in it already.
        MonitorError: it can't be written.
    """
    if folder.exists() and (folder.is_file() or any(folder.iterdir())):
        raise ConfigError(f"{folder}: is there already; name a new folder for what is seen")
    by_source = {finding.subject: finding for finding in findings if finding.is_source}
    lines = [
        f"{'ok   ' if finding.ok else 'wrong'} {finding.subject}: {finding.seen}{f' | {finding.remedy}' * bool(finding.remedy)}"
        for finding in findings
    ]
    write(folder / "README.txt", ABOUT.format(most=MOST_FACTS))
    write(folder / "summary.txt", "\n".join(lines) + "\n")
    write(folder / "findings.jsonl", "".join(f"{as_json(finding)}\n" for finding in findings))
    for examined in all_examined:
        place = folder / examined.source.id
        write(place / "finding.json", as_json(by_source[examined.source.id]) + "\n")
        if examined.page:
            _keep_page(place, examined)


def _keep_page(place: Path, examined: Examined) -> None:
    assert examined.page is not None
    body = examined.page.body.whole
    name = extension(body)
    page = redacted(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape") if name in TEXT else body
    write_page(place / f"page.{name}", page)
    write(place / "found.jsonl", "".join(f"{line}\n" for line in _facts(examined)))


def _facts(examined: Examined) -> list[str]:
    assert examined.page is not None
    try:
        content = read_all(examined.source.read, examined.page)
        facts = rows(content) if isinstance(content, Register) else iter(content)
        return [_line(fact) for fact in islice(facts, MOST_FACTS)]
    except SourceError as error:
        return [json.dumps({"problem": {"kind": error.kind, "text": str(error)}}, ensure_ascii=False)]


def _line(fact: object) -> str:
    if isinstance(fact, Link):
        return json.dumps(
            {"type": "link", "url": fact.url, "title": fact.title, "read": reader_name(fact.read)}, ensure_ascii=False
        )
    return to_json(fact).decode()


def as_json(finding: Finding) -> str:
    """A finding for programs."""
    subject = {"source" if finding.is_source else "check": finding.subject}
    fields = {**subject, "ok": finding.ok, "seen": finding.seen, "remedy": finding.remedy, **finding.details}
    return json.dumps(fields, ensure_ascii=False, default=str)


def write(path: Path, text: str) -> None:
    """Write words without the secrets that we know of."""
    write_page(path, redacted(text).encode("utf-8", "surrogateescape"))
