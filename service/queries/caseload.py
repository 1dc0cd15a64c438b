"""The list of cases, from the views."""

from dataclasses import replace

from domain.errors import NotAllowed
from domain.message import Actor, FieldClass, Message
from projections.views import caseload
from service.access.table import FIELDS, centre_bound, require_centre
from service.queries.sources import Reading


class CasePage(Message):
    cases: tuple[caseload.Case, ...]
    next_cursor: str | None
    """Give it as `cursor` for the next page; none after the last."""


def list_cases(
    reading: Reading,
    actor: Actor,
    filters: caseload.Filters,
    cursor: str | None = None,
    limit: int = 50,
) -> CasePage:
    """One page of the caseload the actor may see, the latest opened first.

    Looking for names is for those who may read them.
    """
    filters = _within_scope(filters, actor)
    with reading.views.reading() as conn:
        page = caseload.find(conn, filters, reading.today, cursor, limit)
    return CasePage(cases=tuple(page.rows), next_cursor=page.next_cursor)


def count_cases(reading: Reading, actor: Actor, filters: caseload.Filters) -> caseload.Counts:
    """How the cases that the actor may see stand today."""
    with reading.views.reading() as conn:
        return caseload.counts(conn, _within_scope(filters, actor), reading.today)


def _within_scope(filters: caseload.Filters, actor: Actor) -> caseload.Filters:
    if filters.text is not None and FieldClass.PERSONAL not in FIELDS[actor.role]:
        raise NotAllowed(role=str(actor.role))
    bound = centre_bound(actor)
    if bound is None:
        return filters
    if filters.centre is not None:
        require_centre(actor, filters.centre)
    return replace(filters, centre=bound)
