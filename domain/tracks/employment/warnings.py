"""What an employer may know without the person's consent: nothing of the accompaniment."""

from collections.abc import Iterator
from uuid import UUID

from domain.case.consents.state import agrees
from domain.case.consents.vocabulary import Purpose
from domain.message import Event, name_of
from domain.steps.handling import Events, World
from domain.steps.roles import CASE
from domain.steps.warning import Warned, WarningCode
from domain.tracks.employment import events as e
from domain.tracks.employment.vocabulary import EMPLOYER_HEARS


def employer_told(world: World, events: Events) -> Iterator[Warned]:
    """A warning where an employer learns of it, and the person did not agree to that."""
    for role, event in events:
        if role != CASE or not _tells(event):
            continue
        if not agrees(world.then.consents, Purpose.SHARING_WITH_EMPLOYERS):
            about = UUID(name_of(world.ids[CASE]))
            yield Warned(code=WarningCode.EMPLOYER_WITHOUT_CONSENT, about=about)


def _tells(event: Event) -> bool:
    match event:
        case e.ApplicationMade() | e.Hired():
            return event.employer_told is True
        case e.PlacementReviewed():
            return event.heard_from in EMPLOYER_HEARS
        case _:
            return False
