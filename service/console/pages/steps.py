"""The form of a step: ask, check where much is in play, record, and then the receipt.

Sending again is harmless, and so are Back and reload: every form carries its idempotency key, and
which version of its thing it was made on, from the moment it is shown; and no send is answered by a
page, but by where it is (`kept.py`, which `drawn.py` draws).
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlencode
from uuid import uuid4

from pydantic import BaseModel
from starlette.responses import Response

from domain.errors import JisrError, KeyReused, StaleVersion, Unavailable
from domain.message import StreamKind
from service.access.table import require
from service.api.edge.forwarded import path_within
from service.console.choices.about import about_of
from service.console.pages.address import Address, At
from service.console.pages.drafts import DRAFTS
from service.console.pages.drawn import draw, is_recorded, receipt_of, take
from service.console.pages.form import CONFLICT, REGISTERING, Form
from service.console.pages.kept import Kept, drop, kept, refusal
from service.console.pages.prefilled import FOUND_AS, known_answers
from service.console.pages.signing_in import keep_language
from service.console.showing.links import form_at
from service.console.visit import Signed
from service.words.language import Language

ISSUE_KEY = "issue-access-key"
LONGEST_KEY = 64
NO_ANSWERS = frozenset({"at", "page", "more", FOUND_AS})
"""What the address of a form says beside answers."""
RECORD, CHANGE, BACK, ANYWAY, SAVE = "record", "change", "back", "anyway", "save"
STAY, NOTED = "stay", "noted"
"""The same page again: more time, or another language; and away from a key that was shown."""


def address_in(visit: Signed) -> Address:
    return Address.read(path_within(visit.request.scope))


async def step_form(visit: Signed) -> Response:
    """A form in progress, by the key in its address; a new one is given a key first.

    So Back to where it began finds what was typed there, and under a key that is recorded already it
    finds the receipt. The address may answer a question of choice beforehand.
    """
    address, asked = address_in(visit), dict(visit.request.query_params)
    key = asked.pop("form", "")
    if not key or len(key) > LONGEST_KEY:
        return visit.redirect(f"{address.path}?{urlencode({**asked, 'form': uuid4().hex})}")
    found = await kept(visit, key)
    if found is None or found.address != address:
        return await _new(visit, address, asked, key)
    at, more = _at(asked), asked.get("more", "")
    if found.is_old_key(at) or (at is not At.KEY and await is_recorded(visit, key)):
        return await _done(visit, address.step, key)
    form = await replace(found, page=asked.get("page", "0")).form(visit)
    return await draw(replace(form, at=at, more=more, refused=refusal(found)))


async def _done(visit: Signed, step: str, key: str) -> Response:
    """To what came of it: a second press may find that what was chosen is offered no more."""
    await drop(visit, key)
    return receipt_of(visit, key, step)


def _at(said: Mapping[str, str]) -> At:
    at = said.get("at", "")
    return At(at) if at in set(At) else At.ASKED


async def _new(visit: Signed, address: Address, asked: dict[str, str], key: str) -> Response:
    if await is_recorded(visit, key):
        return receipt_of(visit, key, address.step)
    answers = {name: text for name, text in asked.items() if name not in NO_ANSWERS}
    form = await Form.of(visit, address, answers, key)
    if (why := form.closed()) is not None:
        code, reason = why
        return visit.page(
            "closed.html", status=CONFLICT, form=form, reason=reason, opened_by=form.opened_by(code)
        )
    known = await known_answers(form, asked.get(FOUND_AS, ""))
    return replace(form, typed=known | form.typed).page()


async def send_step(visit: Signed) -> Response:
    """Lead to what comes of it, which is kept; where it cannot be, that is shown at once."""
    sent, address = await visit.form(), address_in(visit)
    require(visit.actor, address.step)
    spoken = sent.get("in_language")
    if spoken in set(Language):
        visit, sent = replace(visit, language=Language(spoken)), sent | {"go": STAY}
    response = await _sent(visit, Kept.sent(address, sent), sent)
    keep_language(visit, response, spoken or "")
    return response


async def _sent(visit: Signed, came: Kept, sent: Mapping[str, str]) -> Response:
    pressed, _, which = sent.get("go", "").partition(":")
    try:
        form = await came.form(visit)
    except Unavailable:
        await came.keep(visit.sign_ins.drafts, visit.actor.id)
        return visit.redirect(came.came_href)
    form = replace(form, at=_at(sent))
    if pressed in UNSENT:
        led = await UNSENT[pressed](form, which)
    else:
        led = await _on_or_unknown(form, pressed)
    if isinstance(led, Response):
        return led
    listed = pressed != STAY or await _is_listed(led)
    return await _shown(led, listed=listed and led.at is not At.KEY)


async def _is_listed(form: Form) -> bool:
    before = await kept(form.visit, form.key)
    return before is not None and before.listed


async def _shown(form: Form, *, listed: bool) -> Response:
    """Where it is shown, or where it cannot be kept the page itself: nothing typed is lost."""
    try:
        await _keep(form, listed=listed)
    except JisrError:
        return await draw(form)
    return form.visit.redirect(form.href)


async def _keep(form: Form, *, listed: bool) -> None:
    visit = form.visit
    await Kept.shown(form, listed=listed).keep(visit.sign_ins.drafts, visit.actor.id)


Led = Form | Response
"""What is shown next: of the form, or something else."""


async def _same(form: Form, _which: str) -> Led:
    return form


async def _found(form: Form, which: str) -> Led:
    return replace(form, at=At.ASKED, more=which)


async def _changed(form: Form, which: str) -> Led:
    """The form again, from the page named on."""
    return replace(form, at=At.ASKED, number=int(which) if which.isdigit() else form.number)


async def _before(form: Form, _which: str) -> Led:
    return replace(form, at=At.ASKED, number=max(form.number - 1, 0))


async def _left(form: Form, _which: str) -> Led:
    await _keep(form, listed=True)
    return form.visit.redirect(DRAFTS)


async def _registers(form: Form, which: str) -> Led:
    """Away to register what the registry lacks; what was typed here waits among the drafts."""
    await _keep(form, listed=True)
    return form.visit.redirect(form_at(REGISTERING, kind=which))


async def _noted(form: Form, _which: str) -> Led:
    await drop(form.visit, form.key)
    return form.visit.redirect("/")


UNSENT: Mapping[str, Callable[[Form, str], Awaitable[Led]]] = {
    STAY: _same,
    CHANGE: _changed,
    "more": _found,
    "find": _found,
    BACK: _before,
    SAVE: _left,
    "register": _registers,
    NOTED: _noted,
}
"""Buttons that send nothing on: what is typed need not be whole."""


async def _on_or_unknown(form: Form, pressed: str) -> Led:
    try:
        return await _on(form, pressed)
    except Unavailable:
        return replace(form, at=At.UNKNOWN)


async def _on(form: Form, pressed: str) -> Led:
    """On with what was typed: to its mistakes, its next page, or what becomes of the whole."""
    form = replace(form, at=At.ASKED)
    if form.grown:
        return form
    answers = form.read()
    number, complaints = form.complained_of(answers.complaints)
    if complaints or (form.is_last and answers.body is None):
        if await is_recorded(form.visit, form.key):
            return await _done(form.visit, form.step, form.key)
        return replace(form, number=number, at=At.MISTAKES)
    if not form.is_last or answers.body is None:
        return replace(form, number=form.number + 1)
    if pressed == ANYWAY and form.about is not None:
        form = replace(form, seen=form.about.version)
    return await _whole(form, answers.body, pressed)


async def _whole(form: Form, body: BaseModel, pressed: str) -> Led:
    """What was typed makes a step: say what came in meanwhile, check, or record."""
    if form.has_moved and not await is_recorded(form.visit, form.key):
        return replace(form, at=At.MOVED)
    if form.is_checked and pressed != RECORD:
        return await _checked(form, body)
    return await _record(form, body)


async def _checked(form: Form, body: BaseModel) -> Led:
    """The answers once more, or at once the rule that refuses them."""
    try:
        await form.visit.application.foresee(form.ask(body))
    except Unavailable:
        pass  # nothing is recorded by looking: whether it passes is seen when it is sent
    except JisrError as error:
        return replace(form, at=At.REFUSED, refused=error)
    return replace(form, at=At.CHECK)


async def _record(form: Form, body: BaseModel) -> Led:
    try:
        await take(form.visit, form.ask(body), body)
    except Unavailable:
        return replace(form, at=At.UNKNOWN)
    except StaleVersion:
        return replace(await _again(form), at=At.MOVED)
    except KeyReused as used:
        return replace(form, key=uuid4().hex, at=At.REFUSED, refused=used)
    except JisrError as error:
        return replace(form, at=At.REFUSED, refused=error)
    return replace(form, at=At.KEY) if form.step == ISSUE_KEY else await _onwards(form)


async def _onwards(form: Form) -> Response:
    """To what follows it. It is recorded, whatever becomes of that."""
    done: Response = await _done(form.visit, form.step, form.key)
    onwards: str | None = None
    with suppress(JisrError):
        onwards = await form.made.leads_to(form.asking, form.key)
    return form.visit.redirect(onwards) if onwards else done


async def _again(form: Form) -> Form:
    """The form, with its thing as it is now."""
    if form.about is None:
        return form
    about = await about_of(form.visit, StreamKind(form.about.kind), form.about.id)
    return replace(form, about=about)
