"""Forms that were begun and are not recorded: listed for their author, gone on with or thrown away."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime

from starlette.responses import Response

from domain.errors import JisrError, NotAllowed, NotFound
from domain.message import StreamKind
from domain.values.calendar import local_date
from service.access.table import STEPS as TAKEN
from service.access.vocabulary import Scope
from service.console.pages.kept import FORM, Kept, drop, kept
from service.console.visit import Signed
from service.identity.sign_ins.drafts import LAST
from service.queries.cases import get_case

DRAFTS = "/drafts"


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft, as a list has it."""

    step: str
    reference: str
    """Of what it is about; empty for what is new."""
    saved_on: date
    last_day: date
    """On which it is still kept."""
    href: str


async def drafts_of(visit: Signed) -> list[DraftLine]:
    """What whoever is signed in began and has not recorded, the latest first."""
    now = datetime.now(UTC)
    found = await asyncio.to_thread(visit.sign_ins.drafts.of, visit.actor.id, now)
    kept_of = [(each, Kept.of(each)) for each in found if FORM in each.content]
    forms = [each for each in kept_of if await _still_theirs(visit, each[1])]
    return [
        DraftLine(
            step=form.address.step,
            reference=form.reference,
            saved_on=local_date(draft.saved_at),
            last_day=local_date(draft.saved_at + LAST),
            href=f"{DRAFTS}/{draft.key}",
        )
        for draft, form in forms
        if form.listed
    ]


async def _still_theirs(visit: Signed, form: Kept) -> bool:
    """Not one on a case that is another centre's since; it is kept until its last day, unshown."""
    address = form.address
    if address.kind is not StreamKind.CASE or address.name is None or not form.listed:
        return True
    if TAKEN[address.step].scope is not Scope.CASE:
        return True
    try:
        await visit.ask(get_case, address.name)
    except NotAllowed:
        return False
    except JisrError:
        return True
    return True


async def drafts_page(visit: Signed) -> Response:
    return visit.page("drafts.html", drafts=await drafts_of(visit))


async def draft_page(visit: Signed) -> Response:
    """The form as it was left."""
    found = await kept(visit, visit.request.path_params["key"])
    if found is None:
        raise NotFound
    return visit.redirect(found.href)


async def throw_away(visit: Signed) -> Response:
    await drop(visit, visit.request.path_params["key"])
    return visit.redirect(DRAFTS)
