"""Step type → the streams it reads and what decides it: all the ledger needs to know.

Also how each kind of stream is folded, and whose key encrypts what.
"""

from collections.abc import Callable, Mapping
from typing import Any, cast
from uuid import UUID

from domain.agreement.evolve import evolve_agreement
from domain.agreement.state import AgreementState
from domain.agreement.warnings import paid_above_in_hand
from domain.batch.state import BatchState, evolve_batch
from domain.beneficiary.state import BeneficiaryState, evolve_beneficiary
from domain.beneficiary.steps import CorrectIdentity
from domain.beneficiary.warnings import similar_people
from domain.case.residence.decide import another_serves
from domain.case.state import CaseState
from domain.case.steps import OpenCase
from domain.ceremony.state import CeremonyState, evolve_ceremony
from domain.cohort.state import CohortState, evolve_cohort
from domain.complaint.state import ComplaintState, evolve_complaint
from domain.dismissal.state import FindingState, evolve_finding
from domain.events.levels import LEVELS
from domain.events.stored import EVENTS
from domain.folds.evolution import Evolution
from domain.message import Command, Envelope, Event, Step, StreamKind, name_of
from domain.numbers.events import NumbersEvent
from domain.numbers.marks import known_marks, marks_in
from domain.numbers.state import NumbersState, evolve_numbers
from domain.order.evolve import evolve_order
from domain.order.state import OrderState
from domain.papers.needed import papers_missing
from domain.path import BESIDE, PATH
from domain.project.state import ProjectState, evolve_project
from domain.reception.state import ReceptionState, evolve_reception
from domain.reference.state import ReferenceState, evolve_reference
from domain.registry.state import RegistryState, evolve_registry
from domain.rules import NEWEST
from domain.session.state import SessionState, evolve_session
from domain.staff.leaving import cases_left
from domain.staff.state import StaffState, evolve_staff
from domain.steps.handling import Events, Handling, State, World
from domain.steps.naming import step_name as step_name  # noqa: PLC0414 (so that it can be imported from here)
from domain.steps.roles import CASE, StreamRole
from domain.steps.table import by_step, require_folded
from domain.steps.warning import Warned
from domain.tracks.table import evolve_whole_case
from domain.upkeep.state import UpkeepState, evolve_upkeep

HANDLINGS: Mapping[type[Step], Handling] = by_step(
    row for part in (*PATH, *BESIDE) for row in part.rows
)


STEPS: Mapping[str, type[Step]] = {step_name(step): step for step in HANDLINGS}

LEVELS.require_named({step_name(step): row for step, row in HANDLINGS.items()}, EVENTS)

_BEHIND_A_VEIL: Mapping[str, str] = {
    step_name(step): event.veil.step
    for step, row in HANDLINGS.items()
    for event in row.makes
    if event.veil is not None
}


def outward_step(name: str) -> str:
    """The name of a step where everybody may read it: its own, or its veil's."""
    return _BEHIND_A_VEIL.get(name, name)


_FOLDS: Mapping[StreamKind, tuple[State, Evolution[Any]]] = {
    StreamKind.CASE: (CaseState(), evolve_whole_case),
    StreamKind.PROJECT: (ProjectState(), evolve_project),
    StreamKind.AGREEMENT: (AgreementState(), evolve_agreement),
    StreamKind.ORDER: (OrderState(), evolve_order),
    StreamKind.SESSION: (SessionState(), evolve_session),
    StreamKind.CEREMONY: (CeremonyState(), evolve_ceremony),
    StreamKind.COHORT: (CohortState(), evolve_cohort),
    StreamKind.COMPLAINT: (ComplaintState(), evolve_complaint),
    StreamKind.RECEPTION: (ReceptionState(), evolve_reception),
    StreamKind.BENEFICIARY: (BeneficiaryState(), evolve_beneficiary),
    StreamKind.STAFF: (StaffState(), evolve_staff),
    StreamKind.REGISTRY: (RegistryState(), evolve_registry),
    StreamKind.REFERENCE: (ReferenceState(), evolve_reference),
    StreamKind.NUMBERS: (NumbersState(), evolve_numbers),
    StreamKind.BATCH: (BatchState(), evolve_batch),
    StreamKind.UPKEEP: (UpkeepState(), evolve_upkeep),
    StreamKind.FINDING: (FindingState(), evolve_finding),
}
require_folded({kind: fold for kind, (_, fold) in _FOLDS.items()}, EVENTS.values())


def initial(kind: StreamKind) -> State:
    """The state of a stream without events."""
    return _FOLDS[kind][0]


def evolve(kind: StreamKind, state: State, event: Event, envelope: Envelope) -> State:
    """The state after one more event. Total: it never refuses."""
    folded: State = _FOLDS[kind][1](state, event, envelope)
    return folded


OF_THEIR_OWN = frozenset(
    {
        *(StreamKind.BENEFICIARY, StreamKind.BATCH, StreamKind.COMPLAINT, StreamKind.RECEPTION),
        StreamKind.FINDING,
    }
)
"""The kinds of streams that have a key of their own: a complaint may be about nobody who is known."""


def subject_of(world: World, step: Step, role: StreamRole[Any], event: Event) -> UUID | None:
    """Whose key encrypts the personal fields of an event in this role, if anyone's.

    A new project's is the person's whose case the step was taken in: its first holder. In the
    directory of staff each event is about one of them. A batch, a complaint, a reception and what is
    said of a finding have a key of their own.
    """
    if role.kind in OF_THEIR_OWN:
        return UUID(name_of(world.ids[role]))
    if role.kind is StreamKind.CASE:
        subject: UUID | None = world[role].beneficiary_id
        return step.beneficiary_id if isinstance(step, OpenCase) else subject
    if role.kind is StreamKind.PROJECT:
        holder: UUID | None = world[role].subject
        return holder or world.case.beneficiary_id
    if isinstance(event, NumbersEvent):
        return event.beneficiary_id
    if role.kind is StreamKind.STAFF:
        return world.staff.subject_of(event)
    return None


def marked(command: Command, secret: bytes, state_of: Callable[[str], State]) -> Command:
    """The command with the marks of the numbers its step tells of; what tells of none as it is.

    A step that says anew who its person is has those of the numbers that were told of them too.
    """
    told: dict[str, Any] = {}
    if marks := marks_in(command.step, secret):
        told["marks"] = marks
    if isinstance(command.step, CorrectIdentity):
        person = cast("BeneficiaryState", state_of(command.target))
        told["known"] = known_marks(person.numbers, secret)
    return command.model_copy(update=told) if told else command


def rules_version_of(world: World) -> str:
    """The version a case keeps, or the newest where no case decides."""
    case = world.states.get(CASE)
    return getattr(case, "rules_version", "") or NEWEST.version


def warnings_of(world: World, command: Command, events: Events) -> list[Warned]:
    """What whoever took the step is told of besides; the states are those before it."""
    return [
        *paid_above_in_hand(world, events),
        *similar_people(world, events),
        *papers_missing(world, command),
        *cases_left(command),
        *another_serves(world, command),
    ]
