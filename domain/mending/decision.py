"""A decision in session that was entered wrongly: told anew in its place, its money compensated."""

from dataclasses import replace as replaced
from typing import Any, cast
from uuid import UUID

from domain.agreement import events as a
from domain.agreement.decide import require_room
from domain.case.state import CaseState
from domain.errors import Refused
from domain.folds.order import in_order
from domain.mending.compensating import Account
from domain.mending.entering import MoneyMending
from domain.mending.entries import Entry
from domain.mending.recording import Said
from domain.message import Event
from domain.project.state import ProjectState
from domain.project.vocabulary import DecisionKind
from domain.resting import Fallen, listed
from domain.steps.checks import known
from domain.steps.handling import Context, Events, World
from domain.steps.roles import AGREEMENT, CASE, PROJECT, StreamRole
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide import approval
from domain.tracks.self_employment.state import SelfEmployment
from domain.values.money import NOTHING

WENT_ON = (
    *(e.ProjectProposed, e.ProjectRevised, e.ProjectChanged),
    *(e.SubmittedToSession, e.SubmissionWithdrawn, e.RejectionAppealed),
    e.ApprovalEnded,
)
"""What follows from a decision, whatever it was; an end is of all that was approved by then."""

Made = list[tuple[StreamRole[Any], Event]]


def correct_decision(world: World, step: s.CorrectDecision, ctx: Context) -> Events:
    return _Correcting(world, ctx).decision(step)


class _Correcting(MoneyMending):
    """One decision that is told anew."""

    def decision(self, step: s.CorrectDecision) -> Events:
        """Judged by the rule of a decision, as one entered late; then what stands must still stand.

        It stays of its own session: on a day after the next submission it would decide that one.
        """
        entry, was = self.entry_with(step.entry_number, e.DecisionRecorded)
        told = s.RecordDecision(
            **{name: getattr(step, name) for name in s.DecisionTold.model_fields},
            track_id=was.track_id,
            agreement_id=was.agreement_id,
        )
        if told.decision is not was.decision:
            self._require_nothing_after(entry, was)
            self._require_not_delivered(told)
        said = Said(frozenset(entry.versions), step.explanation or "")
        made = self._leave_out([entry], said, step)
        project_id, project = self.project_of(entry)
        judged = self._judged(told, project.role, cast("ProjectState", project.state))
        anew = replaced(self._ctx, command_id=entry.about.command_id)
        for role, event in approval.decided(judged, told, anew):
            if isinstance(event, e.DecisionRecorded) and event.session_id != was.session_id:
                self._require_nothing_after(entry, was)
            part = project.role if role == PROJECT else role
            made.append(self.told_anew(part, event, told, entry))
        self.require_standing()
        after = cast("ProjectState", project.state)
        return [*made, *self._compensated(judged, was, told, project_id, after)]

    def _require_nothing_after(self, entry: Entry, was: e.DecisionRecorded) -> None:
        """Raises `Refused` where the project went on as the decision was said to be."""
        ordered = in_order(self._case.before)
        last = max(
            number for number, each in enumerate(ordered) if each.envelope.version in entry.versions
        )
        after = [
            Fallen(each, frozenset())
            for each in ordered[last + 1 :]
            if isinstance(each.event, WENT_ON)
            and each.event.track_id == was.track_id
            and getattr(each.event, "agreement_id", was.agreement_id) == was.agreement_id
        ]
        if after:
            raise Refused("rests_on_it", entries=listed(after), count=len(after))

    def _require_not_delivered(self, told: s.RecordDecision) -> None:
        """As a decision told late: a project that was handed over is approved by nobody any more."""
        track = cast("CaseState", self._case.state).tracks.get(known(told.track_id))
        handed_over = isinstance(track, SelfEmployment) and track.delivered is not None
        if told.decision is DecisionKind.APPROVE and handed_over:
            raise Refused("already_delivered")

    def _judged(
        self, told: s.RecordDecision, part: StreamRole[Any], project: ProjectState
    ) -> World:
        """As of its own day in life, as it is now in the house; without the wrong entry."""
        then = cast("CaseState", self._case.as_of(told.occurred_on)).with_only(told.track_id)
        others = {role: state for role, state in self._world.states.items() if role != part}
        states = {**others, CASE: then, PROJECT: project}
        return World(states, self._world.ids, day=told.occurred_on)

    def _compensated(
        self,
        judged: World,
        was: e.DecisionRecorded,
        told: s.RecordDecision,
        project_id: UUID,
        after: ProjectState,
    ) -> Events:
        agreement = self._world[AGREEMENT]
        account = Account(AGREEMENT, agreement, was.agreement_id, project_id)
        approved = was.decision is DecisionKind.APPROVE
        if told.decision is not DecisionKind.APPROVE:
            return _no_approval(account) if approved else ()
        if not approved:
            if agreement.closed:
                raise Refused("agreement_closed_to_spending")
            require_room(agreement, told.equipment_amount + told.cash_grant)
            return [approval.committed(judged, told, self._ctx)]
        return _of_other_amounts(account, was, told, after)


def _no_approval(account: Account) -> Events:
    """Nothing was ordered, paid or handed over under it; the list of what was stands in the case.

    What was freed of it was never its own to free: else the agreement had that money twice.
    """
    money = account.approval.money
    if any((money.contracted, money.paid, money.cash_paid, money.delivered)):
        raise Refused(
            "money_rests_on_decision",
            contracted=str(money.contracted),
            cash=str(money.cash_paid),
        )
    name = account.project_id
    reversed_ = a.CommitmentReversed(project_id=name, equipment=money.equipment, cash=money.cash)
    if money.freed == NOTHING:
        return [(account.role, reversed_)]
    saving = a.SavingReversed(project_id=name, amount=money.freed)
    return [(account.role, saving), (account.role, reversed_)]


def _of_other_amounts(
    account: Account, was: e.DecisionRecorded, told: s.RecordDecision, after: ProjectState
) -> Events:
    """Never below what is contracted, and paid in cash."""
    more = told.equipment_amount - was.equipment_amount
    cash = told.cash_grant - was.cash_grant
    if more == cash == NOTHING:
        return ()
    money = account.approval.money.moved(equipment=more, cash=cash)
    if money.orderable < NOTHING or money.cash_left < NOTHING:
        raise Refused(
            "money_rests_on_decision",
            contracted=str(money.contracted),
            cash=str(money.cash_paid),
        )
    said = a.CommitmentCorrected(
        project_id=account.project_id,
        equipment=told.equipment_amount,
        cash=told.cash_grant,
        equipment_before=was.equipment_amount,
        cash_before=was.cash_grant,
    )
    return account.corrected(after, said, equipment=more, cash=cash)
