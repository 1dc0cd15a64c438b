"""What is to be erased in a year, for it was kept as long as the rules say: a list, and no more.

Two people erase each by itself. A person whose case was opened again is on no list.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Annotated, cast
from uuid import UUID

from domain.erasure.keeping import KeptTo, kept_as, kept_of_person, years_of
from domain.message import FieldClass, Message
from domain.registry.state import REGISTRY, RegistryState
from domain.rules import Rules
from domain.rules.vocabulary import Kept
from projections.views import complaints, data_requests, retention
from service.access.reader import Reading
from service.access.scope import reads_restricted


class RetentionRow(Message):
    """A person, or a complaint, that was kept long enough."""

    kept: Kept
    beneficiary_id: UUID | None
    complaint_id: UUID | None
    reference: str | None
    """Of the person's last case, or the complaint's number; null for who has no case, and of the
    restricted for who does not read of them."""
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    centre: str | None
    since: date
    """From which day it is counted: of the last public money, the closing, the registration, the end."""
    until: date
    """From then on it is to be erased."""
    overdue: bool
    """Whether that day has passed."""
    restricted: bool


class RetentionPage(Message):
    """What is to be erased by the end of a year, what is due first first."""

    year: int
    rules_version: str
    years: dict[Kept, int]
    """For how many each is kept by the rules in force. Of each person those of their cases count, of
    whoever has none those of the day of registering, and of a complaint those of its own day."""
    counts: dict[Kept, int]
    """On the whole list, the pages after this one too."""
    rows: tuple[RetentionRow, ...]
    next_after: int | None
    """Give it as `after` for the next page; none after the last."""


def list_retention(
    reading: Reading, filters: retention.Filters, after: int = 0, limit: int = 100
) -> RetentionPage:
    """Of a year of the programme's: whoever asks has looked."""
    registry = cast("RegistryState", reading.ledger.state(REGISTRY))
    version = registry.rules_on(reading.today)
    rows = sorted(_rows(reading, filters, registry), key=_first_due)
    page = rows[after : after + limit]
    return RetentionPage(
        year=filters.year,
        rules_version=version.version,
        years={kept: years_of(kept, version.rules) for kept in Kept},
        counts=dict(Counter(each.kept for each in rows)),
        rows=tuple(page),
        next_after=after + limit if len(rows) > after + limit else None,
    )


def _first_due(row: RetentionRow) -> tuple[date, str]:
    return row.until, str(row.beneficiary_id or row.complaint_id)


def _rows(
    reading: Reading, filters: retention.Filters, registry: RegistryState
) -> Iterator[RetentionRow]:
    ends = date(filters.year, 12, 31)
    known = [each.rules for each in registry.rules.values()]
    least = min(years_of(each, rules) for each in Kept for rules in known)
    counted_by = ends.replace(year=max(filters.year - least, 1))
    actor = reading.reader.actor
    with reading.views.reading() as conn:
        found = list(retention.held(conn, filters.centre, counted_by))
        seen = complaints.Filters(
            open=False,
            seen_by=actor,
            absent=reading.directory.staff().absent_for(actor.id, reading.today),
            centre=filters.centre,
        )
        complained = retention.ended(conn, seen, counted_by)
        whose = {
            each.beneficiary_id: kept_of_person(
                each.registered_on, each.closed, each.moved, _by(each, registry)
            )
            for each in found
        }
        due = [each for each in found if whose[each.beneficiary_id].until <= ends]
        names = [each.beneficiary_id for each in due]
        references = data_requests.references(conn, names, restricted=reads_restricted(reading))
    for one in due:
        yield _person(one, whose[one.beneficiary_id], references.get(one.beneficiary_id), reading)
    for row in complained:
        rules = registry.rules_on(row.filed_on).rules
        kept = kept_as(Kept.COMPLAINT, row.ended_on or row.filed_on, rules)
        if kept.until <= ends:
            yield _complaint(row, kept, reading)


def _by(one: retention.Held, registry: RegistryState) -> list[Rules]:
    """The rules of their cases; of who has none those of the day of registering."""
    theirs = [registry.rules[each].rules for each in one.rules]
    return theirs or [registry.rules_on(one.registered_on).rules]


def _person(
    one: retention.Held, kept: KeptTo, reference: str | None, reading: Reading
) -> RetentionRow:
    return RetentionRow(
        kept=kept.kept,
        beneficiary_id=one.beneficiary_id,
        complaint_id=None,
        reference=reference,
        name_ar=one.name_ar,
        name_latin=one.name_latin,
        centre=one.centre,
        since=kept.since,
        until=kept.until,
        overdue=kept.until < reading.today,
        restricted=one.restricted_until is not None,
    )


def _complaint(row: complaints.ComplaintRow, kept: KeptTo, reading: Reading) -> RetentionRow:
    return RetentionRow(
        kept=kept.kept,
        beneficiary_id=None,
        complaint_id=row.complaint_id,
        reference=row.number,
        name_ar=None,
        name_latin=None,
        centre=row.centre,
        since=kept.since,
        until=kept.until,
        overdue=kept.until < reading.today,
        restricted=False,
    )
