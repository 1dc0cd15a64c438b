"""What a centre serves, and its names, begin with what is known: those it keeps are not told anew."""

from collections.abc import Mapping

from service.console.forms.refilled import refilled
from service.console.hand_made.asking import Asking, HandMade
from service.queries.registry import list_centres

PROVINCES = "provinces"


async def _served(asking: Asking) -> Mapping[str, str]:
    """Of the centre that is chosen, until something is chosen in its place."""
    centre = asking.typed.get("centre")
    if not centre or any(name.startswith(f"{PROVINCES}.") for name in asking.typed):
        return {}
    today = asking.visit.today
    found = (await asking.visit.ask(list_centres)).centres
    served = [
        part.province
        for each in found
        for part in each.catchment
        if each.centre == centre and part.since <= today <= (part.until or today)
    ]
    questions = [each for each in asking.questions if each.name == PROVINCES]
    return refilled(questions, {PROVINCES: served})


async def _registered(asking: Asking) -> Mapping[str, str]:
    """All that is known of the centre, where the form was opened from its page."""
    found = (await asking.visit.ask(list_centres)).centres
    known = [each for each in found if each.centre == asking.typed.get("centre")]
    if not known or asking.typed.keys() - {"centre"}:
        return {}
    return refilled(asking.questions, known[0])


CENTRES: Mapping[str, HandMade] = {
    "change-catchment": HandMade(known=_served),
    "correct-catchment": HandMade(known=_served),
    "register-centre": HandMade(known=_registered),
}
