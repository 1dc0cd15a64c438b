"""What was said to have come back from a holder, and did not, or not so; its money compensated."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from domain.agreement import events as a
from domain.agreement.state import AgreementState
from domain.case.state import CaseState
from domain.errors import Refused
from domain.mending.compensating import Account
from domain.mending.entering import MoneyMending
from domain.mending.recording import Said
from domain.message import Event, StreamKind, stream_id
from domain.order.vocabulary import LineStatus
from domain.project import events as p
from domain.project.funders import follows_funders
from domain.project.state import ProjectState
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.roles import CASE, StreamRole
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide.recovery import require_of_problem
from domain.tracks.self_employment.problems import Problem, key_of
from domain.tracks.self_employment.state import SelfEmployment
from domain.tracks.self_employment.vocabulary import ProblemDecision
from domain.values.money import NOTHING

Made = list[tuple[StreamRole[Any], Event]]
Paid = Mapping[UUID, Decimal]
"""MAD by the agreement it came back to."""


def follows_stock(world: World) -> Roles:
    """The agreements that funded the projects, and the orders on which what came back stands."""
    orders = {
        item.order_id
        for state in world.states.values()
        if isinstance(state, ProjectState)
        for item in state.items.values()
        if item.back is not None and item.order_id is not None
    }
    named: dict[StreamRole[Any], str] = {}
    for each in orders:
        role: StreamRole[Any] = StreamRole(f"stock {each}", StreamKind.ORDER, answered=False)
        named[role] = stream_id(StreamKind.ORDER, each)
    return {**named, **follows_funders(world)}


def correct_recovery(world: World, step: s.CorrectRecovery, ctx: Context) -> Events:
    return _Correcting(world, ctx).recovery(step)


class _Correcting(MoneyMending):
    """One recovery that is told anew, or was none."""

    def recovery(self, step: s.CorrectRecovery) -> Events:
        entry, was = self.entry_with(step.entry_number, e.RecoveryRecorded)
        project_id, project = self.project_of(entry)
        self._require_in_stock(cast("ProjectState", project.state), was, step)
        before = dict(_paid_back(project.before, entry.about.command_id))
        is_told = bool(step.items or step.amount)
        corrected = frozenset(entry.versions) if is_told else frozenset[int]()
        made = self._leave_out([entry], Said(corrected, step.explanation or ""), step)
        now: Paid = {}
        if is_told:
            told = s.RecordRecovery(
                **{name: getattr(step, name) for name in s.RecoveryTold.model_fields},
                track_id=was.track_id,
                raised_on=was.raised_on,
                number=was.number,
            )
            problem = self._problem(was, told)
            require_of_problem(cast("ProjectState", project.state), problem, told)
            now = self._allowed(told, project_id, cast("ProjectState", project.state), before)
            recovered = was.model_copy(
                update={"items": told.items, "amount": told.amount or NOTHING}
            )
            made.append(self.told_anew(CASE, recovered, told, entry))
            if told.items:
                back = p.ItemsRecovered(items=told.items)
                made.append(self.told_anew(project.role, back, told, entry))
            for name, amount in now.items():
                paid = p.HolderRefunded(agreement_id=name, amount=amount, reference=told.reference)
                made.append(self.told_anew(project.role, paid, told, entry))
        self.require_standing()
        self._require_carried_out(was)
        after = cast("ProjectState", project.state)
        for account in self._accounts(project_id, after):
            old = before.get(account.agreement_id, NOTHING)
            new = now.get(account.agreement_id, NOTHING)
            if new != old:
                said = a.RecoveryCorrected(project_id=project_id, amount=new, amount_before=old)
                more = new - old
                made += account.corrected(after, said, refunded=more, recovered=more)
        return made

    def _accounts(self, project_id: UUID, project: ProjectState) -> Iterator[Account]:
        for name in project.granted:
            role: StreamRole[AgreementState] = self._world.role_of(StreamKind.AGREEMENT, name)
            yield Account(role, self._world[role], name, project_id)

    def _require_in_stock(
        self, project: ProjectState, was: e.RecoveryRecorded, step: s.CorrectRecovery
    ) -> None:
        """Raises `Refused` where goods that did not come back went on from the stock since."""
        for number in sorted(set(was.items) - set(step.items)):
            item = project.items[number]
            if item.order_id is None or item.line is None:
                raise Refused("stock_moved_since", item=number)
            role = self._world.role_of(StreamKind.ORDER, item.order_id)
            if self._world[role].lines[item.line].status is not LineStatus.RECEIVED:
                raise Refused("stock_moved_since", item=number)

    def _problem(self, was: e.RecoveryRecorded, told: s.RecordRecovery) -> Problem:
        """As it stood on that day: decided to be recovered."""
        then = cast("CaseState", self._case.as_of(told.occurred_on))
        problem = _problem_in(then, was)
        if problem is None or problem.decision is not ProblemDecision.RECOVERY:
            raise Refused("recovery_not_decided")
        not_before(told.occurred_on, known(problem.decided).on)
        return problem

    def _allowed(
        self, told: s.RecordRecovery, project_id: UUID, project: ProjectState, before: Paid
    ) -> Paid:
        """No more than the holder was handed of the agreement's."""
        if told.amount is None:
            return {}
        accounts = {each.agreement_id: each for each in self._accounts(project_id, project)}
        meant = told.agreement_id or next(iter(before), None)
        if meant is None and len(accounts) == 1:
            meant = next(iter(accounts))
        if meant is None or meant not in accounts:
            raise Refused("agreement_not_named")
        most = accounts[meant].approval.money.recoverable + before.get(meant, NOTHING)
        if told.amount > most:
            raise Refused("recovery_exceeds_delivered", most=str(most), asked=str(told.amount))
        return {meant: told.amount}

    def _require_carried_out(self, was: e.RecoveryRecorded) -> None:
        """Raises `Refused` where the problem was resolved by what did not come back."""
        problem = _problem_in(cast("CaseState", self._case.state), was)
        if problem is not None and problem.resolved is not None and not problem.carried_out:
            raise Refused("problem_already_resolved")


def _problem_in(case: CaseState, was: e.RecoveryRecorded) -> Problem | None:
    track = case.tracks.get(was.track_id)
    found = track.problems if isinstance(track, SelfEmployment) else {}
    return found.get(key_of(was.raised_on, was.number))


def _paid_back(events: Any, command_id: UUID) -> Iterator[tuple[UUID, Decimal]]:
    for each in events:
        if each.envelope.command_id == command_id and isinstance(each.event, p.HolderRefunded):
            yield each.event.agreement_id, each.event.amount
