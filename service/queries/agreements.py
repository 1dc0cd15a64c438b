"""Agreements with their balances. Amounts are in MAD."""

from domain.errors import Refused
from domain.message import Message
from projections.views import agreements, projects
from projections.views.pages import Part
from service.access.reader import Reading
from service.access.scope import SeenAgreement
from service.queries.cursors import opened, sealed


class Agreement(agreements.AgreementRow):
    projects: tuple[projects.ProjectRow, ...]
    """Of those decided under it, the ones of the cases that you may read."""


class AgreementPage(Message):
    agreements: tuple[agreements.AgreementRow, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


def list_agreements(
    reading: Reading, filters: agreements.Filters, part: Part | None = None
) -> AgreementPage:
    part = opened(reading, part or Part(agreements.NEWEST))
    with reading.views.reading() as conn:
        page = agreements.find(conn, filters, part)
    cursor = sealed(reading, page.next_cursor)
    return AgreementPage(agreements=tuple(page.rows), next_cursor=cursor, total=page.total)


def get_agreement(reading: Reading, agreement: SeenAgreement) -> Agreement:
    """Raises `Refused("agreement_not_found")`."""
    with reading.views.reading() as conn:
        found = agreements.get(conn, agreement.id)
        if found is None:
            raise Refused("agreement_not_found")
        paid_for = projects.of_agreement(conn, agreement.id, agreement.lines_of)
    return Agreement(**dict(found), projects=tuple(paid_for))
