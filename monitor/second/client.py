"""A server with the OpenAI chat API: JSON within a deadline. Does I/O; knows no act."""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec

from monitor.clock import format_duration
from monitor.config.settings import SecondReaderSettings
from monitor.errors import FetchError, MonitorError
from monitor.fetch.answer import retry_after
from monitor.fetch.connect import CheckedTransport, Connector
from monitor.second.answer import AGAIN, Answer, make_question, make_schema, read_answer

LATER = 3600.0  # seconds
REFUSES_FORM = (400, 422)
MODES = ("schema", "object", "prompt")  # modes of requesting JSON, the strictest first
LIMITS = ("max_tokens", "max_completion_tokens")  # names of the longest answer, the older first
LARGEST = 2_000_000  # bytes of an answer
PER_TOKEN = 1.5  # characters at least, if a server does not report its use


class NoAnswer(MonitorError):
    """The server gave no usable answer; `used` tokens are spent, `wait` is the seconds until the
    next try.
    """

    def __init__(self, text: str, used: "Used", wait: float = LATER) -> None:
        super().__init__(text)
        self.used = used
        self.wait = wait


@dataclass
class Used:
    """Tokens that went."""

    asked: int = 0
    answered: int = 0

    def __add__(self, other: "Used") -> "Used":
        return Used(self.asked + other.asked, self.answered + other.answered)

    def add(self, usage: object, sent: int, came: int) -> None:
        """Add the server's token count, or an estimate by characters."""
        said = usage if isinstance(usage, Mapping) else {}
        self.asked += _count(said.get("prompt_tokens"), sent)
        self.answered += _count(said.get("completion_tokens"), came)


class Message(msgspec.Struct, frozen=True):
    """The model's text."""

    content: str | None = None


class Choice(msgspec.Struct, frozen=True):
    """One of the answers; we request one."""

    message: Message = Message()


class Completion(msgspec.Struct, frozen=True):
    """An answer of the protocol, as far as we use it."""

    choices: list[Choice] = []
    usage: Any = None


def _count(said: object, characters: int) -> int:
    return said if isinstance(said, int) and said > 0 else int(characters / PER_TOKEN) + 1


@dataclass
class Client:
    """One server and model. The first mode that it takes is remembered for as long as this
    lives.
    """

    settings: SecondReaderSettings
    user_agent: str
    key: str | None = None
    _mode: int = 0
    _bare: bool = False  # takes no temperature
    _limits: list[str] = field(default_factory=lambda: [*LIMITS])
    _http: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        tls = (
            httpx.create_ssl_context()
            if self.settings.url.startswith("https")
            else ssl.create_default_context()
        )
        transport = CheckedTransport(tls, Connector(allow_private=self.settings.allow_private))
        self._http = httpx.AsyncClient(
            transport=transport,
            follow_redirects=False,
            timeout=self.settings.deadline.total_seconds(),
        )

    async def aclose(self) -> None:
        """Close its connections."""
        await self._http.aclose()

    async def ask(self, text: str, title: str, registers: list[str]) -> tuple[Answer, Used]:
        """Ask the model about a text, a second time if the form is wrong.

        Raises:
            NoAnswer: the server can't be reached, refuses, is too slow, or answers in no readable
                form.
        """
        used, messages, fault = (
            Used(),
            make_question(text, title, registers, schema=self._mode == 0),
            "",
        )
        for _ in range(2):
            content = await self._complete(messages, used)
            try:
                return read_answer(content), used
            except (msgspec.MsgspecError, RecursionError) as error:
                fault = str(error)[:200]
            # a server that enforces the schema could not answer this
            self._mode = min(self._mode + 1, len(MODES) - 1)
            messages = make_question(text, title, registers, schema=False)
            messages += [
                {"role": "assistant", "content": content[:4000]},
                {"role": "user", "content": AGAIN.format(fault=fault)},
            ]
        raise NoAnswer(f"{self.settings.model} answers in no form that can be read: {fault}", used)

    async def _complete(self, messages: list[dict[str, str]], used: Used) -> str:
        """Return the model's text, in the strictest mode that its server accepts."""
        try:
            async with asyncio.timeout(self.settings.deadline.total_seconds()):
                answer = await self._post(messages)
                while answer.status_code in REFUSES_FORM and self._step_down(answer.text):
                    answer = await self._post(messages)
        except TimeoutError:
            self._add_lost(messages, used)
            raise NoAnswer(
                f"no answer within {format_duration(self.settings.deadline)}", used
            ) from None
        except FetchError as error:
            raise NoAnswer(str(error).replace("[fetch]", "[second_reader]"), used) from None
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise NoAnswer(f"it can't be reached ({type(error).__name__})", used) from None
        except httpx.HTTPError as error:
            self._add_lost(messages, used)
            raise NoAnswer(f"no whole answer came ({type(error).__name__})", used) from None
        if not answer.is_success:
            wait = retry_after(answer.headers.get("Retry-After", ""), now=datetime.now(UTC))
            raise NoAnswer(f"it answers {answer.status_code}", used, wait=max(wait or LATER, 1.0))
        return _read_content(answer, messages, used)

    def _add_lost(self, messages: list[dict[str, str]], used: Used) -> None:
        """Add the most of an answer that never came: it may have been made, and cost."""
        used.asked += _count(None, _count_characters(messages))
        used.answered += self.settings.answer

    def _step_down(self, said: str) -> bool:
        """Return whether a less strict mode is left for a server that refuses."""
        if "temperature" in said and not self._bare:
            self._bare = True
            return True
        if len(self._limits) > 1 and self._limits[0] in said:  # the last stays: the caps rest on it
            del self._limits[0]
            return True
        self._mode += 1
        return self._mode < len(MODES)

    async def _post(self, messages: list[dict[str, str]]) -> httpx.Response:
        self._mode = min(self._mode, len(MODES) - 1)
        schema = {"name": "announcement", "strict": True, "schema": make_schema()}
        forms: list[dict[str, Any]] = [
            {"type": "json_schema", "json_schema": schema},
            {"type": "json_object"},
        ]
        body: dict[str, Any] = {"model": self.settings.model, "messages": messages}
        body |= {} if self._bare else {"temperature": 0}
        body[self._limits[0]] = self.settings.answer
        body |= {"response_format": forms[self._mode]} if self._mode < len(forms) else {}
        headers = {
            "User-Agent": self.user_agent,
            **({"Authorization": f"Bearer {self.key}"} if self.key else {}),
        }
        url = f"{self.settings.url.rstrip('/')}/chat/completions"
        async with self._http.stream("POST", url, json=body, headers=headers) as answer:
            content = bytearray()
            async for piece in answer.aiter_bytes():
                content += piece
                if len(content) > LARGEST:
                    raise httpx.DecodingError("the answer is too large")
        wait = answer.headers.get("Retry-After", "")
        return httpx.Response(
            answer.status_code, headers={"Retry-After": wait}, content=bytes(content)
        )


def _count_characters(messages: list[dict[str, str]]) -> int:
    return sum(len(message["content"]) for message in messages)


def _read_content(answer: httpx.Response, messages: list[dict[str, str]], used: Used) -> str:
    """Return the model's text; nothing if the answer breaks the protocol."""
    try:
        told = msgspec.json.decode(answer.content, type=Completion)
    except (msgspec.MsgspecError, RecursionError):
        told = Completion()
    content = next((choice.message.content or "" for choice in told.choices), "")
    used.add(told.usage, _count_characters(messages), len(content))
    return content
