"""The place of the store: a folder, or a PostgreSQL database with a folder for this machine's
own files.
"""

from dataclasses import field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from monitor.model import frozen

SCHEMES = ("postgresql://", "postgres://")


def is_database(text: str) -> bool:
    """Return whether a store's name is a database's, and no folder's."""
    return text.startswith(SCHEMES)


def has_password(database: str) -> bool:
    """Return whether a database's address has a password, which the list of processes and
    config.toml would show.
    """
    try:
        parts = urlsplit(database)
    except ValueError:
        return "password" in database
    return bool(parts.password) or any(
        name in ("password", "sslpassword") for name, _ in parse_qsl(parts.query)
    )


@frozen
class Store:
    """A store: `store / name` is a file or folder of this machine's own. `folder` has all of it if
    `database` is None. Otherwise it is in that database, at an address for libpq, which may have a
    password: only `database` shows it.
    """

    folder: Path
    database: str | None = field(default=None, repr=False)

    @classmethod
    def of(cls, place: "Store | Path") -> "Store":
        """A folder as a store; a store as it is."""
        return place if isinstance(place, Store) else cls(place)

    def __truediv__(self, name: str) -> Path:
        return self.folder / name

    def __str__(self) -> str:
        return str(self.folder) if self.database is None else hide_address_secrets(self.database)


def hide_address_secrets(database: str) -> str:
    """The address of a database without what may be secret in it: user, password, and what
    follows a question mark.
    """
    try:
        parts = urlsplit(database)
    except ValueError:
        return SCHEMES[0]
    return f"{SCHEMES[0]}{parts.netloc.rpartition('@')[2]}{parts.path}"
