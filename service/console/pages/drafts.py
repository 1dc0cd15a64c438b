"""Forms that were begun and left: kept for their author, listed, gone on with or thrown away."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from starlette.responses import Response

from domain.errors import JisrError, NotFound
from domain.message import StreamKind
from domain.values.calendar import local_date
from service.console.choices.asking import as_id
from service.console.pages.form import Address, Form
from service.console.visit import Signed
from service.identity.sign_ins.drafts import LAST

DRAFTS = "/drafts"
OF_ONE_PERSON = frozenset({StreamKind.CASE, StreamKind.BENEFICIARY})
"""What a form can be on that tells of one person."""


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
    """What whoever is signed in began and left, the latest first: for their first page."""
    now = datetime.now(UTC)
    found = await asyncio.to_thread(visit.sign_ins.drafts.of, visit.actor.id, now)
    return [
        DraftLine(
            step=Address.read(each.content["path"]).step,
            reference=each.content["reference"],
            saved_on=local_date(each.saved_at),
            last_day=local_date(each.saved_at + LAST),
            href=f"{DRAFTS}/{each.key}",
        )
        for each in found
    ]


async def save_draft(form: Form) -> None:
    content = {
        "path": form.path,
        "reference": form.about.reference if form.about else "",
        "typed": form.typed,
        "seen": "" if form.seen is None else str(form.seen),
        "page": str(form.number),
    }
    drafts, author = form.visit.sign_ins.drafts, form.visit.actor.id
    now, about = datetime.now(UTC), _about(form)
    await asyncio.to_thread(drafts.save, author, form.key, content, now, about)


def _about(form: Form) -> UUID | None:
    """The person or the case: when the person is erased, the draft goes too."""
    if form.about is None:
        return as_id(form.typed.get("beneficiary_id", ""))
    return form.about.id if form.about.kind in OF_ONE_PERSON else None


async def drop_draft(visit: Signed, key: str) -> None:
    """What is recorded is a draft no more; where that cannot be said now, it ends by itself."""
    try:
        await asyncio.to_thread(visit.sign_ins.drafts.drop, visit.actor.id, key)
    except JisrError:
        return


async def drafts_page(visit: Signed) -> Response:
    return visit.page("drafts.html", drafts=await drafts_of(visit))


async def draft_page(visit: Signed) -> Response:
    """The form as it was left."""
    key = visit.request.path_params["key"]
    drafts, now = visit.sign_ins.drafts, datetime.now(UTC)
    draft = await asyncio.to_thread(drafts.one, visit.actor.id, key, now)
    if draft is None:
        raise NotFound
    kept = draft.content
    at = {"seen": kept["seen"], "page": kept["page"]}
    form = await Form.of(visit, Address.read(kept["path"]), dict(kept["typed"]), draft.key, **at)
    return form.page()


async def throw_away(visit: Signed) -> Response:
    await drop_draft(visit, visit.request.path_params["key"])
    return visit.redirect(DRAFTS)
