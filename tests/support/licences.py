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

The monitor itself is Apache-2.0 ([LICENSE](../LICENSE)). It includes no code of others: the packages below are installed beside
it, in the versions of `uv.lock`, and each says its own licence. `tests/test_licences.py` compares this list with them;
`make licences` writes it anew. What is needed on another system only (colorama, on Windows) is not in it; the tests also run
the npm package emulate (Apache-2.0). One test of the long run installs followthemoney (MIT) for itself alone (the group
`followthemoney` of pyproject.toml), and what that needs.
"""


def text() -> str:
    """The document as it has to be."""
    locked = {package["name"]: package for package in tomllib.loads((ROOT / "uv.lock").read_text())["package"]}
    own = locked["regulatory-monitor"]
    needed = _reached(own["dependencies"], locked)
    extras = {name: _reached(first, locked) - needed for name, first in sorted(own["optional-dependencies"].items())}
    tools = _reached(own["dev-dependencies"]["dev"], locked) - needed - set().union(*extras.values())
    parts = [
        ("Needed to run it", needed),
        *((f"Needed for the extra `{name}`", packages) for name, packages in extras.items()),
        ("Needed only to work on it", tools),
    ]
    return HEAD + "".join(f"\n## {title}\n\n{_table(names)}" for title, names in parts)


def _reached(first: Iterable[dict], locked: dict[str, dict]) -> set[str]:
    """The names of these packages and of all that they need in turn."""
    reached: set[str] = set()
    ahead = list(first)
    while ahead:
        needed = ahead.pop()
        package = locked[needed["name"]]
        extras = [each for extra in needed.get("extra", ()) for each in package["optional-dependencies"][extra]]
        if needed["name"] not in reached:
            reached.add(needed["name"])
            extras += package.get("dependencies", [])
        ahead += extras
    return reached


def _table(names: set[str]) -> str:
    rows = (f"| {name} | {licence} |\n" for name in sorted(names) for licence in _said(name))
    return "| package | licence |\n|---|---|\n" + "".join(rows)


def _said(name: str) -> Iterator[str]:
    """What an installed package says of its licence, in the newest of the three fields that there were for it."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return
    classified = [each.rpartition(" :: ")[2] for each in about.get_all("Classifier") or () if each.startswith("License ::")]
    yield about["License-Expression"] or about["License"] or ", ".join(classified) or "not said"


if __name__ == "__main__":
    DOCUMENT.write_text(text())
