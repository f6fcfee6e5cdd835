"""Where what is known is kept: a folder, or a database of PostgreSQL and a folder for what a machine keeps for itself."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

SCHEMES = ("postgresql://", "postgres://")


def is_database(text: str) -> bool:
    """Whether a store named so is a database, and no folder."""
    return text.startswith(SCHEMES)


def has_password(database: str) -> bool:
    """Whether the address of a database holds a password, which the list of processes and config.toml would show."""
    try:
        parts = urlsplit(database)
    except ValueError:
        return "password" in database
    return bool(parts.password) or any(name in ("password", "sslpassword") for name, _ in parse_qsl(parts.query))


@dataclass(frozen=True, slots=True)
class Store:
    """A store: `store / name` is a file or folder of this machine's own.

    `folder` holds all of it where `database` is None. Else it is in that database, at an address as libpq reads it, which
    may hold a password: nothing but `database` itself shows it.
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
    """The address of a database without what may be secret in it: user, password, and what follows a question mark."""
    try:
        parts = urlsplit(database)
    except ValueError:
        return SCHEMES[0]
    return f"{SCHEMES[0]}{parts.netloc.rpartition('@')[2]}{parts.path}"
