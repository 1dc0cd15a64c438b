"""Forms that were begun and are not recorded: listed for their author, gone on with or thrown away."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime

from starlette.responses import Response

from domain.errors import NotFound
from domain.values.calendar import local_date
from service.console.pages.kept import FORM, Kept, drop, kept
from service.console.visit import Signed
from service.identity.sign_ins.drafts import LAST

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
    forms = ((each, Kept.of(each)) for each in found if FORM in each.content)
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
