"""What changed a project is taken back, or told anew, before anything is built on it."""

from collections.abc import Iterator, Sequence

from domain.errors import Refused
from domain.mending.entries import Entry
from domain.message import Event, Recorded
from domain.resting import Fallen, listed
from domain.tracks.parts import ENTERED
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment.conditions import PROJECT

OF_THE_PLAN = (
    *(e.ProjectRevised, e.ProjectChanged, e.StudyRecorded, e.OpinionGiven),
    *(e.SubmittedToSession, e.RejectionAppealed, e.DecisionRecorded),
    *(e.EquipmentOrdered, e.EquipmentReplaced, e.EquipmentDropped, e.DeliveryConfirmed),
)
"""What is said of the plan as it stands."""


def require_nothing_built_on(events: Sequence[Recorded], entry: Entry) -> None:
    """Raises `Refused` with what was recorded since of a project whose plan would go."""
    for told in entry.events:
        built = tuple(_built_on(events, told))
        if built:
            raise Refused("rests_on_it", entries=listed(built), count=len(built))


def _built_on(events: Sequence[Recorded], told: Recorded) -> Iterator[Fallen]:
    """What follows it on its track, up to the next proposal."""
    made = told.event
    for each in events[events.index(told) + 1 :] if told in events else ():
        if getattr(each.event, "track_id", None) != getattr(made, "track_id", each):
            continue
        if isinstance(each.event, e.ProjectProposed):
            return
        if _rests(made, each):
            yield Fallen(each, frozenset({PROJECT.code}))


def _rests(made: Event, later: Recorded) -> bool:
    match made:
        case e.ProjectProposed():
            row = ENTERED.get(later.envelope.step)
            return row is not None and PROJECT in row.when
        case e.ProjectRevised() | e.ProjectChanged():
            return isinstance(later.event, OF_THE_PLAN)
        case e.EquipmentReplaced():
            return made.number in _named(later.event)
        case _:
            return False


def _named(event: Event) -> tuple[int, ...]:
    """The items that it is about, by their numbers."""
    if isinstance(event, e.EquipmentReplaced):
        return (event.item,)
    if isinstance(event, e.ProjectRevised | e.ProjectChanged):
        return ()
    items = getattr(event, "items", ())
    return tuple(each if isinstance(each, int) else each.item for each in items)
