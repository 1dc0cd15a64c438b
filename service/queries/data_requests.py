"""What people asked about their data, and by when it must be answered; and whose data is restricted."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from sqlalchemy import Connection

from domain.beneficiary.restriction.vocabulary import RestrictionGround
from domain.message import FieldClass, Message
from projections.views import data_requests, people
from projections.views.pages import Part
from service.access.reader import Reading
from service.access.scope import reads_restricted
from service.queries.cursors import opened, sealed


class DataRequest(data_requests.DataRequestRow):
    """A request, with how many days are left for its answer."""

    reference: str | None
    """Of the person's last case; null for who has none."""
    days_left: int | None
    """Until the day it is due; below zero once that is past, and null once it is answered."""


class DataRequestPage(Message):
    data_requests: tuple[DataRequest, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


class RestrictedPerson(Message):
    """Somebody whose data only the coordinator and auditors read, and until when."""

    beneficiary_id: UUID
    reference: str | None
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    centre: str | None
    restricted_until: date
    """From when they may be erased; or by when it is looked at again, where they asked for it."""
    restricted_for: RestrictionGround | None
    """Why, where they asked for it themselves."""


class RestrictedPage(Message):
    people: tuple[RestrictedPerson, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


def list_data_requests(
    reading: Reading, filters: data_requests.Filters, part: Part | None = None
) -> DataRequestPage:
    """What is due first first."""
    part = opened(reading, part or Part(data_requests.FIRST_DUE))
    with reading.views.reading() as conn:
        page = data_requests.find(conn, filters, part)
        references = _references(reading, conn, page.rows)
    return DataRequestPage(
        data_requests=tuple(_told(reading, row, references) for row in page.rows),
        next_cursor=sealed(reading, page.next_cursor),
        total=page.total,
    )


def list_restricted_people(
    reading: Reading, filters: people.Restricted, part: Part | None = None
) -> RestrictedPage:
    """Whose restriction is to be looked at, or ends, first first."""
    part = opened(reading, part or Part(people.FIRST_ERASABLE))
    with reading.views.reading() as conn:
        page = people.restricted(conn, filters, part)
        references = _references(reading, conn, page.rows)
    fields = RestrictedPerson.model_fields.keys() - {"reference"}
    return RestrictedPage(
        people=tuple(
            RestrictedPerson(
                **{name: getattr(row, name) for name in fields},
                reference=references.get(row.beneficiary_id),
            )
            for row in page.rows
        ),
        next_cursor=sealed(reading, page.next_cursor),
        total=page.total,
    )


def _references(
    reading: Reading,
    conn: Connection,
    rows: Iterable[data_requests.DataRequestRow | people.PersonRow],
) -> Mapping[UUID, str]:
    whose = [each.beneficiary_id for each in rows]
    return data_requests.references(conn, whose, restricted=reads_restricted(reading))


def _told(
    reading: Reading, row: data_requests.DataRequestRow, references: Mapping[UUID, str]
) -> DataRequest:
    due = reading.calendar.on_or_after(row.due_on)
    left = None if row.answered_on else (due - reading.today).days
    return DataRequest(
        **dict(row) | {"due_on": due},
        reference=references.get(row.beneficiary_id),
        days_left=left,
    )
