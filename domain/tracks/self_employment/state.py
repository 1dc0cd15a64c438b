"""How far a self-employment track has come, and what its case may ask of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.case.held import Held, Series, until
from domain.case.moment import Moment
from domain.case.schedule import Due, ReviewKind, numbered
from domain.case.state import CaseState
from domain.case.vocabulary import Outcome, Stage, TrackEnd, TrackKind
from domain.project.vocabulary import DecisionKind, ProjectCondition
from domain.rules import FundingSource, Rules
from domain.tracks.self_employment.equipment import UNTOUCHED, Equipment
from domain.tracks.self_employment.naming import standing_name_of
from domain.tracks.self_employment.problems import Problem, Problems, undecided
from domain.tracks.self_employment.schedule import scheduled_on, visits_of
from domain.tracks.self_employment.submission import Submission
from domain.tracks.self_employment.vocabulary import OpinionKind
from domain.tracks.training.state import Trained
from domain.values.calendar import Calendar, months_after
from domain.values.money import NOTHING
from domain.values.trades import Trade

OF_PROJECT = frozenset(
    {
        Outcome.PROJECT_RUNNING,
        Outcome.PROJECT_STOPPED,
        Outcome.PARTLY_ACHIEVED,
        Outcome.DISENGAGED,
    }
)
"""Outcomes that say how the project ended, or that nothing is to be done about it any more."""
RUNNING = frozenset({ProjectCondition.RUNNING, ProjectCondition.STRUGGLING})


@dataclass(frozen=True, slots=True)
class Handover:
    """A confirmed delivery, with what the case was when it was confirmed; amounts in MAD."""

    position: int
    on: date
    goods: Decimal
    cash: Decimal
    project_id: UUID | None
    agreement_id: UUID | None
    ceremony_id: UUID | None
    trade: Trade | None
    province: str | None
    centre: str | None


@dataclass(frozen=True)
class SelfEmployment(Trained):
    """Each `Moment` is when a milestone was passed."""

    project_id: UUID | None = None
    proposals: tuple[UUID, ...] = ()
    """All projects that were proposed, those rejected too."""
    turned_back: Moment | None = None
    """When a project was last sent back, rejected or taken off a list, or its approval ended."""
    proposers: frozenset[UUID] = frozenset()
    """Who proposed the project or revised it."""
    proposed: Moment | None = None
    revised: Moment | None = None
    payers: Mapping[int, frozenset[FundingSource]] = field(default_factory=dict)
    """The sources that the plan of finance names for each item."""
    cost: Decimal = NOTHING
    """What its items are estimated at now (MAD)."""
    studied: Moment | None = None
    studied_cost: Decimal = NOTHING
    """What they were estimated at when it was studied (MAD)."""
    study_favourable: bool = False
    recommended: Decimal | None = None
    """By the study, in MAD."""
    opinion: OpinionKind | None = None
    opined: Moment | None = None
    allowed_again: frozenset[FundingSource] = frozenset()
    """The sources that the division lets fund the person once more."""
    submissions: Mapping[UUID, Submission] = field(default_factory=dict)
    """By agreement."""
    freed: Moment | None = None
    """When the project was last taken off a session's list undecided."""
    appealed: bool = False
    confirmed: Moment | None = None
    """When it was last confirmed that the approval holds."""
    undertaking: Moment | None = None
    equipment: Equipment = UNTOUCHED
    ordered: Moment | None = None
    """When something was last ordered."""
    received: Moment | None = None
    first_received: Moment | None = None
    ceremony_id: UUID | None = None
    """The ceremony on whose list the person stands, or stood when it was held."""
    on_list: bool = False
    """Whether their line there waits: neither told nor missed."""
    list_changed: Moment | None = None
    """When the person was last placed on a ceremony's list, or taken off one."""
    first_delivery: Moment | None = None
    delivered: Moment | None = None
    """When the last of all that was approved was handed over, or dropped after a handover."""
    handovers: tuple[Handover, ...] = ()
    paid: Moment | None = None
    """When something was last paid to a supplier."""
    last_visit: ProjectCondition | None = None
    visited: Moment | None = None
    visits: tuple[Held, ...] = ()
    """By day, each with the first delivery by then."""
    problems: Problems = field(default_factory=dict)

    def with_decision(self, *kinds: DecisionKind) -> Mapping[UUID, Submission]:
        """The submissions decided so, by agreement."""
        return {each: sub for each, sub in self.submissions.items() if sub.decision in kinds}

    @property
    def pending(self) -> Mapping[UUID, Submission]:
        """Those that wait for a session or its decision, by agreement."""
        return {each: sub for each, sub in self.submissions.items() if sub.pending}

    @property
    def approvals(self) -> Mapping[UUID, Submission]:
        return self.with_decision(DecisionKind.APPROVE)

    @property
    def sent_back(self) -> Mapping[UUID, Submission]:
        """Those sent back, until the project is revised."""
        return self.with_decision(DecisionKind.SEND_BACK)

    @property
    def rejected(self) -> Mapping[UUID, Submission]:
        """Those rejected, until one is appealed."""
        return self.with_decision(DecisionKind.REJECT)

    @property
    def rejection(self) -> Submission | None:
        """The last rejection of a project that nobody else has approved or may approve yet."""
        rejected = self.rejected.values()
        if len(rejected) < len(self.submissions):
            return None
        return max(rejected, key=lambda sub: sub.position, default=None)

    @property
    def asked(self) -> frozenset[FundingSource]:
        """The sources that the plan of finance names for what is still wanted."""
        dropped = self.equipment.dropped
        return frozenset(
            source
            for item, sources in self.payers.items()
            if item not in dropped
            for source in sources
        )

    @property
    def refused(self) -> Mapping[UUID, Submission]:
        """The parts sent back or rejected, and still asked for, of a project others approved."""
        if not self.approvals:
            return {}
        parts = {**self.sent_back, **self.rejected}
        return {each: sub for each, sub in parts.items() if sub.source in self.asked}

    @property
    def part_open(self) -> bool:
        """Whether a part of a project that others approved is nobody's yet, or was refused."""
        approved = {each.source for each in self.approvals.values()}
        return bool(approved) and bool(self.asked - approved or self.refused)

    @property
    def in_preparation(self) -> bool:
        """Whether the plan, or a part of it, is to be prepared for a session."""
        return not self.approvals or (self.part_open and self.delivered is None)

    @property
    def decided_on(self) -> date | None:
        """The latest day on which a session's decision of it was recorded."""
        decided = (sub.decided for sub in self.submissions.values())
        return max((each.on for each in decided if each is not None), default=None)

    @property
    def agreement_id(self) -> UUID | None:
        """What pays for it first: the agreement it is approved under, else submitted under."""
        return next(iter(self.approvals or self.pending), None)

    @property
    def submitted(self) -> Moment | None:
        """When it was submitted under that agreement."""
        standing = self.approvals or self.pending
        return next((sub.submitted for sub in standing.values()), None)

    @property
    def approved(self) -> Moment | None:
        """When it was approved under that agreement."""
        return next((sub.decided for sub in self.approvals.values()), None)

    @property
    def approved_first(self) -> Moment | None:
        """The first approval, by its day."""
        decided = (sub.decided for sub in self.approvals.values() if sub.decided is not None)
        return min(decided, key=lambda moment: moment.on, default=None)

    @property
    def project_on(self) -> date | None:
        """The latest day of what ending the approval takes back."""
        milestones = (
            *(self.approved, self.confirmed, self.undertaking),
            *(self.ordered, self.received),
        )
        days = [moment.on for moment in (*milestones, self.list_changed) if moment is not None]
        given = [each.on for each in self.handovers_of_project]
        return max((*days, *given), default=None)

    @property
    def latest_on(self) -> date:
        milestones = (self.proposed, self.revised, self.studied, self.opined)
        submitted = (sub.submitted for sub in self.submissions.values())
        turns = (self.turned_back, self.first_delivery, self.delivered, self.visited)
        days = (each.on for each in (*milestones, *submitted, *turns) if each is not None)
        return max((self.opened.on, self.project_on or self.opened.on, *days, *self.handed_over_on))

    @property
    def kind(self) -> TrackKind:
        return TrackKind.SELF_EMPLOYMENT

    @property
    def money_open(self) -> bool:
        return self.approved is not None and self.delivered is None

    @property
    def money_spent(self) -> bool:
        return bool(self.handovers) or self.paid is not None

    @property
    def begun_on(self) -> date | None:
        return min(self.handed_over_on, default=None)

    @property
    def family_may_continue(self) -> bool:
        return True

    def often_seen_until(self, rules: Rules) -> date | None:
        """Until the visit of so many months after the first handover."""
        begun = self.begun_on
        return None if begun is None else months_after(begun, rules.silence_visited_months)

    @property
    def undecided(self) -> bool:
        return bool(self.pending)

    @property
    def seen(self) -> Moment | None:
        known = [each for each in (self.undertaking, self.visited) if each is not None]
        return max(known, key=lambda moment: moment.on, default=None)

    @property
    def has_goods(self) -> bool:
        """Whether something waits to be handed over: what came in, or the rest of the cash."""
        equipment = self.equipment
        only_cash = equipment.wanted <= equipment.handed and not equipment.complete
        return bool(equipment.ready) or only_cash

    @property
    def has_visits(self) -> bool:
        return self.first_delivery is not None

    @property
    def handed_over_on(self) -> tuple[date, ...]:
        return tuple(each.on for each in self.handovers)

    @property
    def handovers_of_project(self) -> tuple[Handover, ...]:
        """Of the project it has now."""
        return tuple(each for each in self.handovers if each.project_id == self.project_id)

    def stage(self, case: CaseState) -> Stage:
        if self.delivered:
            return Stage.FOLLOW_UP
        if self.approved:
            return Stage.EQUIPMENT_DELIVERY
        past_training = self.trained(case.taught) or self.proposed
        return Stage.PROJECT_APPROVAL if past_training else Stage.TRAINING

    def lacks(self, outcome: Outcome, on: date, rules: Rules) -> str | None:
        """Whether a project runs or stopped, the last visit says; what follows a stop is decided."""
        if outcome is Outcome.IN_TRAINING:
            return None if self.attends and self.ended is None else "not_enrolled"
        of_a_project = outcome in {Outcome.PROJECT_RUNNING, Outcome.PROJECT_STOPPED}
        if self.delivered is None or not of_a_project:
            return "no_project_delivered"
        if outcome is Outcome.PROJECT_STOPPED:
            if self.last_visit is not ProjectCondition.STOPPED:
                return "no_visit_says_stopped"
            return None if self.problems else "stop_not_decided"
        recent = self.visited and self.visited.on >= months_after(on, -rules.running_visit_months)
        stands = self.ended_as in {None, TrackEnd.COMPLETED}
        runs = recent and stands and self.last_visit in RUNNING
        return None if runs else "no_recent_visit_says_running"

    def speaks_against(self, outcome: Outcome) -> bool:
        """A problem that nobody decided does, where the outcome says how the project ended."""
        return outcome in OF_PROJECT and any(undecided(self.problems))

    def scheduled(self, case: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
        return scheduled_on(case, self, rules, calendar)

    def series(self, rules: Rules, calendar: Calendar) -> Iterator[Series]:
        visits = visits_of(self, rules, calendar)
        yield visits if self.ended is None else until(visits, self.ended.on)

    def standing_name(self, kind: str, parts: Sequence[str]) -> str | None:
        return standing_name_of(self, kind) if self.is_named(parts) else None

    def scheduled_until(self, rules: Rules, calendar: Calendar) -> Moment | None:
        if self.ended is not None:
            return self.ended
        if self.delivered is None or self.first_delivery is None:
            return None
        last = visits_of(self, rules, calendar).dues()[-1]
        return Moment(last.due_on, self.first_delivery.known)

    def of_project(self, kind: ReviewKind) -> str:
        """The name of a review that each project has one of."""
        return numbered(kind, len(self.proposals), self.number)


def projects_of(case: CaseState) -> Iterator[UUID]:
    """All projects that the case proposed, in whichever track."""
    for track in case.tracks.values():
        if isinstance(track, SelfEmployment):
            yield from track.proposals


def handovers_of(case: CaseState) -> Iterator[Handover]:
    for track in case.tracks.values():
        if isinstance(track, SelfEmployment):
            yield from track.handovers


def to_pass_on(case: CaseState, project_id: UUID, item: int) -> tuple[UUID, Problem] | None:
    """The problem of which it was decided that another is to have the item, with its track."""
    for track_id, track in case.tracks.items():
        if isinstance(track, SelfEmployment):
            for problem in track.problems.values():
                if problem.passes_on(project_id, item):
                    return track_id, problem
    return None


def find_track(case: CaseState) -> SelfEmployment | None:
    """The case's self-employment track, where it has one: the open one, else the last that ended."""
    last = None
    for track in case.tracks.values():
        if isinstance(track, SelfEmployment):
            if track.ended is None:
                return track
            last = track
    return last
