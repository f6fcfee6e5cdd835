"""How an answer's lines look: for a person a record of a few lines each, for a program tab-separated. Prints."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from monitor.cli.layout import BENEATH, wrapped
from monitor.cli.tables import print_table
from monitor.config.outward import fit
from monitor.pipeline.rows import Names, how
from monitor.pipeline.standing import Standing

STANDING = ("subject", "state", "list", "since", "act", "why", "link")
NAMED = ("act", "named", "state")
NAMED_MOST = 100  # names and goods that a person is shown


def print_standings(rows: Sequence[tuple[Standing, Sequence[str]]]) -> None:
    """Each line with why it is an answer: how a name is alike, and the words that say so; a person reads these once."""
    if not rows:
        return
    if not Console().is_terminal:
        print_table(STANDING, [cells(stands, "; ".join(why)) for stands, why in rows])
        return
    quoted: set[str] = set()
    for stands, why in rows:
        print_standing(stands, "; ".join(_unless(reason, quoted) for reason in why))
        quoted.update(why)


def _unless(reason: str, quoted: set[str]) -> str:
    """Whose words say so; the words themselves only where they have not been quoted."""
    act, quote, _ = reason.partition("“")
    return f"{act.rstrip(': ')}, as quoted above" if reason in quoted and quote else reason


def print_named(lines: Sequence[Names]) -> None:
    """All that each line names; a person reads beneath which of several it stands, and the first hundred of them."""
    if not lines:
        return
    if not Console().is_terminal:
        print_table(NAMED, [(stands.act, name, stands.state) for stands, names in lines for name in names])
        return
    print_wrapped("Named", style="bold")
    left = NAMED_MOST
    for stands, names in lines:
        if len(lines) > 1 and left:
            print_wrapped(f"{stands.act} · {stands.state}", BENEATH, "dim")
        for name in names[:left]:
            print_wrapped(name, BENEATH if len(lines) == 1 else 2 * BENEATH)
        left -= len(names[:left])
    if unshown := sum(len(names) for _, names in lines) - NAMED_MOST + left:
        print_wrapped(f"and {unshown:,} more, see --json", BENEATH)


def cells(stands: Standing, why: str) -> tuple[str, ...]:
    """A line under `STANDING`."""
    return stands.subject, stands.state, stands.register, stands.since, stands.act, why, stands.link


def print_standing(stands: Standing, why: str, also: str = "", head: str = "", indent: int = 0) -> None:
    """One line as a record: whom or what, how it stands, why, where that is printed."""
    print_wrapped(f"{head}{stands.subject}", indent, "bold")
    print_wrapped(how(stands), indent + BENEATH)
    for text in filter(None, (also, why, stands.link)):
        print_wrapped(text, indent + BENEATH, "dim")


def print_wrapped(text: str, indent: int = 0, style: str = "") -> None:
    """A text in lines that fit; an address is never broken."""
    console = Console()
    for line in wrapped(fit(text), console.width - indent):
        console.print(Text(" " * indent + line, style), soft_wrap=True)
