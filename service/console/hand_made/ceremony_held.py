"""Recording that a ceremony was held: whoever is left on the list is told as absent, or for later.

What was said at the table stands there already; who is left out of it is one press from being told.
"""

from collections.abc import Mapping
from typing import Any

from domain.ceremony.vocabulary import MissedBecause
from service.console.forms.refilled import refilled
from service.console.hand_made.asking import Asking, HandMade
from service.console.hand_made.marks import marks_of
from service.console.showing.holding import Queue
from service.queries.ceremonies import Ceremony


async def _facts(asking: Asking) -> Mapping[str, Any]:
    ceremony = asking.answer
    if asking.about is None or not isinstance(ceremony, Ceremony):
        return {}
    queue = Queue.of(ceremony.lines, {}, asking.visit.language)
    return {
        "ceremony": ceremony,
        "queue": queue,
        "asked": {each.name: each for each in asking.questions},
    }


async def _known(asking: Asking) -> Mapping[str, str]:
    ceremony = asking.answer
    if asking.about is None or not isinstance(ceremony, Ceremony) or "occurred_on" in asking.typed:
        return {}
    said = await marks_of(asking.visit, ceremony)
    known: dict[str, object] = {"occurred_on": ceremony.held_on}
    for because in MissedBecause:
        known[because] = [case_id for case_id, said_of in said.items() if said_of is because]
    return refilled(asking.questions, known)


CEREMONY_HELD = HandMade(template="hand_made/ceremony_held.html", facts=_facts, known=_known)
