"""The example's way, in order: the main one, and all that can happen on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from domain.case.steps import (
    CloseCase,
    ConfirmCaseRequest,
    EndTrack,
    OpenCase,
    RefuseCaseRequest,
)
from domain.commands import HANDLINGS
from domain.example import (
    batch,
    beside,
    between,
    care,
    employment,
    findings,
    noticed,
    ordering,
    papers,
    project,
    rules,
    schooling,
    services,
    voices,
)
from domain.example.cohort import cohort
from domain.example.person import Person
from domain.example.training import in_cohort
from domain.message import Role, Step
from domain.order.steps import AssignLine, ConfirmOrderRequest, PlaceOrder, RefuseOrderRequest
from domain.tracks.self_employment.steps import RecordDecision

S = TypeVar("S", bound=Step)

ANSWERS = (ConfirmCaseRequest, RefuseCaseRequest, ConfirmOrderRequest, RefuseOrderRequest)

WHO_ACTS = (Role.CASEWORKER, Role.COORDINATOR, Role.DIVISION, Role.ADMINISTRATOR, Role.TIMER)
"""Of those who may take a step, the first does."""


@dataclass(frozen=True, slots=True)
class Way(Person):
    """One person's steps, on their case and their order; `steps` is the shortest way to delivery."""

    def steps(self) -> tuple[Step, ...]:
        return (
            *self.to_release(),
            *self.to_submission(),
            project.decision(self),
            *self.to_delivery(),
        )

    def to_release(self) -> tuple[Step, ...]:
        return care.to_release(self)

    def to_submission(self) -> tuple[Step, ...]:
        return project.to_submission(self)

    def to_delivery(self) -> tuple[Step, ...]:
        return project.to_delivery(self)

    def detours(self) -> tuple[Step, ...]:
        """What happens to this person beside the shortest way, and after it."""
        return (
            *care.mistakes(self),
            *care.changes_in_custody(self),
            *care.back_in_custody(self),
            *care.towards_conditional_release(self),
            *care.daily_work(self),
            *noticed.reminders(self),
            between.move(self),
            *papers.of_case(self),
            *services.of_case(self),
            *voices.attestations(self),
            *care.consent(self),
            care.goal_reached(self),
            project.coaching(self),
            *project.listed_again(self),
            *project.follow_up(self),
            *project.problem(self),
            *care.exemption(self),
            care.track_ended(self),
            *care.closing(self),
        )

    def others(self) -> tuple[Step, ...]:
        """What happens to others instead: they train outside or not at all, or give up."""
        return (
            *project.training_outside(self),
            *project.training_waived(self),
            *project.replacement(self),
            project.drop_cash(self),
            project.confirm_approval(self),
            project.end_approval(self),
            *care.answers(self),
            *project.added_to_list(self),
            *ordering.troubled(self),
            ordering.found_again(self),
            ordering.kept(self),
            ordering.assigned(self),
            *project.mistyped(self),
            project.second_funding(self),
            project.revision(self),
            project.withdrawal(self),
            project.rejection(self),
            project.appeal(self),
            project.change(self),
            care.death(self),
            *project.given_back(self),
        )

    def tracks(self) -> tuple[Step, ...]:
        """The tracks of other kinds, side by side with the project's."""
        return employment.job(self)

    def beside(self) -> tuple[Step, ...]:
        """What is done about the house, the person, the money, the session and the ceremony."""
        return (
            *beside.house(self),
            *findings.findings(self),
            *between.absence(self),
            *between.centres(self),
            *beside.identity(self),
            *beside.money(self),
            *beside.session(self),
            *beside.ceremony(self),
            *cohort(self),
            *papers.beside(self),
            *batch.batch(self),
            *voices.beside(self),
        )

    def every(self) -> tuple[Step, ...]:
        """The whole example; some steps stand in it twice."""
        bound = care.bound_in_freedom(self)
        moved = (between.emergency(self), *between.asked_for(self), *between.referrals(self))
        return (
            *(*self.beside(), *self.steps(), *self.detours(), *self.others()),
            *(*self.tracks(), *in_cohort(self), *bound, *moved, rules.adopt_rules(self)),
            *schooling.at_school(self),
        )

    def step(self, kind: type[S]) -> S:
        """The first of its kind. Raises `LookupError` where the example has none."""
        for each in self.every():
            if type(each) is kind:
                return each
        raise LookupError(f"the example has no {kind.__name__}")


def of_project(step: Step, project_id: UUID) -> Step:
    """The step about this project: its id is known once it was proposed."""
    if isinstance(step, AssignLine):
        return step.model_copy(update={"project_id": project_id})
    if not isinstance(step, PlaceOrder):
        return step
    lines = [line.model_copy(update={"project_id": project_id}) for line in step.lines]
    return step.model_copy(update={"lines": tuple(lines)})


def by_day(steps: Iterable[Step]) -> list[Step]:
    """In the order in which they are told; those of one day as they stand.

    A case is opened first: only then is told of it what was before.
    """
    return sorted(steps, key=lambda step: (not isinstance(step, OpenCase), step.occurred_on))


def taken_by(step: Step) -> Role:
    """Who takes the step in the example.

    A decision is not recorded by whoever proposed, a case or a track for which
    money was spent is ended by the coordinator, and what a coordinator asks for about a case
    or an order the division answers.
    """
    if isinstance(step, RecordDecision | CloseCase | EndTrack):
        return Role.COORDINATOR
    if isinstance(step, ANSWERS):
        return Role.DIVISION
    return next(role for role in WHO_ACTS if role in HANDLINGS[type(step)].who)
