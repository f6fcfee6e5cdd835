"""The other end of Socket Mode: HTTP for the Web API, a real WebSocket for envelopes, and what goes
wrong between the two.

Slack delivers what was not acknowledged again; so does this, to whichever connection is open.
"""

import json
import random
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from monitor.deliver.slack.socket_mode import SocketMode

BOT, APP = "xoxb-socket-tester", "xapp-1-socket-tester"
CHANNEL = "C0SOCKET01"


class Relay:
    """Between the two: once it is frozen nothing passes, and nobody is told so."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.frozen: set[int] = set()
        self.opened = 0
        self._passing: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def freeze(self) -> None:
        """Let nothing pass on any connection that is open now."""
        self.frozen |= set(range(self.opened))

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                self._passing += [near, far]
                number, self.opened = self.opened, self.opened + 1
                for source, target in ((near, far), (far, near)):
                    threading.Thread(
                        target=self._pass, args=(source, target, number), daemon=True
                    ).start()

    def _pass(self, source: socket.socket, target: socket.socket, number: int) -> None:
        with suppress(OSError), source:
            while part := source.recv(65_536):
                if number not in self.frozen:
                    target.sendall(part)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listener.close()
        for passing in self._passing:
            with suppress(OSError):
                passing.shutdown(socket.SHUT_RDWR)


@dataclass
class Envelope:
    """Something that Slack tells us, and how that went: `acks` are when it was acknowledged,
    with the answers.
    """

    id: str
    kind: str
    payload: dict[str, Any]
    sent: list[float] = field(default_factory=list)
    acks: list[float] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)

    @property
    def took(self) -> float:
        """Seconds from its first delivery to its first acknowledgement."""
        return self.acks[0] - self.sent[0]


def is_settled(ear: SocketMode) -> bool:
    """Whether its connection has heard all that a new one hears by itself: the greeting, and
    what answers its first two pings.
    """
    session = ear._handler.client.current_session
    asked = session._first_ping_time  # the second's; the first is sent before
    return (
        bool(ear._envelopes) and asked is not None and (session.last_ping_pong_time or 0.0) >= asked
    )


class SocketPeer:
    """A workspace with one channel.

    `lose` is how often, of one, an acknowledgement does not arrive, `twice` how often something is
    delivered twice at once; what was not acknowledged is delivered again after as many seconds.
    """

    def __init__(
        self, *, seed: int = 0, lose: float = 0.0, twice: float = 0.0, again: float = 0.4
    ) -> None:
        self._again = again
        self._dice = random.Random(seed)
        self.lose, self._twice = lose, twice
        self.messages: dict[str, dict[str, Any]] = {}
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.groups: dict[str, list[str]] = {}
        self.envelopes: dict[str, Envelope] = {}
        self._open: list[ServerConnection] = []
        self._lock = threading.RLock()
        self._over = threading.Event()
        self._sockets = serve(self._connected, "127.0.0.1", 0)
        self.relay = Relay(self._sockets.socket.getsockname()[1])
        peer = self

        class Web(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                typed = self.headers.get("Content-Type") or ""
                given = (
                    json.loads(body or b"{}") if "json" in typed else dict(parse_qsl(body.decode()))
                )
                answer = json.dumps(peer._answer(self.path.rpartition("/")[2], given)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._web = ThreadingHTTPServer(("127.0.0.1", 0), Web)
        self._web.daemon_threads = True
        self.api = f"http://127.0.0.1:{self._web.server_address[1]}/api/"
        for work in (self._sockets.serve_forever, self._web.serve_forever, self._deliver_again):
            threading.Thread(target=work, daemon=True).start()

    # the Web API

    def _answer(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            self.asked.append((method, given))
            if method == "apps.connections.open":
                return {
                    "ok": True,
                    "url": f"ws://127.0.0.1:{self.relay.port}/link/?ticket={len(self.asked)}",
                }
            if method in {"chat.postMessage", "chat.update"}:
                return self._said(given)
            if method == "conversations.history":
                return {"ok": True, "messages": [*self.messages.values()][::-1]}
            if method == "conversations.replies":
                where = given.get("ts")
                alike = [
                    message
                    for message in self.messages.values()
                    if where in {message["ts"], message["thread_ts"]}
                ]
                return {"ok": True, "messages": alike}
            if method == "usergroups.users.list":
                return {"ok": True, "users": self.groups.get(given["usergroup"], [])}
            return {"ok": True}

    def _said(self, given: dict[str, Any]) -> dict[str, Any]:
        ts = given.get("ts") or f"{1_700_000_000 + len(self.messages)}.000100"
        before = self.messages.get(
            ts,
            {"ts": ts, "thread_ts": given.get("thread_ts", ""), "metadata": given.get("metadata")},
        )
        self.messages[ts] = {
            **before,
            "text": given.get("text", ""),
            "blocks": given.get("blocks", []),
        }
        return {"ok": True, "channel": CHANNEL, "ts": ts}

    def told(self, method: str) -> list[dict[str, Any]]:
        """What was asked of one method."""
        return [given for name, given in self.asked if name == method]

    def ts_of(self, key: str) -> str:
        """Where the message with this key stands."""
        with self._lock:
            return next(
                ts
                for ts, message in self.messages.items()
                if message["metadata"]["event_payload"]["key"] == key
            )

    # Socket Mode

    @property
    def connections(self) -> int:
        with self._lock:
            return len(self._open)

    def _connected(self, connection: ServerConnection) -> None:
        connection.send(json.dumps({"type": "hello", "num_connections": 1}))
        with self._lock:
            self._open.append(connection)
        with suppress(ConnectionClosed):
            for text in connection:
                self._acknowledged(json.loads(text))
        with self._lock:
            self._open = [other for other in self._open if other is not connection]

    def _acknowledged(self, answer: dict[str, Any]) -> None:
        with self._lock:
            if self._dice.random() < self.lose:
                return
            envelope = self.envelopes[answer["envelope_id"]]
            envelope.acks.append(time.monotonic())
            envelope.answers.append(answer.get("payload"))

    def chat(self) -> None:
        """Say something that is no envelope, and wait until it was heard on every connection."""
        with self._lock:
            listening = [*self._open]
        for connection in listening:
            connection.send(json.dumps({"type": "hello", "num_connections": len(listening)}))
            assert connection.ping().wait(10)

    def disconnect(self) -> None:
        """Close one connection, as Slack does when it moves us."""
        with self._lock:
            leaving = self._dice.choice(self._open) if self._open else None
        if leaving:
            leaving.close()

    def deliver(
        self, kind: str, payload: dict[str, Any], *, surely_twice: bool = False
    ) -> Envelope:
        """Tell us something; some of it twice."""
        with self._lock:
            envelope = Envelope(f"envelope-{len(self.envelopes)}", kind, payload)
            self.envelopes[envelope.id] = envelope
            twice = surely_twice or self._dice.random() < self._twice
        self._send(envelope)
        if twice:
            self._send(envelope)
        return envelope

    def _send(self, envelope: Envelope) -> None:
        with self._lock:
            envelope.sent.append(time.monotonic())
            connection = self._dice.choice(self._open) if self._open else None
        told = {
            "envelope_id": envelope.id,
            "type": envelope.kind,
            "payload": envelope.payload,
            "accepts_response_payload": True,
        }
        with suppress(ConnectionClosed):
            if connection:
                connection.send(json.dumps(told))

    def _deliver_again(self) -> None:
        while not self._over.wait(self._again / 4):
            with self._lock:
                late = [
                    one
                    for one in self.envelopes.values()
                    if not one.acks and time.monotonic() - one.sent[-1] > self._again
                ]
            for envelope in late:
                self._send(envelope)

    @property
    def waiting(self) -> int:
        """How many envelopes nobody has acknowledged."""
        with self._lock:
            return sum(not envelope.acks for envelope in self.envelopes.values())

    def stop(self) -> None:
        self._over.set()
        self._web.shutdown()
        self._web.server_close()
        self._sockets.shutdown()
        self.relay.close()


def user(name: str) -> dict[str, str]:
    return {"id": f"U0{name.upper()}", "username": name, "team_id": "T0DESK"}


def click(
    message: dict[str, Any], action: str, name: str = "li", *, at: int = 0, choice: str = ""
) -> dict[str, Any]:
    """The payload of a click on one of a message's own buttons, as Slack sends it."""
    (row,) = [block for block in message["blocks"] if block["type"] == "actions"]
    element = next(element for element in row["elements"] if element["action_id"] == action)
    chosen = {"selected_option": {"value": choice}} if choice else {"value": element.get("value")}
    return {
        "type": "block_actions",
        "user": user(name),
        "trigger_id": f"trigger-{at}",
        "container": {"type": "message", "message_ts": message["ts"], "channel_id": CHANNEL},
        "message": {"ts": message["ts"], "blocks": message["blocks"]},
        "actions": [
            {
                **element,
                **chosen,
                "block_id": row["block_id"],
                "action_ts": f"{1_700_000_500 + at}.5",
            }
        ],
    }


def saved(
    view: dict[str, Any], answers: dict[str, dict[str, Any]], name: str = "li", *, at: int = 0
) -> dict[str, Any]:
    """The payload of a modal that was filled in: by the name of each question what was answered."""
    values = {question: {question: answer} for question, answer in answers.items()}
    return {
        "type": "view_submission",
        "user": user(name),
        "view": {**view, "id": f"V{at}", "state": {"values": values}},
    }


def reaction(ts: str, emoji: str, name: str = "li", *, at: int = 0) -> dict[str, Any]:
    """The payload of a reaction to a message."""
    item = {"type": "message", "channel": CHANNEL, "ts": ts}
    told = {
        "type": "reaction_added",
        "user": f"U0{name.upper()}",
        "reaction": emoji,
        "item": item,
        "event_ts": f"{at}.1",
    }
    return {"type": "event_callback", "event_id": f"Ev{at}", "event": told, "team_id": "T0DESK"}
