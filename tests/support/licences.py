"""The licences of what we depend on, as each package says them.

`python -m tests.support.licences` writes docs/licences.md anew.
"""

import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
DOCUMENT = ROOT / "docs/licences.md"
HEAD = """# Licences of what we depend on

The monitor is Apache-2.0 ([LICENSE](../LICENSE)) and includes no code of others. These packages are installed beside it, in the
versions of `uv.lock`, each with the licence that it names; `make licences` writes this page. Not in it: what only other systems
need (colorama), and what only tests and checks run.
"""
LONGEST = 80  # characters of a licence's name; some packages put the whole text there


def text() -> str:
    """The document as it has to be."""
    locked = {
        package["name"]: package
        for package in tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    }
    own = locked["regulatory-monitor"]
    needed = _reached(own["dependencies"], locked)
    extras = {
        name: _reached(first, locked) - needed
        for name, first in sorted(own["optional-dependencies"].items())
    }
    parts = [
        ("Needed to run it", needed),
        *((f"Needed for the extra `{name}`", packages) for name, packages in extras.items()),
    ]
    return HEAD + "".join(f"\n## {title}\n\n{_table(names)}" for title, names in parts)


def _reached(first: Iterable[dict], locked: dict[str, dict]) -> set[str]:
    """The names of these packages and of all that they need in turn."""
    reached: set[str] = set()
    ahead = list(first)
    while ahead:
        needed = ahead.pop()
        package = locked[needed["name"]]
        extras = [
            each
            for extra in needed.get("extra", ())
            for each in package["optional-dependencies"][extra]
        ]
        if needed["name"] not in reached:
            reached.add(needed["name"])
            extras += package.get("dependencies", [])
        ahead += extras
    return reached


def _table(names: set[str]) -> str:
    """A line a licence, with all packages of it."""
    by_licence: dict[str, list[str]] = {}
    for name in sorted(names):
        for licence in _said(name):
            by_licence.setdefault(licence, []).append(name)
    return "".join(
        f"- {licence}: {', '.join(packages)}\n" for licence, packages in sorted(by_licence.items())
    )


def _said(name: str) -> Iterator[str]:
    """What an installed package says of its licence, in the newest of the three fields that
    there were for it.
    """
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return
    classified = [
        each.rpartition(" :: ")[2]
        for each in about.get_all("Classifier") or ()
        if each.startswith("License ::")
    ]
    whole = about["License-Expression"] or about["License"] or ""
    yield (
        whole if 0 < len(whole) <= LONGEST and whole != "UNKNOWN" else ", ".join(classified)
    ) or "not said"


if __name__ == "__main__":
    DOCUMENT.write_text(text())
