"""All views there are, and what tells their tables from those of another version."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import BigInteger, Column, Table, Text
from sqlalchemy.schema import CreateTable

from domain.message import StreamKind
from projections.deriving import Appended, Derived, Following, Listed
from projections.gathering import Gathered
from projections.view import View, metadata
from projections.views.agreements import AGREEMENT_PLACES, AGREEMENTS
from projections.views.announcements import ANNOUNCEMENTS
from projections.views.answered_referrals import ANSWERED_REFERRALS
from projections.views.batch_rows import BATCHES
from projections.views.calls import CALLS
from projections.views.caseload_rows import CASELOAD
from projections.views.ceremony_rows import CEREMONIES, LINES
from projections.views.cohort_rows import COHORT_PLACES, COHORTS
from projections.views.complaints import COMPLAINTS, CONCERNED
from projections.views.data_requests import DATA_REQUESTS
from projections.views.dismissals import DISMISSALS
from projections.views.entry_keys import ENTRY_KEYS
from projections.views.entry_uses import ENTRY_USES
from projections.views.gathered import FOUND
from projections.views.grounds import (
    GROUNDS,
    GROUNDS_OF_AGREEMENTS,
    GROUNDS_OF_CASES,
    GROUNDS_OF_FINDINGS,
    GROUNDS_OF_ORDERS,
    GROUNDS_OF_PEOPLE,
    GROUNDS_OF_SESSIONS,
)
from projections.views.hires import HIRES
from projections.views.inbox import INBOX
from projections.views.matters import MATTERS
from projections.views.names import NAMES
from projections.views.numbers import KNOWN_BY, KNOWN_BY_OF_CASES
from projections.views.order_rows import ON_ORDER, ORDERS, PARTS
from projections.views.people import PEOPLE
from projections.views.projects import PROJECTS
from projections.views.receptions import RECEPTIONS
from projections.views.referrals import REFERRALS
from projections.views.registry import ENTRIES
from projections.views.reminders import CENTRE, REMINDERS
from projections.views.report_rows import DELIVERIES, REVIEWS
from projections.views.requests import REQUESTS
from projections.views.returns import STAYS
from projections.views.schools import SCHOOLED
from projections.views.session_rows import LINES as SESSION_LINES
from projections.views.session_rows import SESSIONS
from projections.views.studies import STUDIES
from projections.views.tasks import TASKS
from projections.views.timeline import TIMELINE

VERSION = 9
"""Grows when a view folds differently though its columns stay: then views are rebuilt."""

APPENDED: tuple[Appended, ...] = (TIMELINE, REMINDERS)

DERIVED: Mapping[StreamKind, tuple[Derived, ...]] = {
    kind: tuple(
        view
        for view in (
            CASELOAD,
            TASKS,
            MATTERS,
            INBOX,
            CALLS,
            ANNOUNCEMENTS,
            NAMES,
            PEOPLE,
            DATA_REQUESTS,
            KNOWN_BY,
            KNOWN_BY_OF_CASES,
            REVIEWS,
            DELIVERIES,
            STUDIES,
            STAYS,
            ENTRY_USES,
            HIRES,
            SCHOOLED,
            AGREEMENTS,
            AGREEMENT_PLACES,
            PROJECTS,
            BATCHES,
            SESSIONS,
            SESSION_LINES,
            CEREMONIES,
            LINES,
            COHORTS,
            COHORT_PLACES,
            COMPLAINTS,
            CONCERNED,
            RECEPTIONS,
            ORDERS,
            PARTS,
            ON_ORDER,
            GROUNDS,
            GROUNDS_OF_AGREEMENTS,
            GROUNDS_OF_CASES,
            GROUNDS_OF_FINDINGS,
            GROUNDS_OF_ORDERS,
            GROUNDS_OF_PEOPLE,
            GROUNDS_OF_SESSIONS,
            DISMISSALS,
            REFERRALS,
            ANSWERED_REFERRALS,
            *REQUESTS.values(),
        )
        if view.kind is kind
    )
    for kind in StreamKind
}

LISTED: tuple[Listed, ...] = (ENTRIES, ENTRY_KEYS)

FOLLOWING: Mapping[StreamKind, tuple[Following, ...]] = {CENTRE.kind: (CENTRE,)}

GATHERED: tuple[Gathered, ...] = (FOUND,)

VIEWS: tuple[View[Any], ...] = tuple(
    dict.fromkeys(
        (
            *(each.view for each in APPENDED),
            *(each.view for each in LISTED),
            *(each.view for kind in DERIVED.values() for each in kind),
            *(each.view for each in GATHERED),
        )
    )
)
"""Each once, also where streams of several kinds have rows in it."""

NAMED: Mapping[str, View[Any]] = {view.name: view for view in VIEWS}

state = Table(
    "state",
    metadata,
    Column("position", BigInteger, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("shape", Text, nullable=False),
    Column("calendar", Text, nullable=False),
)
"""One row: up to which event the views have come, and what they were made by.

The event's id stands beside its position: a ledger that lost its end and went on has the same
positions again, with other events.
"""

TABLES = tuple(metadata.sorted_tables)


@cache
def shape() -> str:
    """What tells these tables from another release's: its views have another place.

    A name as files and schemas have it.
    """
    made = "".join(str(CreateTable(table)) for table in TABLES)
    return f"{VERSION}_{sha256(made.encode()).hexdigest()[:12]}"
