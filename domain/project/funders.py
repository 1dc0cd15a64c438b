"""Who funds a project, in a decision: the agreements it is approved under, each by its role."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.agreement import events as a
from domain.agreement.decide import require_room_to_correct
from domain.agreement.money import Approval
from domain.agreement.state import AgreementState
from domain.errors import Refused
from domain.message import Event, StreamKind, stream_id
from domain.project.state import ProjectState
from domain.steps.handling import Events, Roles, World
from domain.steps.roles import StreamRole, numbered
from domain.values.money import NOTHING


def follows_funders(world: World) -> Roles:
    """The agreements under which the projects that were read are or were approved."""
    names = {
        name
        for state in world.states.values()
        if isinstance(state, ProjectState)
        for name in state.granted
    }
    return {
        numbered(StreamKind.AGREEMENT, number): stream_id(StreamKind.AGREEMENT, name)
        for number, name in enumerate(sorted(names), 1)
    }


@dataclass(frozen=True, slots=True)
class Funder:
    """An agreement that approved a project, as it stands before the decision."""

    role: StreamRole[AgreementState]
    agreement_id: UUID
    project_id: UUID
    agreement: AgreementState

    @property
    def approval(self) -> Approval:
        return self.agreement.approvals.get(self.project_id, Approval())

    def contract(self, amount: Decimal) -> Events:
        return self._moved(a.FundsContracted(project_id=self.project_id, amount=amount), amount)

    def contract_less(self, amount: Decimal) -> Events:
        """What nothing will claim any more is freed, once the approval is settled."""
        return [
            *self._moved(a.ContractReduced(project_id=self.project_id, amount=amount), amount),
            *(self.free(amount) if self.approval.settled else ()),
        ]

    def recover(self, amount: Decimal) -> Events:
        """From the holder: freed too, once the approval is settled."""
        recovered = a.FundsRecovered(project_id=self.project_id, amount=amount)
        return [(self.role, recovered), *(self.free(amount) if self.approval.settled else ())]

    def free(self, amount: Decimal) -> Events:
        return self._moved(a.FundsFreed(project_id=self.project_id, amount=amount), amount)

    def settle(
        self, *, ended: bool, given_up_on: date | None, cash_paid: Decimal = NOTHING
    ) -> Events:
        """Nothing more comes of the approval; `cash_paid` is handed over in the same decision."""
        settled = a.ApprovalSettled(
            project_id=self.project_id, ended=ended, given_up_on=given_up_on
        )
        return [(self.role, settled), *self.free(self.approval.money.unbound - cash_paid)]

    def _moved(self, event: Event, amount: Decimal) -> Events:
        return [(self.role, event)] if amount > NOTHING else []


def funders_of(world: World, project_id: UUID) -> Mapping[UUID, Funder]:
    """By agreement, the first approved first; of the project read for this decision."""
    project: ProjectState = world[world.role_of(StreamKind.PROJECT, project_id)]
    return {name: _funder(world, name, project_id) for name in project.granted}


def standing_of(world: World, project_id: UUID) -> Iterator[Funder]:
    """Those whose approval stands."""
    project: ProjectState = world[world.role_of(StreamKind.PROJECT, project_id)]
    return (_funder(world, name, project_id) for name, _ in project.standing())


def contract_again(funder: Funder, amount: Decimal) -> Events:
    """What a correction says is claimed after all; of a settled approval that needs room.

    Raises `Refused` where what it takes was promised to others since.
    """
    if amount <= NOTHING:
        return []
    if funder.approval.settled:
        return [*funder.contract(amount), *claim_again(funder, amount)]
    if amount > funder.approval.money.orderable:
        left = str(funder.approval.money.orderable)
        raise Refused("correction_exceeds_approval", left=left, asked=str(amount))
    return funder.contract(amount)


def claim_again(funder: Funder, amount: Decimal) -> Events:
    """So much of what was freed; raises `Refused` where the agreement has no room for it."""
    require_room_to_correct(funder.agreement, amount)
    claimed = a.SavingReversed(project_id=funder.project_id, amount=amount)
    return [(funder.role, claimed)] if amount > NOTHING else []


def _funder(world: World, agreement_id: UUID, project_id: UUID) -> Funder:
    role = world.role_of(StreamKind.AGREEMENT, agreement_id)
    return Funder(role, agreement_id, project_id, world[role])
