"""An erasure repeated by the house itself: a backup that was brought back knows nothing of it.

Two people agreed to it, and the entries that say so are lost with all that came after the backup. So
nothing is asked again, neither what stands open nor how long a proof is kept; only what was counted is
kept, before the key is destroyed once more. A case that was open then is closed with it, as erased, for
nobody can take a step on it any more: how it had ended is among what is lost.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domain.beneficiary import events as b
from domain.beneficiary.family import cases_of, family
from domain.beneficiary.path import STANDING
from domain.beneficiary.rights.events import DataRequestAnswered
from domain.beneficiary.state import BeneficiaryState
from domain.case import events as e
from domain.case.vocabulary import Outcome
from domain.complaint.events import ComplaintErased
from domain.complaint.path import FILED
from domain.complaint.path import NOT_ERASED as COMPLAINT_NOT_ERASED
from domain.erasure.decide import all_erased, follows_all
from domain.message import Event, Role, Step, name_of
from domain.steps.handling import Context, Events, World
from domain.steps.roles import COMPLAINT, StreamRole
from domain.steps.table import row

OPERATOR = frozenset({Role.OPERATOR})
One = tuple[StreamRole[Any], BeneficiaryState]


class RepeatErasure(Step):
    """Erase a person again who was erased after the backup was made that was brought back."""

    persons: tuple[UUID, ...]
    """All who were erased since: of those who go by the person no other one."""


class RepeatComplaintErasure(Step):
    """Erase a complaint again that was erased after the backup was made that was brought back."""


def erase_again(world: World, step: RepeatErasure, _: Context) -> Events:
    people = [
        (role, person)
        for role, person in family(world)
        if not person.erased and UUID(name_of(world.ids[role])) in step.persons
    ]
    return [*_closed(world, people), *all_erased(world, people)]


def _closed(world: World, people: Sequence[One]) -> list[tuple[StreamRole[Any], Event]]:
    events: list[tuple[StreamRole[Any], Event]] = []
    for role, person in people:
        events += [
            (case, e.CaseClosed(outcome=Outcome.ERASED))
            for case in cases_of(world, person)
            if world[case].is_open
        ]
        if person.open_case is not None:
            events.append((role, b.CaseUnlinked(case_id=person.open_case)))
    return events


def erase_complaint_again(_world: World, _step: RepeatComplaintErasure, _: Context) -> Events:
    return [(COMPLAINT, ComplaintErased())]


AGAIN = (
    row(
        RepeatErasure,
        *(b.BeneficiaryErased, b.CaseUnlinked, e.CaseClosed, e.StatisticsKept),
        *(ComplaintErased, DataRequestAnswered),
        who=OPERATOR,
        when=STANDING,
        by=erase_again,
        follows=follows_all,
        left_out={"persons": "each is the stream in which its own erasure is recorded"},
    ),
    row(
        RepeatComplaintErasure,
        ComplaintErased,
        who=OPERATOR,
        when=(FILED, COMPLAINT_NOT_ERASED),
        by=erase_complaint_again,
    ),
)
"""By nobody over the network."""
