"""Agreements with their balances and their projects. Amounts are in MAD."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.errors import Refused
from domain.message import Message
from projections.views import agreements
from service.queries.rows import as_model
from service.queries.sources import Reading


class AgreementRow(Message):
    """An agreement's balances; `available` can still be committed."""

    agreement_id: UUID
    province: str
    season: str
    season_starts_on: date
    season_ends_on: date
    funding_source: str
    signed_on: date
    signed_at: str
    envelope: Decimal
    available: Decimal
    places: int
    places_taken: int
    received: Decimal
    committed: Decimal
    contracted: Decimal
    paid: Decimal
    delivered: Decimal
    repaid: Decimal
    status: str
    version: int


class ProjectRow(Message):
    """A project; `decision` is the committee's last."""

    project_id: UUID
    case_id: UUID
    beneficiary_id: UUID
    agreement_id: UUID | None
    trade: str
    sector: str
    province: str
    estimated: Decimal
    own_contribution: Decimal
    decision: str | None
    approved: bool
    equipment_amount: Decimal
    cash_grant: Decimal
    ordered: Decimal
    paid: Decimal
    goods_delivered: Decimal
    cash_delivered: Decimal
    condition: str | None
    equipment: str | None
    version: int


class Agreement(AgreementRow):
    projects: tuple[ProjectRow, ...]


class AgreementPage(Message):
    agreements: tuple[AgreementRow, ...]
    next_cursor: str | None


def list_agreements(
    reading: Reading, filters: agreements.Filters, cursor: str | None = None, limit: int = 50
) -> AgreementPage:
    with reading.views.reading() as conn:
        page = agreements.find(conn, filters, cursor, limit)
    rows = tuple(as_model(AgreementRow, row) for row in page.rows)
    return AgreementPage(agreements=rows, next_cursor=page.next_cursor)


def get_agreement(reading: Reading, agreement_id: UUID) -> Agreement:
    """Raises `Refused("agreement_not_found")`."""
    with reading.views.reading() as conn:
        found = agreements.get(conn, agreement_id)
        if found is None:
            raise Refused("agreement_not_found")
        projects = agreements.projects_of(conn, agreement_id)
    return as_model(Agreement, found, projects=tuple(as_model(ProjectRow, row) for row in projects))
