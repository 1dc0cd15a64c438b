"""What a form begins with because it is known: a change is told as the whole that holds from then on."""

from typing import cast

from pydantic import BaseModel

from domain.message import StreamKind
from service.access.reader import Reader
from service.console.forms.refilled import refilled
from service.console.pages.form import Form
from service.queries.people import get_beneficiary

TOLD_ANEW = frozenset({"change-details", "correct-identity", "amend-agreement"})
"""Steps that tell the whole anew: what is known stands in their forms already."""
NOT_KNOWN = frozenset({"occurred_on", "explanation", "anyway_because", "number", "tranches"})
"""What is about the step itself."""


async def known_answers(form: Form) -> dict[str, str]:
    if form.step not in TOLD_ANEW or form.about is None:
        return {}
    known = dict(await _told(form))
    asked = [each for each in form.questions if each.name not in NOT_KNOWN]
    if form.step == "amend-agreement":
        known["planned_places"] = known["places"]
    return refilled(asked, known)


async def _told(form: Form) -> BaseModel:
    """With the names, though they are put away on other pages: what is left empty here is lost."""
    about, visit = form.about, form.visit
    if about is None or about.kind is not StreamKind.BENEFICIARY:
        return cast("BaseModel", about.answer if about else None)
    reader = Reader(visit.actor, visit.language)
    return await visit.application.ask(reader, get_beneficiary, about.id)
