"""The link to one's own calendar: made, shown and ended on the account page, and what it opens."""

import hashlib
import hmac
from http import HTTPStatus
from uuid import UUID, uuid4

from starlette.responses import Response

from domain.errors import Refused
from domain.staff.calendar_link.steps import EndCalendarLink, MakeCalendarLink
from domain.staff.state import StaffState
from domain.values.looking import ReadingPurpose
from service.access.asker import note_purpose
from service.access.reader import Reader
from service.application import Ask, command_of
from service.console.calendar_feed import feed_of
from service.console.visit import Signed, Visit
from service.identity.calendar_links import TOKEN, digest_of, token_of
from service.problems.problem import Rejected
from service.queries.own_calendar import get_own_calendar
from service.words.language import Language

FEED = "/calendar"
PATH = "/account/calendar"
ENDING = "/account/calendar-end"
FOR = ReadingPurpose.ACCOMPANIMENT
"""What a calendar is read for; the page on which the link is made says so."""
MAKE, END = "make-calendar-link", "end-calendar-link"
NOTHING_YET = "0" * 64
"""A digest that is made of the command."""
HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": 'inline; filename="calendar.ics"',
    "X-Robots-Tag": "noindex",
}


async def make_link(visit: Signed) -> Response:
    """Pressed twice it is one link; it is shown on a page of its own, to its owner alone."""
    form = await visit.form()
    try:
        once = UUID(form.get("once", ""))
    except ValueError:
        raise Rejected("page_not_found") from None
    draft = MakeCalendarLink(occurred_on=visit.today, digest=NOTHING_YET)
    ask = Ask(visit.actor, draft, f"calendar-{once}")
    token = token_of(visit.passwords.secret, command_of(ask).id)
    step = draft.model_copy(update={"digest": digest_of(token)})
    await visit.application.take(Ask(visit.actor, step, ask.key))
    return visit.page(
        "calendar_link.html",
        address=f"{_house(visit)}{FEED}/{token}.ics",
    )


def _house(visit: Signed) -> str:
    return visit.passwords.house.address or str(visit.request.base_url).rstrip("/")


async def end_link(visit: Signed) -> Response:
    """One's own; an administrator's that of whoever stands in the address."""
    named = visit.request.path_params.get("staff_id")
    whose = visit.id_of("staff_id") if named else visit.actor.id
    step = EndCalendarLink(occurred_on=visit.today, staff_id=whose)
    try:
        await visit.application.take(Ask(visit.actor, step, uuid4().hex))
    except Refused as refusal:
        if refusal.code != "no_calendar_link":
            raise
    return visit.redirect(f"/staff/{whose}" if named else "/account")


async def calendar_feed(visit: Visit) -> Response:
    """What the link opens: by its owner's rights of today, in their language.

    An unknown link and one that was ended are answered alike.
    """
    name: str = visit.request.path_params["link"]
    staff = await visit.application.staff()
    owner = _owner(staff, name.removesuffix(".ics"))
    if owner is None:
        raise Rejected("page_not_found")
    today = visit.passwords.today
    actor = staff.as_delegate(staff.staff[owner].actor, today)
    reach = staff.reach.get(owner)
    language = Language(reach.language.tag) if reach else Language.ARABIC
    note_purpose(FOR)
    own = await visit.application.ask(Reader(actor, language), get_own_calendar)
    body = feed_of(own, language, visit.application.now())
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = HEADERS | {"ETag": tag}
    if visit.request.headers.get("if-none-match") == tag:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


def _owner(staff: StaffState, token: str) -> UUID | None:
    if not TOKEN.fullmatch(token):
        return None
    asked = digest_of(token)
    links = staff.calendar_links.items()
    return next((who for who, link in links if hmac.compare_digest(link.digest, asked)), None)
