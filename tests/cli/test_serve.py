import builtins
import socket
import sys

import pytest
from command import typed

from monitor.console import serve as consoles


def test_beyond_this_machine_it_does_not_begin_before_somebody_says_who_may_look(tmp_path):
    refused = typed(tmp_path, "serve --host 0.0.0.0 --port 0")

    assert refused.returncode == 2
    assert refused.stderr.startswith(
        "monitor: --host 0.0.0.0: others could read your watch list there"
    )


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = typed(tmp_path, "serve --port", str(taken.getsockname()[1]))

    assert refused.returncode == 2
    assert "nobody can listen there" in refused.stderr


def test_without_the_extra_it_says_how_to_install_it(tmp_path, monkeypatch):
    imported = builtins.__import__

    def lacking(name, *rest, **more):
        if name.partition(".")[0] == "uvicorn":
            raise ModuleNotFoundError("No module named 'uvicorn'", name="uvicorn")
        return imported(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", lacking)
    monkeypatch.delitem(sys.modules, "monitor.console.serve")
    refused = typed(tmp_path, "serve")

    assert refused.returncode == 2
    assert "pip install 'regulatory-monitor[console]'" in refused.stderr


def test_it_says_where_to_look(tmp_path, monkeypatch):
    monkeypatch.setattr(consoles.uvicorn.Server, "serve", _ended)
    begun = typed(tmp_path, "serve --port 0")

    assert begun.returncode == 0
    assert begun.stderr.startswith("monitor: look at http://127.0.0.1:")


async def _ended(_self, sockets) -> None:
    assert [place.getsockname()[0] for place in sockets] == ["127.0.0.1"]


@pytest.mark.parametrize("port", ["65536", "-1", "web"])
def test_what_is_no_port_is_wrong_use(tmp_path, port):
    assert typed(tmp_path, "serve --port", port).returncode == 2
