"""Somebody new comes to a centre: they are registered, and then their case is opened.

Two streams, so two forms, each with its own key: the receipt of the first leads to the second with
what is known filled in. Whom it may be that is registered already stands beside the first as soon as
a name and a birth are typed.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from domain.errors import JisrError
from service.console.choices.alike import alike, is_of_age, told
from service.console.choices.asking import as_id
from service.console.hand_made.asking import Asking, HandMade
from service.console.showing.found import born_on, person_line
from service.queries.people import get_beneficiary
from service.words import writing


async def _beside(asking: Asking) -> Mapping[str, Any]:
    """Whom it may be, and whether anybody answers for them."""
    visit, asked = asking.visit, told(asking.typed)
    rows = await alike(visit, asked)
    return {
        "alike": [person_line(each, visit.actor, visit.language) for each in rows],
        "adult": is_of_age(asked, visit),
    }


async def _whose(asking: Asking) -> Mapping[str, Any]:
    """The person whose case it is, where the address or a search has chosen one."""
    chosen, visit = as_id(asking.typed.get("beneficiary_id", "")), asking.visit
    if chosen is None:
        return {"person": None}
    with suppress(JisrError):
        person = await visit.ask(get_beneficiary, chosen)
        return {
            "person": chosen,
            "names": writing.names(person.name_ar, person.name_latin, visit.language),
            "born": born_on(person.birth_date, person.birth_year, visit.language),
        }
    return {"person": None}


PERSONS: Mapping[str, HandMade] = {
    "register-beneficiary": HandMade(
        "hand_made/register.html", "hand_made/register_check.html", _beside
    ),
    "open-case": HandMade("hand_made/open_case.html", "hand_made/open_case_check.html", _whose),
}
