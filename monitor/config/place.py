"""Where the monitor itself listens: `127.0.0.1:9464`."""

import re

WRITTEN = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,253}):([0-9]{1,5})")
HIGHEST = 65_535


class Place(str):
    """A host and a port of this machine, as a setting has it; an IPv6 address in brackets."""

    __slots__ = ()

    @classmethod
    def of(cls, text: str) -> "Place":
        """Raises ValueError for what is no host with a port."""
        match = WRITTEN.fullmatch(text)
        if match is None or not 0 < int(match[2]) <= HIGHEST:
            raise ValueError(f'{text!r} is no place to listen at; write for example "127.0.0.1:9464"')
        return cls(text)

    @property
    def host(self) -> str:
        """Without brackets."""
        return self.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        """Its number."""
        return int(self.rpartition(":")[2])
