"""Which steps a batch takes: those of this table and no others.

Everything else is done case by case. No batch hands anything over, pays, decides or makes a paper:
what is signed by one person is done with that person.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.case.custody.steps import RecordPardon, RecordRelease
from domain.case.moving_rules.steps import AdoptRules
from domain.case.steps import AddNote, AssignCaseworker, RecordContact
from domain.errors import Refused
from domain.message import Step
from domain.steps.naming import step_name
from domain.tracks.self_employment.steps import (
    PlaceOnCeremony,
    RecordCoaching,
    TakeOffCeremony,
)
from domain.tracks.training.steps import RecordAttendance


@dataclass(frozen=True, slots=True)
class Allowed:
    """One step that may be taken for a list."""

    step: type[Step]
    custody: bool = False
    """Whether it tells of custody: then nothing about the batch says which step it is."""


ALLOWED: Mapping[str, Allowed] = {
    step_name(each.step): each
    for each in (
        Allowed(AssignCaseworker),
        Allowed(RecordContact),
        Allowed(AddNote),
        Allowed(AdoptRules),
        Allowed(RecordAttendance),
        Allowed(RecordCoaching),
        Allowed(PlaceOnCeremony),
        Allowed(TakeOffCeremony),
        Allowed(RecordRelease, custody=True),
        Allowed(RecordPardon, custody=True),
    )
}


def allowed(name: str) -> Allowed:
    """Raises `Refused` for a step that no batch takes."""
    found = ALLOWED.get(name)
    if found is None:
        raise Refused("step_not_in_batches")
    return found
