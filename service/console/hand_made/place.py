"""Putting somebody on a ceremony's list, out of the list of those who can be: one after another.

Who comes in somebody's place is called at once: what they are handed is asked next.
"""

from collections.abc import Mapping
from uuid import UUID, uuid4

from service.console.choices.asking import as_id
from service.console.forms.refilled import refilled
from service.console.hand_made.asking import Asking, HandMade
from service.console.showing.ceremony import at_the_table
from service.console.showing.listing import people_at
from service.queries.ceremonies import get_ceremony


def _ceremony(asking: Asking) -> UUID | None:
    """The one whose list is grown; None where the form was opened of the case."""
    return as_id(asking.typed.get("ceremony_id", "")) if asking.typed.get("listing") else None


async def _known(asking: Asking) -> Mapping[str, str]:
    """Placed today, or where that is past on the ceremony's day."""
    ceremony_id = _ceremony(asking)
    if ceremony_id is None or "occurred_on" in asking.typed:
        return {}
    ceremony = await asking.visit.ask(get_ceremony, ceremony_id, ())
    on = min(asking.visit.today, ceremony.held_on)
    return refilled([q for q in asking.questions if q.name == "occurred_on"], {"occurred_on": on})


async def _next(asking: Asking, key: str) -> str | None:
    ceremony_id = _ceremony(asking)
    if ceremony_id is None or asking.about is None:
        return None
    ceremony = await asking.visit.ask(get_ceremony, ceremony_id, ())
    if asking.typed.get("replaces") and ceremony.held_on <= asking.visit.today:
        return at_the_table(asking.about.id, ceremony_id, sent=key, form=uuid4().hex)
    return people_at(ceremony_id, sent=key)


PLACE = HandMade(known=_known, leads_to=_next)
