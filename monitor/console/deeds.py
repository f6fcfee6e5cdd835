"""Triage in a browser: forms, each with its own token, and the orders made from them. Only deciders
have them.
"""

import hmac
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, get_args
from urllib.parse import quote

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from monitor import vocabulary
from monitor.ask import cases, reviewing
from monitor.config.redact import clean
from monitor.console import answering
from monitor.console.answering import HTML, Turns
from monitor.console.banner import frame_page
from monitor.console.desk import ConsoleDesk
from monitor.console.guard import ASKER, DEED, DISMISSAL
from monitor.errors import ConfigError, MonitorError
from monitor.model import Action, EntityKind, TermKind
from monitor.render.opinions import describe_head
from monitor.run import triage
from monitor.source.registry import Registry
from monitor.store import acts, handling
from monitor.triage.deciding import explain_missing_role, explain_refusal, list_roles
from monitor.triage.values import (
    CONSOLE,
    Person,
    TriageRequest,
    Verb,
    list_mute_subjects,
    stamp_mark,
)

Order = Callable[[TriageRequest], Sequence[str] | None]
DEEDS = (Verb.TAKE, Verb.DONE, Verb.NOT_OURS, Verb.SNOOZE, Verb.MUTE)
NEW = "new"  # instead of the number of a measure: one that was not read
HEAD, PARTS = ("action", "register"), ("starts", "ends", "destination", "amends")
ADDED = ("measure", *HEAD, "kind", "name", "code", "hs", "goods", *PARTS, "term", "says")
FIELDS = ("verb", "what", "decision", "text", "until", "to", "quote", *ADDED)
TICKS = ("said", "strike")
SECRET = secrets.token_bytes(32)  # of this process: a page of an earlier one is loaded again
FACTS = 300  # of an act that are shown to be struck; `monitor review` numbers all
OLD = "this form is not of a page that was made for you now; load the page again"


def make_token(user: str, nonce: str = "") -> str:
    """Make a token that proves that a form comes from our page for this user. It identifies the
    deed for good.
    """
    nonce = nonce or secrets.token_hex(16)
    return f"{nonce}.{hmac.digest(SECRET, f'{nonce} {user}'.encode(), 'sha256').hex()}"


def check_token(form: FormData, user: str) -> str:
    """Check that a form comes from our page for this user; return its nonce.

    Raises:
        HTTPException: it does not.
    """
    token = str(form.get("token", ""))
    nonce = token.partition(".")[0]
    if not nonce or not hmac.compare_digest(token.encode(), make_token(user, nonce).encode()):
        raise HTTPException(403, OLD)
    return nonce


def make_forms(
    desk: ConsoleDesk, what: str, user: str, form: FormData | None = None
) -> dict[str, Any]:
    """Make the forms for an event or an act, with the input of a refused try. Only a decider gets
    forms.
    """
    case = desk.history(handling.find_case, what) if what and user else None
    if case is None:
        return {"deeds": None}
    act = desk.history(acts.load_act, what)
    happening = desk.history(acts.load_event, case.event)
    offered = {
        "stands": cases.describe_case_state(case.handled),
        "together": [one.key for one in happening.acts if one.key != what] if happening else (),
        "verbs": DEEDS if case.told else (),
        "decisions": desk.config.triage.decisions,
        "pairs": case.pairs,
        "subjects": list_mute_subjects(case, list(desk.config.topics)),
        "facts": list(islice(reviewing.list_facts(act), FACTS)) if act else (),
        "measures": [*enumerate(map(describe_head, act.measures), 1)] if act else (),
        "registers": answering.list_choices(vocabulary.current().registers, vocabulary.register),
        "choices": {
            "action": tuple(Action),
            "kind": get_args(EntityKind),
            "term": get_args(TermKind),
        },
        "typed": _read_fields(form or FormData()),
        "ticked": _list_ticks(form) if form else (),
        "said": reviewing.word_opinions(desk.history, act)[:FACTS] if act else (),
        "token": partial(make_token, user),
        "stamp": stamp_mark,
        "what": what,
    }
    return {"deeds": offered}


def make_deed_routes(turns: Turns, order: Order | None) -> list[Route]:
    """Make the routes that take the forms."""
    if not order:
        return []
    return [
        Route(DEED, partial(_do, turns, order), methods=["POST"]),
        Route(DISMISSAL, partial(_dismiss, turns), methods=["POST"]),
    ]


async def _dismiss(turns: Turns, request: Request) -> Response:
    """Record that a match on Us is not ours, or take that back."""
    user = request.scope[ASKER].decider
    async with request.form(max_files=0) as form:
        check_token(form, user)
        entry, subject = (str(form.get(name, "")).strip() for name in ("entry", "subject"))
        undo = bool(form.get("undo"))
    await turns.once(partial(_dismiss_match, user, entry, subject, undo))
    return RedirectResponse("/us#decisions", 303)


