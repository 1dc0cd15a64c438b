"""Findings: what stands in the records and should be looked at."""

from dataclasses import replace

from domain.message import Message
from projections.views import findings
from projections.views.pages import Part
from service.access.reader import Reading
from service.queries.cursors import opened, sealed


class FindingPage(Message):
    findings: tuple[findings.Finding, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""
    position: int
    """Up to this entry of the ledger all were looked at."""


def list_findings(
    reading: Reading, filters: findings.Filters, part: Part | None = None
) -> FindingPage:
    """Of the cases that `filters` leave."""
    part = opened(reading, part or Part(findings.NEWEST))
    filters = replace(filters, on=reading.today)
    position = reading.views.position()
    with reading.views.reading() as conn:
        page = findings.find(conn, filters, part)
    cursor = sealed(reading, page.next_cursor)
    return FindingPage(
        findings=tuple(page.rows), next_cursor=cursor, total=page.total, position=position
    )
