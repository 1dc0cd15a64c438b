"""The form of a step: ask, check where much is in play, record, and then the receipt.

Sending again is harmless, and so is Back: every form carries its idempotency key, and which
version of its thing it was made on, from the moment it is shown.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from uuid import uuid4

from pydantic import BaseModel
from starlette.responses import Response

from domain.errors import JisrError, Refused, StaleVersion, Unavailable
from domain.message import StreamKind
from service.api.edge.forwarded import path_within
from service.application import Ask, Taken
from service.console.choices.about import about_of
from service.console.choices.of_case import events_of
from service.console.pages.drafts import DRAFTS, drop_draft, save_draft
from service.console.pages.form import CONFLICT, UNPROCESSABLE, Address, Form
from service.console.pages.known import known
from service.console.pages.prefilled import known_answers
from service.console.pages.receipt import RECEIPTS
from service.console.pages.signing_in import keep_language
from service.console.visit import Signed
from service.identity.issuing import AccessKeyRequest, Issuing
from service.queries.me import get_receipt
from service.words.language import Language

ISSUE_KEY = "issue-access-key"
NOT_ANSWERS = frozenset({"key", "go", "language", "at", "seen", "page"})
"""What a form sends beside the answers."""
_SAME_PAGE = {"check": "check", "key": "record", "moved": "send"}
"""What leads to the very page again on which another language was chosen; else it is the form."""
SEND, RECORD, CHANGE, BACK, ANYWAY, SAVE = "send", "record", "change", "back", "anyway", "save"


def address_in(visit: Signed) -> Address:
    return Address.read(path_within(visit.request.scope))


async def step_form(visit: Signed) -> Response:
    """An empty form; the address may answer a question of choice beforehand."""
    asked = dict(visit.request.query_params)
    form = await Form.of(visit, address_in(visit), asked, uuid4().hex)
    if (why := form.closed()) is not None:
        code, reason = why
        return visit.page(
            "closed.html", status=CONFLICT, form=form, reason=reason, opened_by=form.opened_by(code)
        )
    typed = await known_answers(form) | form.typed
    return replace(form, typed=typed).page()


async def send_step(visit: Signed) -> Response:
    sent = await visit.form()
    spoken = sent.get("language")
    if spoken not in set(Language):
        return await _sent(visit, sent, sent.get("go", ""))
    other = Signed(visit.request, Language(spoken), visit.actor, visit.sign_in)
    response = await _sent(other, sent, _SAME_PAGE.get(sent.get("at", ""), CHANGE))
    keep_language(visit, response, spoken)
    return response


async def _sent(visit: Signed, sent: dict[str, str], go: str) -> Response:
    """What a form leads to; `go`: the button that was pressed."""
    typed = {name: text for name, text in sent.items() if name not in NOT_ANSWERS}
    key = sent.get("key") or uuid4().hex
    at = {name: sent.get(name, "") for name in ("seen", "page")}
    form = await Form.of(visit, address_in(visit), typed, key, **at)
    pressed, _, which = go.partition(":")
    if pressed in UNSENT:
        return await UNSENT[pressed](form, which)
    if form.grown:
        return form.page()
    answers = form.read()
    number, complaints = form.complained_of(answers.complaints)
    if complaints:
        again = replace(form, number=number)
        return again.page(status=UNPROCESSABLE, complaints=complaints)
    if not form.is_last:
        return replace(form, number=form.number + 1).page()
    if answers.body is None:
        return form.page(status=UNPROCESSABLE, complaints=answers.complaints)
    if pressed == ANYWAY and form.about is not None:
        form = replace(form, seen=form.about.version)
    return await _read(form, answers.body, pressed)


async def _same(form: Form, _which: str) -> Response:
    return form.page()


async def _changed(form: Form, which: str) -> Response:
    """The form again, from the page named on."""
    return replace(form, number=int(which) if which.isdigit() else form.number).page()


async def _one_more(form: Form, which: str) -> Response:
    return form.page(more=which)


async def _before(form: Form, _which: str) -> Response:
    return replace(form, number=max(form.number - 1, 0)).page()


async def _left(form: Form, _which: str) -> Response:
    await save_draft(form)
    return form.visit.redirect(DRAFTS)


UNSENT: Mapping[str, Callable[[Form, str], Awaitable[Response]]] = {
    CHANGE: _changed,
    "more": _one_more,
    "find": _same,
    BACK: _before,
    SAVE: _left,
}
"""Buttons that send nothing on: what is typed need not be whole."""


async def _read(form: Form, body: BaseModel, pressed: str) -> Response:
    """What was typed makes a step: say what came in meanwhile, check, or record."""
    if form.has_moved and not await _is_recorded(form):
        return await _moved(form)
    if form.is_checked and pressed != RECORD:
        return await _check(form, body)
    return await _record(form, body)


async def _is_recorded(form: Form) -> bool:
    """Under this key: then sending again tells what came of it."""
    try:
        await form.visit.ask(get_receipt, form.key, None)
    except Refused:
        return False
    return True


async def _moved(form: Form) -> Response:
    """What came in since the form was made, and whether to go on with what was typed."""
    about = form.about
    if about is None or form.seen is None:
        return form.page()
    events = await events_of(form.visit, about)
    told = [each for each in events if each.step != "record-reminder"]
    news = told[-max(about.version - form.seen, 1) :]
    return form.visit.page(
        "moved.html", status=CONFLICT, form=form, news=news, names=await known(form.visit)
    )


async def _check(form: Form, body: BaseModel) -> Response:
    """The answers once more, or at once the rule that refuses them."""
    try:
        await form.visit.application.foresee(form.ask(body))
    except Unavailable:
        pass  # nothing is recorded by looking: whether it passes is seen when it is sent
    except JisrError as error:
        return form.stopped(error)
    return form.visit.page(form.made.check, form=form, body=body)


async def _record(form: Form, body: BaseModel) -> Response:
    visit = form.visit
    try:
        taken = await _take(visit, form.ask(body), body)
    except Unavailable:
        return visit.page("unknown.html", form=form, step=form.step, key=form.key)
    except StaleVersion:
        return await _moved(await _again(form))
    except JisrError as error:
        return form.stopped(error)
    await drop_draft(visit, form.key)
    if form.step == ISSUE_KEY:
        return visit.page("key.html", key=json.loads(taken.answer)["access_key"], form=form)
    return visit.redirect(f"{RECEIPTS}/{form.key}?step={form.step}")


async def _again(form: Form) -> Form:
    """The form, with its thing as it is now."""
    if form.about is None:
        return form
    about = await about_of(form.visit, StreamKind(form.about.kind), form.about.id)
    return replace(form, about=about)


async def _take(visit: Signed, ask: Ask, body: BaseModel) -> Taken:
    if isinstance(body, AccessKeyRequest):
        issuing: Issuing = visit.request.app.state.issuing
        return await issuing.issue(ask, body)
    return await visit.take(ask)