def _dismiss_match(user: str, entry: str, subject: str, undo: bool, desk: ConsoleDesk) -> None:
    has = list_roles(desk.config.triage, user, {})
    if refused := explain_missing_role(desk.config.triage, Verb.NOT_OURS, has):
        raise ConfigError(refused)
    desk.dismiss_match(entry, subject, clean(user), undo=undo)


async def _do(turns: Turns, order: Order, request: Request) -> Response:
    user = request.scope[ASKER].decider
    async with request.form(max_files=0) as form:
        nonce = check_token(form, user)
        try:
            asked = await turns.once(partial(_make_request, form, user, f"console:{nonce}"))
            await run_in_threadpool(order, asked)
        except MonitorError as error:
            language = answering.choose_language(request)
            page = await turns.once(partial(_show_again, form, user, error, language))
            return Response(page, answering.choose_status(error), media_type=HTML)
    return RedirectResponse(f"/event/{quote(asked.event)}", 303)


def _show_again(
    form: FormData, user: str, error: MonitorError, language: str, desk: ConsoleDesk
) -> bytes:
    """Show the forms again, with the reason why nothing was done and the typed words."""
    what = str(form.get("what", ""))
    shown = {
        "title": "Not done",
        "wrong": answering.word_error(error),
        "why": (),
        "done": (),
        **make_forms(desk, what, user, form),
        **frame_page(desk, desk.coverage()),
    }
    return answering.render_page("event.html", "", shown, language)


def _read_fields(form: FormData) -> dict[str, str]:
    return {name: str(form.get(name, "")).strip() for name in FIELDS}


def _list_ticks(form: FormData) -> list[str]:
    return [str(tick) for name in TICKS for tick in form.getlist(name)]


def list_added(given: Mapping[str, str], measures: int) -> Iterator[str]:
    """List what a form adds to a reading with so many measures, in the syntax of `monitor review`.

    Raises:
        ConfigError: a new measure has no deed.
    """
    if not any(given[name] for name in ADDED if name not in ("measure", "kind", "term")):
        return
    number = given["measure"]
    if number == NEW:
        if not given["action"]:
            raise ConfigError("choose the deed of the measure that was not read")
        number = str(measures + 1)
        yield f"{NEW}={given['action']} {given['register']}"
    parts = [(name, given[name]) for name in (*(HEAD if given["measure"] != NEW else ()), *PARTS)]
    parts += [(given["kind"], given["name"]), (given["term"], given["says"])]
    coded = [(name, f"{given[name]} {given['goods']}") for name in ("code", "hs") if given[name]]
    parts += coded or [("item", given["goods"])]
    yield from (f"{number}.{name}={value.strip()}" for name, value in parts if value.strip())


def _make_request(form: FormData, user: str, key: str, desk: ConsoleDesk) -> TriageRequest:
    """Make a triage request from a form, and look up everything in it.

    Raises:
        MonitorError: something does not exist; says what, or what to do.
    """
    given = _read_fields(form)
    pairs, what = tuple(map(str, form.getlist("pair"))), given["what"]
    if given["verb"] not in (*DEEDS, Verb.REVIEW):
        raise ConfigError("say what is to be done, by one of the forms")
    verb, proposal = Verb(given["verb"]), None
    if verb is Verb.NOT_OURS and not pairs:
        raise ConfigError("say which of the matches are not yours")
    if verb is Verb.REVIEW:
        add, strike = (
            reviewing.read_stamped_marks(desk.history, what, [*map(str, form.getlist(name))])
            for name in TICKS
        )
        act = desk.history(acts.load_act, what)
        typed = list_added(given, len(act.measures) if act else 0)
        proposal = reviewing.make_proposal(
            desk.history, desk.archive, what, [*add, *typed], strike, given["quote"], given["text"]
        )
    wish = triage.Wish(
        verb, what, given["decision"], given["text"], given["until"], given["to"], proposal=proposal
    )
    has = list_roles(desk.config.triage, user, {})
    person = Person(f"{CONSOLE}:{user}", clean(user), has[0] if has else "")
    registry = Registry(desk.config)
    asked = triage.make_triage_request(
        desk.history, desk.config, registry, wish, person, key, desk.now
    )
    refused = explain_refusal(desk.config.triage, asked, has, f"{desk.now:%Y-%m-%d}")
    return msgspec.structs.replace(asked, via=CONSOLE, pairs=pairs, refused=refused)
