"""Secrets, which only the environment has: config.toml names the variable that holds one."""

import os

from monitor.errors import ConfigError


def read_secret(name: str) -> str | None:
    """A secret from the environment; an empty one is none."""
    return os.environ.get(name) or None


class Variable(str):
    """The name of a variable of the environment, as a setting has it."""

    __slots__ = ()

    def held(self, key: str, what: str) -> str:
        """Read the variable that config.toml names under `key`; `what` describes its content for an
        error.

        Raises:
            ConfigError: it is not set; the error shows config.toml's value only if it looks like a
                variable's name.
        """
        held = read_secret(self)
        if held is None:
            shown = self if self.isidentifier() else "the variable it names"
            raise ConfigError(
                f"{key}: {shown} is not set in the environment; it has to hold {what}"
            )
        return held
