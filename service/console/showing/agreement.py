"""What an agreement holds, line by line: what became of its projects, tranches, sessions, ceremonies."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.agreement.funds import FundsKind
from domain.project.vocabulary import DecisionKind
from domain.values.money import total
from service.queries.agreements import Agreement
from service.queries.agreements import FundedProject as ProjectRow
from service.words import writing
from service.words.language import Language
from service.words.store import words


@dataclass(frozen=True, slots=True)
class FundedProject:
    """A project under the agreement, of a case that the reader may read; amounts in MAD."""

    case_id: UUID
    reference: str
    """Empty where it is not told."""
    trade: str
    province: str
    approved: Decimal
    spent: Decimal
    delivered: Decimal
    ended: bool
    complete: bool
    decision: str
    """Of one that was not approved: what was decided instead."""


@dataclass(frozen=True, slots=True)
class TrancheLine:
    """A planned share, and what came in of it (MAD)."""

    number: int
    planned: Decimal
    people: int
    planned_on: date
    received: Decimal

    @property
    def is_whole(self) -> bool:
        return self.received >= self.planned


def funded_project(row: ProjectRow, language: Language) -> FundedProject:
    said = words(language)
    decided_otherwise = row.decision not in (None, DecisionKind.APPROVE) and not row.approved
    return FundedProject(
        case_id=row.case_id,
        reference=row.reference or "",
        trade=said.of(row.trade),
        province=writing.province(row.province, language),
        approved=row.equipment_amount + row.cash_grant,
        spent=row.paid + row.cash_delivered,
        delivered=row.goods_delivered + row.cash_delivered,
        ended=not row.approved and not decided_otherwise,
        complete=row.complete,
        decision=said.of(row.decision) if row.decision and decided_otherwise else "",
    )


def tranche_lines(it: Agreement) -> Iterator[TrancheLine]:
    """The planned ones; what came in is what funds received name, without what was undone."""
    received = [each for each in it.funds if each.kind is FundsKind.RECEIVED and not each.reversed]
    for number, each in enumerate(it.tranches, 1):
        came = total(one.amount for one in received if one.tranche == number)
        yield TrancheLine(number, each.amount, each.people, each.planned_on, came)


def idle_since(it: Agreement, today: date) -> date | None:
    """Since when nothing has happened to one that is signed and open, where nothing is committed
    and no file waits for a session.
    """
    waits = any(each.listed > each.decided for each in it.sessions)
    since = it.moved_on or it.signed_on
    if it.status == "closed" or it.committed or waits or since >= today:
        return None
    return since
