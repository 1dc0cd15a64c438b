"""The first sign-in, by a sheet: name and code, then the password, then the telephone; then one is
signed in, with a recovery sheet to keep.

Each page carries what the next one needs, sealed where it is more than the sheet says: so nothing is
kept of a password that is not set, and a page that is sent twice sets it once.
"""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import Response

from domain.errors import JisrError, Refused
from service.console.failures import told_of
from service.console.pages.account import recovery_sheet
from service.console.pages.drawing import qr_of
from service.console.pages.signing_in import begin, keep_language, know_again, too_many
from service.console.visit import Visit
from service.identity.passwords.codes import address_of
from service.identity.passwords.refusals import NotSignedIn, TooManyTries, Unsuitable
from service.identity.passwords.setting import accept, choose, invitation
from service.identity.passwords.tickets import Ticket, opened, sealed
from service.words.language import Language
from service.words.store import words

NAME, PASSWORD, FACTOR = "name", "password", "factor"
"""The pages, in order."""
TITLES = {NAME: "invitation", PASSWORD: "choose_password", FACTOR: "set_up_authenticator"}


async def invitation_page(visit: Visit) -> Response:
    return _asking(visit, NAME, {})


async def send_invitation(visit: Visit) -> Response:
    """Go on from whichever page was sent, or show it again with why not."""
    form = await visit.form()
    stage = FACTOR if "ticket" in form else PASSWORD if "new" in form else NAME
    spoken = form.get("in_language")
    if spoken in set(Language):
        other = Visit(visit.request, Language(spoken))
        ticket = opened(form.get("ticket", ""), visit.passwords.secret, visit.passwords.now)
        response = _asking(other, stage, form, ticket=ticket)
        keep_language(visit, response, spoken)
        return response
    try:
        return await {NAME: _name, PASSWORD: _password, FACTOR: _factor}[stage](visit, form)
    except TooManyTries as error:
        why, status = too_many(error, visit.language), HTTPStatus.TOO_MANY_REQUESTS
        again = NAME if stage == FACTOR else stage
        response = _asking(visit, again, form, why, status)
        response.headers["Retry-After"] = str(error.seconds)
        return response
    except Refused as error:
        return _asking(visit, NAME, {}, _why(error, visit.language), HTTPStatus.CONFLICT)


async def _name(visit: Visit, form: Mapping[str, str]) -> Response:
    strangers = visit.request.app.state.strangers
    try:
        await invitation(visit.passwords, form.get("name", ""), form.get("code", ""))
    except NotSignedIn:
        if wait := strangers.wait(visit.address):
            raise TooManyTries(wait) from None
        strangers.failed(visit.address)
        why = words(visit.language).page["invitation_failed"]
        return _asking(visit, NAME, form, why, HTTPStatus.UNAUTHORIZED)
    return _asking(visit, PASSWORD, form)


async def _password(visit: Visit, form: Mapping[str, str]) -> Response:
    try:
        invited = await invitation(visit.passwords, form.get("name", ""), form.get("code", ""))
    except NotSignedIn:
        return await _name(visit, form)
    label = (await visit.application.staff()).staff[invited.staff_id].label
    try:
        ticket = await choose(visit.passwords, invited, form["new"], label)
    except Unsuitable as error:
        why = words(visit.language).page[error.why]
        return _asking(visit, PASSWORD, form, why, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _asking(visit, FACTOR, form, ticket=ticket)


async def _factor(visit: Visit, form: Mapping[str, str]) -> Response:
    passwords, said = visit.passwords, words(visit.language).page
    ticket = opened(form["ticket"], passwords.secret, passwords.now)
    if ticket is None:
        return _asking(visit, NAME, {}, said["took_too_long"], HTTPStatus.CONFLICT)
    try:
        actor, codes = await accept(passwords, ticket, form.get("factor", ""))
    except NotSignedIn:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _asking(visit, FACTOR, form, said["code_wrong"], status, ticket)
    name = form.get("name", "")
    response = recovery_sheet(visit, name, codes, ticket)
    await begin(visit, response, actor)
    know_again(visit, response, name)
    return response


def _asking(
    visit: Visit,
    stage: str,
    form: Mapping[str, str],
    failed: str = "",
    status: int = HTTPStatus.OK,
    ticket: Ticket | None = None,
) -> Response:
    if stage == FACTOR and ticket is None:
        stage, failed = NAME, words(visit.language).page["took_too_long"]
    name, house = form.get("name", "").strip(), visit.passwords.house
    address = address_of(ticket.secret, name, house.issuer) if ticket else ""
    return visit.page(
        "invitation.html",
        status=status,
        stage=stage,
        title=words(visit.language).page[TITLES[stage]],
        name=name,
        code=form.get("code", "").strip(),
        failed=failed,
        house=house,
        ticket=sealed(ticket, visit.passwords.secret) if ticket else "",
        secret=ticket.secret if ticket else "",
        qr=qr_of(address) if ticket else "",
    )


def _why(error: JisrError, language: Language) -> str:
    told = told_of(error, language)
    return f"{told.title}. {told.help}"
