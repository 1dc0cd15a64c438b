"""A ceremony while it is held: the list to jump in, and what is said of who did not come."""

from uuid import uuid4

from starlette.responses import Response

from domain.ceremony.vocabulary import MissedBecause
from domain.errors import NotFound
from service.access.table import require
from service.console.choices.asking import as_id
from service.console.hand_made.hold import entry_of, table_of
from service.console.hand_made.marks import mark, unmark
from service.console.showing.ceremony import CONFIRMING, at_the_table
from service.console.showing.holding import SIGNS, list_at
from service.console.showing.links import form_at
from service.console.visit import Signed

CLOSING = "record-ceremony-held"


async def hold_page(visit: Signed) -> Response:
    """Who is next, and everybody, each one press from their own screen."""
    require(visit.actor, CONFIRMING)
    ceremony_id = visit.id_of("ceremony_id")
    table = await table_of(visit, ceremony_id)
    if table.ceremony.status != "scheduled":
        return visit.redirect(f"/ceremonies/{ceremony_id}")
    sent, counts = visit.request.query_params.get("sent", ""), table.queue.counts
    closing = form_at(CLOSING, "ceremonies", ceremony_id) if CLOSING in visit.steps else None
    return visit.page(
        "hold.html",
        table=table,
        following=table.queue.next_after(),
        standing=[(turn, sign, counts[turn]) for turn, sign in SIGNS.items() if counts[turn]],
        closing=closing,
        sent=sent,
        entry=await entry_of(visit, sent),
        early=visit.today < table.ceremony.held_on,
    )


async def say_missed(visit: Signed) -> Response:
    """Absent, or handed theirs on another day; or neither, which leads back to the person."""
    require(visit.actor, CONFIRMING)
    ceremony_id, said = visit.id_of("ceremony_id"), await visit.form()
    table = await table_of(visit, ceremony_id)
    case_id, because = as_id(said.get("case", "")), said.get("because", "")
    place = table.queue.of_case(case_id) if case_id else None
    if case_id is None or place is None:
        raise NotFound
    if not place.can_be_missed:
        return visit.redirect(list_at(ceremony_id))
    if because not in set(MissedBecause):
        await unmark(visit, table.ceremony, case_id)
        return visit.redirect(at_the_table(case_id, ceremony_id, form=uuid4().hex))
    await mark(visit, table.ceremony, case_id, MissedBecause(because))
    following = table.queue.next_after(case_id)
    if following is None:
        return visit.redirect(list_at(ceremony_id))
    return visit.redirect(at_the_table(following.case_id, ceremony_id, form=uuid4().hex))
