"""What a form begins with because it is known: a change is told as the whole that holds from then on,
and whoever was looked for and not found is registered by that name.
"""

import asyncio
import re
from datetime import UTC, datetime
from typing import cast

from pydantic import BaseModel

from domain.message import StreamKind
from projections.views.consonants import is_arabic
from service.access.reader import Reader
from service.console.forms.refilled import refilled
from service.console.pages.form import Form
from service.console.pages.noted import SEARCH
from service.console.visit import Signed
from service.queries.people import get_beneficiary

TOLD_ANEW = frozenset({"change-details", "correct-identity", "amend-agreement"})
"""Steps that tell the whole anew: what is known stands in their forms already."""
NOT_KNOWN = frozenset({"occurred_on", "explanation", "anyway_because", "number", "tranches"})
"""What is about the step itself."""


FOUND_AS = "found"
"""What an address calls the search that found nobody."""
A_NAME = re.compile(r"[^\W\d_][^\d_]+")


async def known_answers(form: Form, found_as: str = "") -> dict[str, str]:
    """`found_as`: the search that led to the form."""
    if form.step == "register-beneficiary":
        return await _looked_for(form.visit, found_as)
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


async def _looked_for(visit: Signed, found_as: str) -> dict[str, str]:
    """The name, in its script; a number says not whether it is a paper's or a phone's."""
    sign_ins, now = visit.sign_ins, datetime.now(UTC)
    text = await asyncio.to_thread(sign_ins.noted, visit.sign_in, SEARCH, found_as, now)
    name = (text or "").strip()
    if not A_NAME.fullmatch(name):
        return {}
    return {"name_ar" if is_arabic(name) else "name_latin": name}
