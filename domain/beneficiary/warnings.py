"""Whom a person just registered may be: people with such a name, born on that day or in that year.

Who they are is read from the views by whoever sent the step, so the warning is the asker's own: of
people they may read. It forbids nothing; two of one name and age are no rarity.
"""

from domain.beneficiary.events import BeneficiaryRegistered
from domain.steps.handling import Events, World
from domain.steps.warning import Warned, WarningCode


def similar_people(world: World, events: Events) -> list[Warned]:
    """A warning for each whom it may be, where somebody is registered."""
    if not any(type(event) is BeneficiaryRegistered for _, event in events):
        return []
    return [Warned(code=WarningCode.SIMILAR_PERSON, about=each) for each in world.alike]
