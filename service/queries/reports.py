"""What was delivered, by any dimension, and how the visits after it stand."""

from dataclasses import replace
from decimal import Decimal

from domain.message import Actor, Message
from projections.views import reports
from service.access.table import centre_bound, require_centre
from service.queries.sources import Reading


class Delivered(Message):
    """What was handed over (MAD), to how many people, in how many projects and deliveries."""

    key: str | None
    people: int
    projects: int
    deliveries: int
    goods: Decimal
    cash: Decimal
    total: Decimal
    cost_a_head: Decimal | None


class Visits(Message):
    """Visits after delivery, by how they stand today."""

    done: int
    due: int
    overdue: int
    scheduled: int
    exempt: int


class Report(Message):
    dimension: reports.Dimension
    rows: tuple[Delivered, ...]
    total: Delivered
    """A person who received under two rows counts once here."""
    visits: Visits


def get_report(
    reading: Reading, actor: Actor, dimension: reports.Dimension, filters: reports.Filters
) -> Report:
    """Within the actor's scope: a centre's own staff count their centre's cases."""
    bound = centre_bound(actor)
    if bound is not None:
        if filters.centre is not None:
            require_centre(actor, filters.centre)
        filters = replace(filters, centre=bound)
    with reading.views.reading() as conn:
        rows = reports.by(conn, dimension, filters)
        total = reports.total(conn, filters)
        standing = reports.reviews_standing(conn, reading.today, filters.centre)
    return Report(
        dimension=dimension,
        rows=tuple(_delivered(row) for row in rows),
        total=_delivered(total),
        visits=Visits(**{name: getattr(standing, name) for name in Visits.model_fields}),
    )


def _delivered(row: reports.Delivered) -> Delivered:
    return Delivered(**{name: getattr(row, name) for name in Delivered.model_fields})
