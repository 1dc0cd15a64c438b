"""Forms whose page is made by hand: rows from state, sums while filling, what follows said beforehand.

What they ask, and how it is sent, checked and recorded, is as of any other form (`pages/steps.py`):
by hand is made only how it is drawn, and what stands beside the questions. A module for each.
"""

from collections.abc import Mapping

from service.console.hand_made import life_project, minutes, needs, project
from service.console.hand_made.asking import HandMade
from service.console.hand_made.care import CARE
from service.console.hand_made.ceremony_held import CEREMONY_HELD
from service.console.hand_made.hold import HOLD
from service.console.hand_made.mending import MENDING
from service.console.hand_made.persons import PERSONS
from service.console.hand_made.place import PLACE

HAND_MADE: Mapping[str, HandMade] = {
    "record-minutes": minutes.NUMBER,
    "record-decision": minutes.LINE,
    **CARE,
    **MENDING,
    **PERSONS,
    **project.FORMS,
    "place-on-ceremony": PLACE,
    "confirm-delivery": HOLD,
    "record-ceremony-held": CEREMONY_HELD,
    **needs.FORMS,
    **life_project.FORMS,
}
"""By the step's name in the API; every other step's form is drawn as its questions are."""
GENERATED = HandMade()


def made_for(step: str) -> HandMade:
    return HAND_MADE.get(step, GENERATED)
