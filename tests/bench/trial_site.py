"""`python -m tests.bench.trial_site`: the publishers and the Slack of the trial, in a process of
their own.

Pages of 20 to 80 KB on twenty host names (127.0.0.2 and on), each answer 50 ms after it was asked
for. Half of them have an ETag and a Last-Modified; of the other half each answer differs: a
counter, a token, a clock, a column that rotates. What is posted to Slack is kept with its moment.
`/-/round/PAGES/1` begins a round in which one page in a hundred says something new (0: none does),
and tells of the last.
"""

import asyncio
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

HOSTS = 20
LATENCY = 0.05
CHANGED = 100  # one page in so many says something new in a round in which anything does
POOL = 4_000  # paragraphs, of which each page has its own row
WORDS = """licence export gallium rule annex office form ministry circular control goods firm list permit harbour notice
    term order customs measure review period article clause tariff origin quota vessel cargo declaration""".split()  # noqa: SIM905 -- in a row
ASKED = re.compile(rb"(GET|POST) (\S+) HTTP/1.1\r\n")
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CONDITION = re.compile(rb'\r\nif-none-match: *("[^"]*")', re.IGNORECASE)
NAMED = re.compile(r"page:p(\d+)")


@cache
def pool() -> list[bytes]:
    """The paragraphs that pages are made of."""
    own = random.Random(7)
    texts = (" ".join(own.choices(WORDS, k=own.randint(25, 60))).capitalize() for _ in range(POOL))
    return [f"<p>{text}.</p>\n".encode() for text in texts]


def body(number: int, version: int, noise: random.Random | None) -> bytes:
    """A page as it is in a version, with the noise of one answer where it has any."""
    begins, length = number * 37 % POOL, 70 + number * 13 % 190
    paragraphs = [pool()[(begins + place) % POOL] for place in range(length)]
    if version:
        paragraphs[3] = paragraphs[3].replace(
            b".</p>", f" and since reading {version} tungsten powder.</p>".encode()
        )
    chance = noise or random.Random(number)
    links = b"".join(
        b"<li><a href='/more/%d'>Story %d</a></li>" % (pick, pick)
        for pick in chance.sample(range(400), 5)
    )
    clock = time.strftime("%H:%M:%S") if noise else "08:00:00"
    return b"".join(
        [
            b"<!doctype html><html><head><meta charset='utf-8'><title>Notice"
            b" %d</title></head><body>" % number,
            b"<nav><ul><li><a href='/'>Home</a></li><li><a href='/acts'>Acts</a></li></ul></nav>",
            b"<div class='clock'>%s</div><aside class='more'><h2>Read also</h2><ul>%s</ul></aside>"
            % (clock.encode(), links),
            b"<main id='content'><h1>Notice %d</h1>\n" % number,
            *paragraphs,
            b"</main><form><input type='hidden' name='token' value='%032x'></form>"
            % chance.getrandbits(128),
            b"<footer><p>%d visitors since 2019</p></footer></body></html>"
            % chance.randint(1, 10**6),
        ]
    )


class Site:
    """What the publishers say by now, and what has been heard of it since the round began."""

    def __init__(self) -> None:
        self.versions: defaultdict[int, int] = defaultdict(int)
        self.moved: set[int] = set()
        # when a page that says something new was first sent in this round
        self.sent: dict[int, float] = {}
        # when a message came, and of which pages it speaks
        self.told: list[tuple[float, list[int]]] = []
        self.requests = 0
        self._noise = random.Random(1)

    def begin(self, *, pages: int, changed: bool) -> dict[str, object]:
        """Begin a round; what came of the last one."""
        first = min(
            (
                at - self.sent[page]
                for at, named in self.told
                for page in named
                if page in self.sent
            ),
            default=None,
        )
        named = {page for _, pages_named in self.told for page in pages_named}
        last = {
            "requests": self.requests,
            "messages": len(self.told),
            "false": len(named - self.moved) + sum(1 for _, told in self.told if not told),
            "missed": len(self.moved - named),
            "first_alert": first,
        }
        self.moved = set(range(11, pages, CHANGED)) if changed else set()
        # Half of what changes has validators, half noise.
        self.moved = {page + page // CHANGED % 2 for page in self.moved}
        for page in self.moved:
            self.versions[page] += 1
        self.sent, self.told, self.requests = {}, [], 0
        return last

    def page(self, number: int, head: bytes) -> bytes:
        """The answer to who asks for a page."""
        self.requests += 1
        if number in self.moved:
            self.sent.setdefault(number, time.time() + LATENCY)
        if number % 2:
            return answer(body(number, self.versions[number], self._noise))
        tag = f'"{number}-{self.versions[number]}"'.encode()
        condition = CONDITION.search(head)
        if condition and condition[1] == tag:
            return b"HTTP/1.1 304 Not Modified\r\nETag: " + tag + b"\r\n\r\n"
        stamp = (
            b"ETag: "
            + tag
            + b"\r\nLast-Modified: Thu, 26 Nov 2026 08:%02d:00 GMT\r\n" % self.versions[number]
        )
        return answer(body(number, self.versions[number], None), stamp)

    def post(self, message: bytes) -> bytes:
        """Slack's answer to whatever it is asked; a message is kept."""
        text = message.decode()
        if b'"text"' in message or b'"blocks"' in message:
            self.told.append((time.time(), sorted({int(page) for page in NAMED.findall(text)})))
        return answer(
            json.dumps(
                {"ok": True, "ts": f"{time.time():.6f}", "channel": "C1", "messages": []}
            ).encode(),
            kind=b"application/json",
        )


def answer(content: bytes, more: bytes = b"", kind: bytes = b"text/html; charset=utf-8") -> bytes:
    """An answer in full."""
    return b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n%s" % (
        kind,
        more,
        len(content),
        content,
    )


class Connection(asyncio.Protocol):
    """One connection, kept open: one question after the other."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        for head, content in self._whole():
            self._answer(head, content)

    def _whole(self) -> Iterator[tuple[bytes, bytes]]:
        while b"\r\n\r\n" in self._received:
            head, _, rest = self._received.partition(b"\r\n\r\n")
            length = LENGTH.search(head)
            size = int(length[1]) if length else 0
            if len(rest) < size:
                return
            self._received = rest[size:]
            yield head, rest[:size]

    def _answer(self, head: bytes, content: bytes) -> None:
        asked = ASKED.match(head)
        path = asked[2].decode() if asked else "/"
        if path.startswith("/page/"):
            asyncio.get_running_loop().call_later(
                LATENCY, self._write, self._site.page(int(path[6:]), head)
            )
        elif path.startswith("/-/round/"):
            pages, changed = path.removeprefix("/-/round/").split("/")
            last = self._site.begin(pages=int(pages), changed=changed == "1")
            self._write(answer(json.dumps(last).encode(), kind=b"application/json"))
        elif path.startswith(("/api/", "/hook")):
            self._write(self._site.post(content))
        else:
            self._write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    def _write(self, content: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(content)


async def serve() -> None:
    """Listen, say where, and answer until we are ended."""
    site = Site()
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(site), "0.0.0.0", 0, backlog=1000
    )
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - who started us waits for it
    await server.serve_forever()


if __name__ == "__main__":
    pool()
    asyncio.run(serve())
