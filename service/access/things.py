"""What a query is handed by its scope: the thing itself, and whose part of it the reader may see."""

from dataclasses import dataclass
from uuid import UUID

from domain.batch.state import BatchState
from domain.beneficiary.state import BeneficiaryState
from domain.case.state import CaseState
from domain.ceremony.state import CeremonyState
from domain.cohort.state import CohortState
from domain.complaint.state import ComplaintState
from domain.order.state import OrderState


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case that the reader may see."""

    id: UUID
    state: CaseState


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """A person whom the reader may see."""

    id: UUID
    state: BeneficiaryState


@dataclass(frozen=True, slots=True)
class SeenProject:
    """A project that the reader may see."""

    id: UUID
    case_id: UUID
    """Of its first holder."""
    centre: str | None
    """Whose that case is."""


@dataclass(frozen=True, slots=True)
class SeenAgreement:
    """An agreement whose totals the reader may see."""

    id: UUID
    lines_of: str | None
    """Of which centre's cases they see the lines; None: of all."""


@dataclass(frozen=True, slots=True)
class SeenOrder:
    """An order that the reader may see."""

    id: UUID
    state: OrderState
    lines_of: str | None
    """Of which centre's cases they see the lines; None: of all."""


@dataclass(frozen=True, slots=True)
class SeenSession:
    """A session that the reader may see."""

    id: UUID
    lines_of: str | None
    """Of which centre's cases they see the lines; None: of all."""


@dataclass(frozen=True, slots=True)
class SeenBatch:
    """A batch that the reader may see."""

    id: UUID
    state: BatchState


@dataclass(frozen=True, slots=True)
class SeenCeremony:
    """A ceremony that the reader may see."""

    id: UUID
    state: CeremonyState
    reader: str | None
    """The reader's centre; None: they see everything."""

    @property
    def lines_of(self) -> str | None:
        """Of which centre's cases they see the lines; None: of all."""
        return None if self.reader == self.state.centre else self.reader


@dataclass(frozen=True, slots=True)
class SeenCohort:
    """A cohort that the reader may see."""

    id: UUID
    state: CohortState
    people_of: str | None
    """Of which centre's cases they see who is in it; None: of all."""


@dataclass(frozen=True, slots=True)
class SeenComplaint:
    """A complaint that the reader may see."""

    id: UUID
    state: ComplaintState
    read: bool
    """Whether its words too."""


@dataclass(frozen=True, slots=True)
class SeenReception:
    """A reception that the reader may see."""

    id: UUID
