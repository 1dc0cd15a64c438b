"""The parts that streams play in a decision: this case, its project, the agreement.

Rules read states and write events by role, not by kind, so that two streams of a kind can
meet in one decision. A role's name is also what a step's answer calls a stream it made.
"""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from domain.message import Step, StreamKind, stream_id

if TYPE_CHECKING:
    from domain.agreement.state import AgreementState
    from domain.batch.state import BatchState
    from domain.beneficiary.state import BeneficiaryState
    from domain.case.state import CaseState
    from domain.ceremony.state import CeremonyState
    from domain.cohort.state import CohortState
    from domain.complaint.state import ComplaintState
    from domain.dismissal.state import FindingState
    from domain.order.state import OrderState
    from domain.project.state import ProjectState
    from domain.reception.state import ReceptionState
    from domain.reference.state import ReferenceState
    from domain.registry.state import RegistryState
    from domain.session.state import SessionState
    from domain.staff.state import StaffState
    from domain.upkeep.state import UpkeepState

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Entry:
    """What an event tells in the place of another."""

    step: Step
    mends: int | None
    """As of the envelope."""


@dataclass(frozen=True, slots=True)
class StreamRole(Generic[S]):
    """A part in a decision, for a stream of that kind; `S` is what the stream folds to."""

    name: str
    kind: StreamKind
    answered: bool = True
    """Whether a step's answer names a stream it made in this role."""
    alone: str = ""
    """The name of the only stream of its kind, where there is one only."""
    entry: Entry | None = field(default=None, compare=False)
    """As what an event in this part is entered, where that is not the command's own step."""

    @property
    def only(self) -> str:
        """The id of the only stream of its kind."""
        return stream_id(self.kind, self.alone)

    def entering(self, step: Step, mends: int | None) -> Self:
        """The same part, for an event that stands in the place of another."""
        return replace(self, entry=Entry(step, mends))


CASE: "StreamRole[CaseState]" = StreamRole("case", StreamKind.CASE)
PROJECT: "StreamRole[ProjectState]" = StreamRole("project", StreamKind.PROJECT)
AGREEMENT: "StreamRole[AgreementState]" = StreamRole("agreement", StreamKind.AGREEMENT)
SESSION: "StreamRole[SessionState]" = StreamRole("session", StreamKind.SESSION)
CEREMONY: "StreamRole[CeremonyState]" = StreamRole("ceremony", StreamKind.CEREMONY)
COHORT: "StreamRole[CohortState]" = StreamRole("cohort", StreamKind.COHORT)
COMPLAINT: "StreamRole[ComplaintState]" = StreamRole("complaint", StreamKind.COMPLAINT)
RECEPTION: "StreamRole[ReceptionState]" = StreamRole("reception", StreamKind.RECEPTION)
ORDER: "StreamRole[OrderState]" = StreamRole("order", StreamKind.ORDER)
BENEFICIARY: "StreamRole[BeneficiaryState]" = StreamRole("beneficiary", StreamKind.BENEFICIARY)
BATCH: "StreamRole[BatchState]" = StreamRole("batch", StreamKind.BATCH)
STAFF: "StreamRole[StaffState]" = StreamRole("staff", StreamKind.STAFF)
CENTRES: "StreamRole[RegistryState]" = StreamRole("registry", StreamKind.REGISTRY, alone="all")
FINDING: "StreamRole[FindingState]" = StreamRole("finding", StreamKind.FINDING)
UPKEEP: "StreamRole[UpkeepState]" = StreamRole(
    "upkeep", StreamKind.UPKEEP, answered=False, alone="all"
)
REFERENCES: "StreamRole[ReferenceState]" = StreamRole(
    "references", StreamKind.REFERENCE, answered=False
)

TARGETS: dict[StreamKind, StreamRole[Any]] = {
    role.kind: role
    for role in (
        *(CASE, PROJECT, AGREEMENT, SESSION, ORDER, CEREMONY, COHORT, COMPLAINT, RECEPTION),
        *(BENEFICIARY, STAFF, CENTRES, BATCH, UPKEEP, FINDING),
    )
}
"""The role of the stream that a step is taken on, by its kind."""


def numbered(kind: StreamKind, number: int) -> StreamRole[Any]:
    """The part of one among several of a kind: the second of the projects on an order."""
    return StreamRole(f"{kind}_{number}", kind, answered=False)
