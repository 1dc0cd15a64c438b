"""Agreements with their balances, and ceremonies with their lists. Amounts are in MAD."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from domain.errors import Refused
from domain.message import Message
from projections.views import agreements, ceremonies
from service.queries.sources import Reading

M = TypeVar("M", bound=Message)


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


class CeremonyRow(Message):
    ceremony_id: UUID
    province: str
    city: str
    place: str
    scheduled_on: date
    held_on: date
    presided_by: str
    status: str
    listed: int
    confirmed: int
    goods: Decimal
    cash: Decimal
    version: int


class CeremonyLine(Message):
    """One person's line on the list: what they received, in MAD."""

    ceremony_id: UUID
    case_id: UUID
    project_id: UUID | None
    agreement_id: UUID | None
    confirmed: bool
    goods: Decimal
    cash: Decimal


class Ceremony(CeremonyRow):
    lines: tuple[CeremonyLine, ...]


class CeremonyPage(Message):
    ceremonies: tuple[CeremonyRow, ...]
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


def list_ceremonies(
    reading: Reading, province: str | None = None, cursor: str | None = None, limit: int = 50
) -> CeremonyPage:
    with reading.views.reading() as conn:
        page = ceremonies.find(conn, province, cursor, limit)
    rows = tuple(as_model(CeremonyRow, row) for row in page.rows)
    return CeremonyPage(ceremonies=rows, next_cursor=page.next_cursor)


def get_ceremony(reading: Reading, ceremony_id: UUID) -> Ceremony:
    """Raises `Refused("ceremony_not_found")`."""
    with reading.views.reading() as conn:
        found = ceremonies.get(conn, ceremony_id)
        if found is None:
            raise Refused("ceremony_not_found")
        lines = ceremonies.lines_of(conn, ceremony_id)
    return as_model(Ceremony, found, lines=tuple(as_model(CeremonyLine, row) for row in lines))


def as_model(model: type[M], row: Any, **more: Any) -> M:
    """A view's row as an answer; what the answer has no field for is left out."""
    shared = {field.name for field in fields(row)} & model.model_fields.keys()
    return model(**{name: getattr(row, name) for name in shared}, **more)
