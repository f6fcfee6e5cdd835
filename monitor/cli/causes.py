"""Group unreachable sources by their common cause. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from monitor.errors import ErrorKind
from monitor.model import Problem, frozen

UNREACHED = (
    ErrorKind.DNS,
    ErrorKind.CONNECT,
    ErrorKind.PROXY,
    ErrorKind.RESET,
    ErrorKind.DEADLINE,
    ErrorKind.TURN,
)
MOST_ALONE = 3  # sources of one cause that have a line each
MOST_NAMED = 6
CHECK_NETWORK = (
    "check cable, DNS, firewall, and fetch.proxy in config.toml: HTTPS_PROXY is not obeyed"
)


@frozen
class Cause:
    """The cause why `sources` could not be reached, in words that name no host."""

    kind: ErrorKind
    words: str
    sources: tuple[str, ...]

    @property
    def is_common(self) -> bool:
        """Return whether one line covers all of them."""
        return len(self.sources) > MOST_ALONE

    @property
    def names_all(self) -> bool:
        """Return whether its line names every source."""
        return len(self.sources) <= MOST_NAMED

    @property
    def line(self) -> str:
        """The cause with the first of its sources."""
        more = len(self.sources) - MOST_NAMED
        names = ", ".join(self.sources[:MOST_NAMED])
        return f"{self.kind}: {self.words}: {names}{f' and {more} more' if more > 0 else ''}"


def group_unreached(failed: Iterable[tuple[str, Sequence[Problem]]]) -> list[Cause]:
    """Find by which cause sources could not be reached, given all problems of each; the most
    frequent comes first.
    """
    sources, texts = (
        defaultdict[ErrorKind, list[str]](list),
        defaultdict[ErrorKind, Counter[str]](Counter),
    )
    for source, problems in failed:
        if problems and all(problem.kind in UNREACHED for problem in problems):
            kind = ErrorKind(problems[0].kind)
            sources[kind].append(source)
            host, _, words = problems[0].text.partition(": ")
            texts[kind][words or host] += 1
    causes = [
        Cause(kind, texts[kind].most_common(1)[0][0], tuple(named))
        for kind, named in sources.items()
    ]
    return sorted(causes, key=lambda cause: -len(cause.sources))


def describe_no_network(causes: Sequence[Cause], total: int) -> str:
    """State that no source could be reached; "" if one was, or failed for a cause of its own."""
    if total <= 1 or sum(len(cause.sources) for cause in causes) < total:
        return ""
    shared = f": {causes[0].words}" if len(causes) == 1 else ""
    return f"none of {total} sources could be reached{shared}"
