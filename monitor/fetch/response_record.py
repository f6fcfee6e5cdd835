"""What of each answer on the way to a page is kept as evidence of where it came from."""

from dataclasses import dataclass
from datetime import datetime

import httpx

from monitor.clock import iso
from monitor.config import harmless
from monitor.fetch.request_step import RequestStep
from monitor.fetch.seen import PRIVATE
from monitor.source.page import ResponseRecord

LEFT_OUT = PRIVATE | {"location"}  # the next answer says where it led, and an address that is signed is for us alone
MOST = 60  # headers; servers send some twenty
LONGEST = 1_000  # characters of a value


@dataclass(frozen=True)
class Answered:
    """An answer as it came, and what was asked."""

    step: RequestStep
    answer: httpx.Response
    at: datetime


def response_record(answered: Answered) -> ResponseRecord:
    """An answer as evidence; of an address that is valid for minutes without the query that makes it so."""
    url = answered.step.url.copy_with(query=None) if answered.step.is_passing else answered.step.url
    return ResponseRecord(str(url), iso(answered.at), answered.answer.status_code, _headers(answered.answer))


def _headers(answer: httpx.Response) -> dict[str, str]:
    told = [(name, value) for name, value in answer.headers.items() if name.lower() not in LEFT_OUT]
    return {name: harmless.line(value[:LONGEST]) for name, value in told[:MOST]}
