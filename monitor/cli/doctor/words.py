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
from monitor.source.page import Page

CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
UNPROVEN = "unproven: no live page was ever read by its reader"
OTHER = "open the address in a browser; report it with --json"
MOVED = 'if only this source fails, its publisher may have moved: set url under [sources."{id}"]'
REMEDIES = {
    ErrorKind.DNS: f"check this machine's network and resolver; {MOVED}",
    ErrorKind.CONNECT: f"check network, firewall and proxy; {MOVED}",
    ErrorKind.PROXY: (
        "see that the proxy runs, and takes us: its address is what proxy names in config.toml"
    ),
    ErrorKind.RENDER: (
        "see that the browser runs (fetch.browser); a page whose words stand in it as it comes"
        " needs no render"
    ),
    ErrorKind.RESET: (
        "try again; if it stays, the publisher turns this network away: try from another one"
    ),
    ErrorKind.DEADLINE: (
        "the host is slow or drops our packets: raise fetch.deadline, or try from another network"
    ),
    ErrorKind.TURN: (
        "other sources of this host were slow; ask for this one alone: monitor doctor {id}"
    ),
    ErrorKind.TLS: (
        "check this machine's clock and CA certificates (SSL_CERT_FILE for a proxy's own); we never"
        " skip the check; a certificate that the server leaves out belongs into that file"
    ),
    ErrorKind.PRIVATE_ADDRESS: (
        "right for an intranet only: then set allow_private = true under [fetch]"
    ),
    ErrorKind.REDIRECT: ('open the address in a browser, then set url under [sources."{id}"]'),
    ErrorKind.BUSY: "wait; the schedule obeys the server's delay",
    ErrorKind.GONE: (
        'the page moved: find its new address, set url under [sources."{id}"], then mend the'
        " scraper"
    ),
    ErrorKind.REFUSED: (
        "the server turns robots away: put a contact into fetch.user_agent, ask the publisher, or"
        " try another network; a page that you saved in a browser is read with `monitor hand-in"
        " {id} FILE`"
    ),
    ErrorKind.SERVER: "the publisher's trouble: wait",
    ErrorKind.ROBOTS: "ask the publisher, or set fetch.robots = false",
    ErrorKind.TOO_LARGE: "raise size_limit of the source in its scraper",
    ErrorKind.TRUNCATED: "the connection cuts the page: try again, or from another network",
    ErrorKind.ENCODING: (
        "the server packs its pages in a way we don't ask for: report it with --json"
    ),
    ErrorKind.LAYOUT: (
        "the page changed: `monitor doctor {id} --save`, mend the selector, run pytest"
        " tests/test_pages.py"
    ),
    ErrorKind.NOT_THE_PAGE: (
        "another page came (bot wall, maintenance): open it in a browser; --save keeps it as a page"
        " to refuse"
    ),
    ErrorKind.UNREADABLE: (
        "the bytes are no text we know: --save keeps them; a charset may stand in the source's"
        " Request"
    ),
    ErrorKind.READER: (
        "the scraper fell over the page: `monitor doctor {id} --save`, mend it, run pytest"
        " tests/test_pages.py"
    ),
    ErrorKind.PROTOCOL: (
        "no web server answers there: open the address in a browser; perhaps a proxy stands between"
    ),
    ErrorKind.FETCH: OTHER,
    ErrorKind.BOT_WALL: (
        "a wall against robots: look for a feed or a mirror of the publisher; save the page in a"
        " browser and run `monitor hand-in {id} FILE`; last, set render"
    ),
    ErrorKind.MAINTENANCE: "the publisher's trouble: wait",
    ErrorKind.ERROR_PAGE: (
        "the publisher's trouble: wait; if it stays, open the address in a browser"
    ),
    ErrorKind.EMPTY: "an empty page came: wait; if it stays, open the address in a browser",
    ErrorKind.QUESTION_MARKS: (
        "the server lost its own words: wait; if it stays, report it with --json"
    ),
    ErrorKind.LFS_POINTER: (
        "a pointer came in place of the file: find the address of the file itself"
    ),
    ErrorKind.OLDER: "an earlier edition came, from a cache or a mirror: wait",
    ErrorKind.VANISHED: (
        'the page is gone: open the page; if it moved, set url under [sources."{id}"]'
    ),
    ErrorKind.BROKEN_XML: "the file is broken or cut: wait; --save keeps it, to be reported",
    ErrorKind.XML_ENTITIES: (
        "the file declares what we never follow: --save keeps it, to be reported"
    ),
    ErrorKind.REQUEST: (
        'the address can\'t be asked for: mend url under [sources."{id}"], or in its scraper'
    ),
    ErrorKind.INCOMPLETE: "fewer records came than are declared: wait; --save keeps the file",
    ErrorKind.KILLED: (
        "its reader came to no end: raise fetch.reading, or report it with the page (--save)"
    ),
    ErrorKind.QUARANTINED: (
        "its reader came to no end twice: read the page yourself, and report it (--save)"
    ),
    ErrorKind.STORE: "`monitor status` shows the store's problem",
    ErrorKind.MONITOR: "report the line with --json",
    ErrorKind.SOURCE: OTHER,
    ErrorKind.STALE: "look at the log of the daemon and restart it",
    ErrorKind.FROZEN: (
        'compare it with a browser; if it is right, set unmoved under [sources."{id}"]'
    ),
    ErrorKind.ZOMBIE: (
        "look where the publisher publishes now; if it is only quiet, set absence under"
        ' [sources."{id}"]'
    ),
    ErrorKind.GAP: "look for that act yourself; `monitor hand-in` takes its page",
    ErrorKind.MIRROR: "look at both pages: one of them is behind or cut",
    ErrorKind.CANARY: (
        'open the page: perhaps only a part of it comes; or mend canary under [sources."{id}"]'
    ),
    ErrorKind.COUNT: (
        'open the page: perhaps only a part of it comes; or mend floor under [sources."{id}"]'
    ),
    ErrorKind.UNORDERED: (
        "open the page: perhaps its newest entries are not among those that came; the address may"
        " lack an order"
    ),
    ErrorKind.UNDATED: (
        "open the page: perhaps another list came, or its form changed; then mend the scraper"
    ),
    ErrorKind.CACHED: (
        "news may be late by as much; another source of the authority may be earlier; inform the"
        " publisher"
    ),
    ErrorKind.NOT_MODIFIED: (
        "nothing: the monitor fetches the whole page every hour; inform the publisher"
    ),
    ErrorKind.MOVED: (
        'open its address: if the list goes on elsewhere, set url under [sources."{id}"]'
    ),
    ErrorKind.OUTDATED: "open the page: the server may give an old copy; inform the publisher",
    ErrorKind.LINKS_NOT_READ: (
        "open the page: if acts stand there, `monitor hand-in` takes theirs; then mend the scraper"
    ),
    ErrorKind.BLIND: (
        "read the authority's site yourself meanwhile; `monitor doctor` names the cause of each"
        " source"
    ),
    ErrorKind.NETWORK: "check this machine's network, resolver and firewall",
}


def find_remedy(kind: ErrorKind) -> str:
    """Return the way out of a cause that makes many sources unreachable."""
    return REMEDIES[kind].partition(";")[0]


def word_remedy(kind: ErrorKind, source: str) -> str:
    """The way out for one source; the address of a `[[page]]` stands in its own table."""
    remedy = REMEDIES.get(kind, OTHER)
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
