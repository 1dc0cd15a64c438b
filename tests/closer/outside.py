"""What is so outside the house, whatever is recorded of it; and which steps say nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from domain.agreement import steps as a
from domain.asking.waiting import latest
from domain.case import steps as c
from domain.case.vocabulary import Outcome
from domain.commands import STEPS
from domain.message import Step, StreamKind, name_of, stream_id
from domain.order import steps as o
from domain.order.events import LossRequested
from domain.order.vocabulary import LineStatus
from domain.tracks.employment import steps as js
from domain.tracks.schooling import steps as sch
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.vocabulary import ProblemKind
from domain.tracks.training import steps as tr
from domain.tracks.vocational_training import steps as vt

if TYPE_CHECKING:
    from tests.closer.site import Site

Goods = tuple[UUID, int]
"""What was ordered on one line of an order."""


@dataclass
class Outside:
    """The facts; all else is as it should be."""

    gone: set[str] = field(default_factory=set)
    """Suppliers that answer nobody any more."""
    perished: set[Goods] = field(default_factory=set)
    dead: set[UUID] = field(default_factory=set)
    """The cases of those who died."""
    left: set[UUID] = field(default_factory=set)
    """The cases of those who want none of it any more."""
    penniless: set[UUID] = field(default_factory=set)
    """The cases of those who pay nothing back."""
    sold: set[Goods] = field(default_factory=set)
    """What a holder has no more."""
    stopped: set[UUID] = field(default_factory=set)
    """The cases of those whose project does not run."""
    unwilling: set[UUID] = field(default_factory=set)
    """The agreements whose funder pays nothing more."""

    def bears_out(self, site: "Site", target: str, step: Step) -> bool:
        """Whether what the step says is so; most steps say only what the house does."""
        so = SO.get(type(step))
        return so is None or so(self, site, UUID(name_of(target)), step)

    def present(self, case_id: UUID) -> bool:
        return case_id not in self.dead and case_id not in self.left

    def answers(self, site: "Site", order_id: UUID) -> bool:
        """Whether the supplier of an order does."""
        return site.order(order_id).supplier not in self.gone


def _received(so: Outside, site: "Site", order_id: UUID, step: o.ReceiveLines) -> bool:
    lines = {(order_id, line) for line in step.lines}
    return so.answers(site, order_id) and so.perished.isdisjoint(lines)


def _cancelled(so: Outside, site: "Site", order_id: UUID, step: o.CancelLine) -> bool:
    """With the supplier; without, where nothing was paid, nobody needs be asked."""
    paid = site.order(order_id).lines[step.line].paid.values()
    return so.answers(site, order_id) or not any(paid)


def _lost(so: Outside, site: "Site", order_id: UUID, step: o.RecordLoss | LossRequested) -> bool:
    ordered = site.order(order_id).lines[step.line].status is LineStatus.ORDERED
    never_comes = ordered and not so.answers(site, order_id)
    return never_comes or (order_id, step.line) in so.perished


def _confirmed(
    so: Outside, site: "Site", name: UUID, step: c.ConfirmCaseRequest | o.ConfirmOrderRequest
) -> bool:
    """As what was asked for: it may have been so, and not be any more."""
    of_case = isinstance(step, c.ConfirmCaseRequest)
    target = stream_id(StreamKind.CASE if of_case else StreamKind.ORDER, name)
    asked = latest(site.waiting(target), step.request_id)
    is_so = SO.get(STEPS[asked.step]) if asked is not None else None
    return asked is None or is_so is None or is_so(so, site, name, asked.what)


def _given(so: Outside, site: "Site", order_id: UUID, step: o.AssignLine) -> bool:
    """What is there, or will come."""
    came = site.order(order_id).lines[step.line].status is LineStatus.RECEIVED
    return (came or so.answers(site, order_id)) and (order_id, step.line) not in so.perished


def _holds(so: Outside, _: "Site", case_id: UUID, __: Step) -> bool:
    """The holder is there for it."""
    return so.present(case_id)


def _handed_over(so: Outside, site: "Site", case_id: UUID, step: s.ConfirmDelivery) -> bool:
    goods = (site.goods_of(case_id, line.item) for line in step.items)
    return so.present(case_id) and so.perished.isdisjoint(goods)


def _recovered(so: Outside, site: "Site", case_id: UUID, step: s.RecordRecovery) -> bool:
    gone = so.sold | so.perished
    goods = (site.goods_handed(case_id, number) for number in step.items)
    return gone.isdisjoint(goods) and (step.amount is None or case_id not in so.penniless)


def _problem(so: Outside, site: "Site", case_id: UUID, step: s.RaiseProblem) -> bool:
    if step.kind is ProblemKind.DEATH:
        return case_id in so.dead
    return all(site.goods_handed(case_id, number) in so.sold for number in step.items)


def _ended_so(so: Outside, _: "Site", case_id: UUID, step: c.CloseCase) -> bool:
    if (step.outcome is Outcome.DECEASED) != (case_id in so.dead):
        return False
    if step.outcome in WITH_THEM and not so.present(case_id):
        return False
    return step.outcome is not Outcome.PROJECT_RUNNING or case_id not in so.stopped


WITH_THEM = (Outcome.EMPLOYED, Outcome.IN_TRAINING, Outcome.IN_SCHOOL)
ON_OTHER_TRACKS = (
    *(js.RecordApplication, js.RecordHire, js.ReviewPlacement),
    *(vt.ApplyForTraining, tr.EnrolInTraining, tr.RecordAttendance, tr.CompleteTraining),
    *(sch.EnrolAtSchool, sch.ChangeSchool, sch.RecordSchoolResult, sch.GiveLearningKit),
)
"""What somebody does who is there."""
SO: Mapping[type[Step], Callable[[Outside, "Site", UUID, Any], bool]] = {
    o.PlaceOrder: lambda so, _, __, step: step.supplier not in so.gone,
    o.ReceiveLines: _received,
    o.RecordRefund: lambda so, site, order_id, _: so.answers(site, order_id),
    o.CancelLine: _cancelled,
    o.RecordLoss: _lost,
    o.ConfirmOrderRequest: _confirmed,
    o.PayInvoice: lambda so, _, __, step: (
        not step.by_funder or step.agreement_id not in so.unwilling
    ),
    o.CorrectPayment: lambda so, _, __, step: (
        not step.by_funder or step.agreement_id not in so.unwilling
    ),
    o.AssignLine: _given,
    s.ProposeProject: _holds,
    s.ReviseProject: _holds,
    s.ChangeProject: _holds,
    s.AppealRejection: _holds,
    s.ReplaceItem: _holds,
    s.RecordOwnPart: _holds,
    s.GiveBackOwnPart: _holds,
    s.SignUndertaking: _holds,
    s.AddMissingLine: _holds,
    s.ConfirmDelivery: _handed_over,
    s.RaiseProblem: _problem,
    s.RecordRecovery: _recovered,
    s.EndApproval: lambda so, site, case_id, _: (
        not so.present(case_id) or not site.case(case_id).is_free or not site.to_be_had(case_id)
    ),
    c.ConfirmCaseRequest: _confirmed,
    c.RecordDeath: lambda so, _, case_id, __: case_id in so.dead,
    c.CloseCase: _ended_so,
    **dict.fromkeys(ON_OTHER_TRACKS, _holds),
    a.RecordFundsReceived: lambda so, _, agreement_id, __: agreement_id not in so.unwilling,
    a.DeclareShortfall: lambda so, _, agreement_id, __: agreement_id in so.unwilling,
}
"""Step → whether it is so."""
