"""What a case has come to: the fold of its events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.case.moment import Moment
from domain.case.vocabulary import (
    DetentionStatus,
    ExemptionReason,
    NeedArea,
    NeedStatus,
    Outcome,
    Route,
    Stage,
)
from domain.tracks.self_employment.state import TRAINING_BEHIND, SelfEmployment
from domain.trades import Trade


@dataclass(frozen=True, slots=True)
class Custody:
    """Where the person stands towards prison."""

    status: DetentionStatus | None = None
    detained_since: date | None = None
    expected_release: date | None = None
    expected_known: Moment | None = None
    released: Moment | None = None
    pardoned: bool = False

    @property
    def in_detention(self) -> bool:
        return self.status is not None and self.released is None


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why a review is not held, and whether it was overdue when that was said."""

    on: date
    because: ExemptionReason
    overdue_before: bool


@dataclass(frozen=True, slots=True)
class CaseState:
    """A case at some version. Nothing personal is needed to decide its steps."""

    version: int = 0
    seen: int = 0
    beneficiary_id: UUID | None = None
    route: Route | None = None
    centre: str | None = None
    province: str | None = None
    caseworker: UUID | None = None
    rules_version: str = ""
    minor_until: date | None = None
    opened: Moment | None = None
    enquired: Moment | None = None
    has_housing: bool | None = None
    eligible: bool | None = None
    custody: Custody = Custody()
    needs: Mapping[NeedArea, NeedStatus] = field(default_factory=dict)
    planned: Moment | None = None
    last_contact: Moment | None = None
    """The last time the person was reached, or seen at a visit."""
    last_review: Moment | None = None
    """The last contact or review in detention."""
    first_contact: Moment | None = None
    """The first contact after release."""
    certified: frozenset[Trade] = frozenset()
    """Trades with a certificate earned in detention, which counts as training."""
    self_employment: SelfEmployment | None = None
    paused: Moment | None = None
    turned: Moment | None = None
    """When it was last paused, resumed, closed or reopened; the next such step is not before."""
    outcome: Outcome | None = None
    reviews_done: frozenset[str] = frozenset()
    exemptions: Mapping[str, Exemption] = field(default_factory=dict)
    moved: Mapping[str, Moment] = field(default_factory=dict)
    """Reviews given another due date."""
    reminded: frozenset[tuple[str, date]] = frozenset()

    @property
    def exists(self) -> bool:
        return self.version > 0

    @property
    def is_open(self) -> bool:
        return self.exists and self.outcome is None

    @property
    def is_free(self) -> bool:
        """Out of prison, or never in it."""
        return self.route is not Route.DETENTION or self.custody.released is not None

    @property
    def trained(self) -> bool:
        """Training completed or waived, or a certificate earned in detention."""
        track = self.self_employment
        return bool(self.certified) or (track is not None and track.training in TRAINING_BEHIND)

    @property
    def stage(self) -> Stage:
        """The case's place on the rail: the furthest open track's, once released."""
        if self.outcome is not None:
            return Stage.CLOSED
        if not self.is_free:
            return Stage.DETENTION
        return self._stage_of_track()

    def _stage_of_track(self) -> Stage:
        track = self.self_employment
        if track is None:
            return Stage.RELEASE
        if track.delivered:
            return Stage.FOLLOW_UP
        if track.approved:
            return Stage.EQUIPMENT_DELIVERY
        return Stage.PROJECT_APPROVAL if self.trained or track.proposed else Stage.TRAINING
