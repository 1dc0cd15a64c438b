"""What a correction comes to for an approval: streams of money are never folded anew.

The approval is brought to what its money must be now, settled or not, with what was freed; where
more is claimed than before, the agreement must have the room.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.agreement import events as a
from domain.agreement.decide import require_room_to_correct
from domain.agreement.money import Approval, Money
from domain.agreement.state import AgreementState
from domain.errors import Refused
from domain.folds.replacing import replace
from domain.message import Event
from domain.project.state import ProjectState
from domain.steps.handling import Events
from domain.steps.roles import StreamRole
from domain.values.money import NOTHING


@dataclass(frozen=True, slots=True)
class Account:
    """An agreement's approval of one project, before the correction."""

    role: StreamRole[AgreementState]
    agreement: AgreementState
    agreement_id: UUID
    project_id: UUID

    @property
    def approval(self) -> Approval:
        return self.agreement.approvals.get(self.project_id, Approval())

    def corrected(self, project: ProjectState, *said: Event, **by: Decimal) -> Events:
        """What is said of it, with its money so much larger; and what is settled and freed by that.

        `project` is as the correction leaves it. Raises `Refused` where there is no room.
        """
        return self._brought(project, *said, ended=self.approval.ended, **by)

    def stands_again(self, project: ProjectState) -> Events:
        """An approval that was ended in error: its place is taken again, and what was freed is claimed.

        Raises `Refused` where there is no place, or no room.
        """
        if self.agreement.closed:
            raise Refused("agreement_closed_to_spending")
        if not self.approval.takes_place and self.agreement.places_left < 1:
            raise Refused("places_exhausted", places=self.agreement.places_taken)
        return self._brought(project, ended=False)

    def _brought(self, project: ProjectState, *said: Event, ended: bool, **by: Decimal) -> Events:
        before = self.approval
        money = before.money.moved(**by)
        settled = ended or _complete(project, self.agreement_id, money)
        freed = before.money.freed
        if settled:
            freed = money.approved - money.bound
        elif before.settled:
            freed = NOTHING
        after = replace(money, freed=freed)
        require_room_to_correct(self.agreement, after.committed - before.money.committed)
        events: list[tuple[StreamRole[Any], Event]] = [(self.role, each) for each in said]
        stands_again = before.ended and not ended
        if before.settled and (stands_again or not settled):
            events.append((self.role, a.ApprovalUnsettled(project_id=self.project_id)))
        if settled and (stands_again or not before.settled):
            settling = a.ApprovalSettled(project_id=self.project_id, ended=False)
            events.append((self.role, settling))
        return [*events, *self._freed(freed - before.money.freed)]

    def _freed(self, more: Decimal) -> Events:
        if more > NOTHING:
            return [(self.role, a.FundsFreed(project_id=self.project_id, amount=more))]
        if more < NOTHING:
            return [(self.role, a.SavingReversed(project_id=self.project_id, amount=-more))]
        return []


def _complete(project: ProjectState, agreement_id: UUID, money: Money) -> bool:
    """Whether all that it pays was handed over or given up."""
    granted = project.granted.get(agreement_id)
    if granted is None:
        return False
    cash_left = money.cash_left > NOTHING and not project.cash_dropped
    return project.settled_for(granted.source) and not cash_left
