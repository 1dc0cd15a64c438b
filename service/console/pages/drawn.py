"""A form in progress, drawn as its address says: worked out again from what was typed."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from pydantic import BaseModel
from starlette.responses import Response

from domain.beneficiary.steps import RegisterBeneficiary
from domain.errors import Refused
from service.application import Ask, Taken
from service.console.choices.of_case import events_of
from service.console.pages.address import At
from service.console.pages.form import CONFLICT, UNPROCESSABLE, Form
from service.console.pages.known import known
from service.console.pages.receipt import RECEIPTS
from service.console.pages.same import KNOWN, same_page
from service.console.visit import Signed
from service.identity.issuing import AccessKeyRequest, Issuing
from service.queries.me import get_receipt


async def draw(form: Form) -> Response:
    return await _DRAWN[form.at](form)


async def is_recorded(visit: Signed, key: str) -> bool:
    """Whether anything is, under this key: then sending again tells what came of it."""
    try:
        await visit.ask(get_receipt, key, None)
    except Refused:
        return False
    return True


def receipt_of(visit: Signed, key: str, step: str) -> Response:
    return visit.redirect(f"{RECEIPTS}/{key}?step={step}")


async def take(visit: Signed, ask: Ask, body: BaseModel) -> Taken:
    if isinstance(body, AccessKeyRequest):
        issuing: Issuing = visit.request.app.state.issuing
        return await issuing.issue(ask, body)
    return await visit.take(ask)


async def _asked(form: Form) -> Response:
    return form.page()


async def _mistakes(form: Form) -> Response:
    answers = form.read()
    number, complaints = form.complained_of(answers.complaints)
    status = UNPROCESSABLE if complaints else 200
    return replace(form, number=number).page(status=status, complaints=complaints)


async def _check(form: Form) -> Response:
    body = form.read().body
    if body is None:
        return await _mistakes(form)
    return form.visit.page(form.made.check, form=form, body=body)


async def _moved(form: Form) -> Response:
    """What came in since the form was made, and whether to go on with what was typed."""
    about = form.about
    if about is None or form.seen is None or not form.has_moved:
        return form.page()
    events = await events_of(form.visit, about)
    told = [each for each in events if each.step != "record-reminder"]
    news = told[-max(about.version - form.seen, 1) :]
    return form.visit.page(
        "moved.html", status=CONFLICT, form=form, news=news, names=await known(form.visit)
    )


async def _refused(form: Form) -> Response:
    """Why nothing was recorded; of a number that is known the question whose it is."""
    if form.refused is None:
        return form.page()
    body = form.read().body
    if isinstance(body, RegisterBeneficiary) and form.refused.code in KNOWN:
        return await same_page(form, body, form.refused)
    return form.stopped(form.refused)


async def _unknown(form: Form) -> Response:
    """Looked at again, it may be known."""
    if await is_recorded(form.visit, form.key):
        return receipt_of(form.visit, form.key, form.step)
    return form.visit.page("unknown.html", form=form, step=form.step, key=form.key)


async def _key(form: Form) -> Response:
    """Asked for once more under the same key it is the same one; it is not recorded by looking."""
    body = form.read().body
    if body is None or not await is_recorded(form.visit, form.key):
        return form.page()
    taken = await take(form.visit, form.ask(body), body)
    return form.visit.page("key.html", key=json.loads(taken.answer)["access_key"], form=form)


_DRAWN: Mapping[At, Callable[[Form], Awaitable[Response]]] = {
    At.ASKED: _asked,
    At.KEPT: _asked,
    At.MISTAKES: _mistakes,
    At.CHECK: _check,
    At.MOVED: _moved,
    At.REFUSED: _refused,
    At.UNKNOWN: _unknown,
    At.KEY: _key,
}
