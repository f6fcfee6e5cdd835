"""Describe a source's check, with the cause of a problem and the way out. No I/O."""

import re
from collections.abc import Collection, Iterator, Sequence

from monitor.cli import causes
from monitor.cli.doctor.house import Finding, make_bad_finding
from monitor.cli.doctor.source import Comparison, Examined, Reading
from monitor.errors import ErrorKind
from monitor.fetch import Seen
from monitor.model import Problem
from monitor.source.configured import PREFIX
from monitor.source.health import find_way_out
from monitor.source.page import Page

CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
UNPROVEN = "unproven: no live page was ever read by its reader"


def find_remedy(kind: ErrorKind) -> str:
    """Return the way out of a cause that makes many sources unreachable."""
    return find_way_out(kind).partition(";")[0]


def word_remedy(kind: ErrorKind, source: str) -> str:
    """The way out for one source; the address of a `[[page]]` stands in its own table."""
    remedy = find_way_out(kind)
    if source.startswith(PREFIX):
        name = source.removeprefix(PREFIX)
        remedy = remedy.replace(
            'url under [sources."{id}"]', f'url in the [[page]] whose name is "{name}"'
        )
    return remedy.replace("{id}", source)


def make_source_finding(
    examined: Examined, comparison: Comparison | None, kept: str, proven: Collection[str] = ()
) -> Finding:
    """One source's line; `proven` are those that a poll has read well."""
    problem = (
        examined.problem
        or (comparison.live.problem if comparison else None)
        or _find_problem(examined, comparison)
    )
    remedy = word_remedy(problem.kind, examined.source.id) if problem else ""
    is_proven = (
        examined.source.captured
        or examined.source.id in proven
        or (comparison and comparison.is_proven)
    )
    parts = [
        *_list_answers(examined.answers),
        *_list_found(examined, comparison),
        f"{problem.kind}: {problem.text}" if problem else "",
        UNPROVEN if problem and not is_proven else "",
        kept,
    ]
    details = _collect_details(examined, comparison) | (
        {"problem": {"kind": problem.kind, "text": problem.text}} if problem else {}
    )
    seen = " · ".join(filter(None, parts))
    name, ok = examined.source.id, problem is None
    return Finding(
        name, ok=ok, seen=seen, remedy=remedy, details=details, is_source=True, problem=problem
    )


def _find_problem(examined: Examined, comparison: Comparison | None) -> Problem | None:
    """Describe the problem of a readable page: its links have another form, or lead to unparsed
    pages.
    """
    if comparison and comparison.strange_links:
        forms = ", ".join(sorted(comparison.live.shapes)[:2])
        return Problem(
            kind=ErrorKind.LAYOUT,
            text=f"all its links have another form than on the saved page, such as {forms}",
        )
    if comparison and comparison.live.fault:
        return comparison.live.fault
    if examined.followed and examined.followed.nothing:
        return Problem(
            kind=ErrorKind.READER, text=f"{examined.followed.url}: {examined.followed.nothing}"
        )
    return None


def find_common_cause(all_examined: Sequence[Examined]) -> Iterator[Finding]:
    """One line where no source could be reached."""
    lost = [
        (one.source.id, (one.problem,)) for one in all_examined if not one.answers and one.problem
    ]
    if nothing := causes.describe_no_network(causes.group_unreached(lost), len(all_examined)):
        yield make_bad_finding("network", nothing, causes.CHECK_NETWORK)


def _list_answers(answers: Sequence[Seen]) -> Iterator[str]:
    if not answers:
        return
    last = answers[-1]
    yield last.address
    if last.certificate:
        yield f"TLS by {last.certificate.issuer} until {last.certificate.expires}"
    yield f"{last.status}"
    if last.url.startswith("http://"):
        yield "with http alone: nothing proves that it comes from the publisher"
    if len(answers) > 1:
        yield f"{len(answers) - 1} redirect{'s' * (len(answers) > 2)} to {last.url}"


def choose_charset(page: Page) -> str:
    """Describe the charset that gives the page its words: ours, the bytes' own, the server's."""
    if page.charset:
        return page.charset.lower()
    try:
        page.body.whole.decode("utf-8")
    except UnicodeDecodeError:
        declared = CHARSET.search(page.content_type) or CHARSET.search(
            page.body.whole[:4096].decode("latin-1")
        )
        return declared[1].lower() if declared else "charset guessed"
    return "utf-8"


def _list_found(examined: Examined, comparison: Comparison | None) -> Iterator[str]:
    """Describe the answer, the reader's result, the difference from the saved page, and the
    first links.
    """
    if page := examined.page:
        yield f"{page.body.size:,} bytes"
        yield f"{page.content_type.partition(';')[0] or 'no type'}, {choose_charset(page)}"
    if comparison:
        live, saved = comparison.live, comparison.saved
        if live.problem is None:
            yield _count_facts(live)
        yield from live.remarks  # unknown columns, a namespace taken for ours
        if comparison.file:
            ratio = f", ratio {comparison.ratio:g}" if comparison.ratio is not None else ""
            yield f"saved {comparison.file}: {_count_facts(saved)}{ratio}"
        missing = [
            css for css, count in saved.matched.items() if count and not live.matched.get(css)
        ]
        if missing:
            yield f"no longer found: {', '.join(missing)}"
        elif comparison.file and saved.matched:
            yield "same selectors"
    if followed := examined.followed:
        if followed.problem:
            yield f"a page it links to can't be read: {followed.problem}"
        elif not followed.nothing:
            yield f"a page it links to gives {_format_number(followed.facts, 'fact')}"


def _count_facts(reading: Reading) -> str:
    return f"{_format_number(reading.links, 'link')}, {_format_number(reading.facts, 'fact')}"


def _format_number(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _collect_details(examined: Examined, comparison: Comparison | None) -> dict[str, object]:
    details: dict[str, object] = {
        "url": examined.url,
        "answers": [_collect_answer(answer) for answer in examined.answers],
    }
    if page := examined.page:
        details |= {
            "bytes": page.body.size,
            "sha256": page.body.sha256,
            "charset": choose_charset(page),
        }
    if comparison:
        details |= _collect_reading(comparison.live)
    if followed := examined.followed:
        problem = followed.problem or followed.nothing
        details["linked"] = {
            "url": followed.url,
            "reader": followed.reader,
            "facts": followed.facts,
            "problem": problem,
        }
    if comparison and comparison.file:
        details["saved"] = {
            "file": comparison.file,
            **_collect_reading(comparison.saved),
            "ratio": comparison.ratio,
        }
    return details


def _collect_reading(reading: Reading) -> dict[str, object]:
    return {"links": reading.links, "facts": reading.facts, "selectors": dict(reading.matched)}


def _collect_answer(answer: Seen) -> dict[str, object]:
    tls = (
        {"issuer": answer.certificate.issuer, "expires": answer.certificate.expires}
        if answer.certificate
        else None
    )
    shown: dict[str, object] = {
        "url": answer.url,
        "status": answer.status,
        "address": answer.address,
        "content_type": answer.content_type,
        "headers": dict(answer.headers),
    }
    return shown | ({"tls": tls} if tls else {})
