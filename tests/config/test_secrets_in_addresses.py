"""A password stands in no address that others can read: it is refused, and not repeated."""

from pathlib import Path

import pytest
from command import run

HIDDEN = "pass-of-ana"


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://ana:{HIDDEN}@db.example/m",
        f"postgres://db.example/m?user=ana&password={HIDDEN}",
    ],
)
@pytest.mark.parametrize("where", ["--store", "config.toml"])
def test_an_address_of_a_store_that_holds_a_password_is_refused(
    settings: Path, address: str, where: str
):
    words = ["--store", address]
    if where == "config.toml":
        lines = [line for line in settings.read_text().splitlines() if not line.startswith("store")]
        settings.write_text("\n".join([f'store = "{address}"', *lines]))
        words = []
    done = run("--config", settings, *words, "status")

    assert (done.returncode, done.stdout) == (2, "")
    assert "the address holds a password; keep it in PGPASSWORD or ~/.pgpass" in done.stderr
    assert HIDDEN not in done.stderr
