"""Readings to look at first: of a case without a step on it, many in an hour, at night, refused.

None of them says that somebody did wrong. Each says who, of what, how often and when, and leads to the
entries of the log.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import cast
from uuid import UUID

from sqlalchemy import Connection, select

from domain.message import Message, Role, StreamKind, stream_id
from domain.registry.state import REGISTRY, RegistryState
from domain.values.looking import UnusualKind
from ledger.reads.finding import ALONE, EMERGENCY, OUTSIDE, REFUSED, Pair, Stretch, Wanted
from projections.views import caseload
from projections.views.caseload_rows import CaseRow
from projections.views.timeline import timeline
from service.access.reader import Reading

MOST = 500
PAIRS = 10_000
"""Of readers and those they read of, the latest: with fewer a busy house would hide its mornings."""
IN_A_STATEMENT = 500
WORKING = frozenset({Role.CASEWORKER, Role.COORDINATOR})
"""Whose work is steps on cases: auditors and the division read without taking any."""
STRETCHES: Mapping[UnusualKind, int] = {
    UnusualKind.OUTSIDE_HOURS: OUTSIDE,
    UnusualKind.REFUSED: REFUSED,
    UnusualKind.EMERGENCY: EMERGENCY,
}


class UnusualReading(Message):
    """What somebody read that is looked at first."""

    kind: UnusualKind
    staff_id: UUID
    label: str | None
    """Of the post."""
    case_id: UUID | None
    """Of one case alone; null where it is about several."""
    reference: str | None
    times: int
    """Readings; of `many` cases; of one case the minutes in which it was read."""
    last_at: datetime
    position: int
    """Of the last entry, in the log of readings."""


class UnusualReadings(Message):
    readings: tuple[UnusualReading, ...]
    """The last first; five hundred of a kind at most."""
    since: datetime
    position: int
    """Up to this entry of the log of readings all were looked at."""


def list_unusual_readings(reading: Reading) -> UnusualReadings:
    """Of as many days as the rules in force look back: thirty, by the first."""
    position, now = reading.reads.head(), reading.clock()
    registry = cast("RegistryState", reading.ledger.state(REGISTRY))
    rules = registry.rules_on(reading.today).rules
    within = timedelta(days=rules.unusual_days)
    since = now - within
    found = [*islice(_without_a_step(reading, since, within), MOST)]
    found += _many(reading, since, rules.unusual_cases_an_hour)
    for kind, shape in STRETCHES.items():
        wanted = Wanted(since=since, shape=shape, limit=MOST)
        stretches = reading.reads.stretches(wanted, 24, 1)
        found += [_told(reading, kind, each, each.times) for each in stretches]
    found.sort(key=lambda each: -each.position)
    return UnusualReadings(readings=tuple(found), since=since, position=position)


def _told(reading: Reading, kind: UnusualKind, each: Stretch, times: int) -> UnusualReading:
    return UnusualReading(
        kind=kind,
        staff_id=each.staff,
        label=_label(reading, each.staff),
        case_id=None,
        reference=None,
        times=times,
        last_at=each.last,
        position=each.position,
    )


def _label(reading: Reading, staff: UUID) -> str | None:
    colleague = reading.directory.staff().staff.get(staff)
    return colleague.label if colleague else None


def _many(reading: Reading, since: datetime, many: int) -> Iterator[UnusualReading]:
    """By how many cases there were, and not by how much of each was read."""
    wanted = Wanted(since=since, shape=ALONE, limit=MOST)
    for each in reading.reads.stretches(wanted, 1, many):
        hour = Wanted(
            staff=each.staff,
            since=each.begins,
            until=each.begins + timedelta(hours=1),
            shape=ALONE,
            limit=10 * MOST,
        )
        with reading.views.reading() as conn:
            cases = _cases_among(conn, reading.reads.subjects(hour))
        if len(cases) >= many:
            yield _told(reading, UnusualKind.MANY, each, len(cases))


def _cases_among(conn: Connection, subjects: set[UUID]) -> dict[UUID, CaseRow]:
    found: dict[UUID, CaseRow] = {}
    listed = sorted(subjects)
    for start in range(0, len(listed), IN_A_STATEMENT):
        found |= caseload.of(conn, listed[start : start + IN_A_STATEMENT])
    return found


def _without_a_step(
    reading: Reading, since: datetime, within: timedelta
) -> Iterator[UnusualReading]:
    staff = reading.directory.staff().staff
    pairs = [
        each
        for each in reading.reads.pairs(Wanted(since=since, shape=ALONE, limit=PAIRS))
        if each.staff in staff and staff[each.staff].actor.role in WORKING
    ]
    with reading.views.reading() as conn:
        cases = _cases_among(conn, {each.subject for each in pairs})
        acted = _acted(conn, cases, since - within)
    for each in pairs:
        case = cases.get(each.subject)
        if case is None or case.caseworker == each.staff or _usual(each, case, acted, within):
            continue
        yield UnusualReading(
            kind=UnusualKind.NO_STEP,
            staff_id=each.staff,
            label=staff[each.staff].label,
            case_id=case.case_id,
            reference=case.reference,
            times=each.times,
            last_at=each.last,
            position=each.position,
        )


def _usual(
    pair: Pair,
    case: CaseRow,
    acted: Mapping[tuple[UUID, str], Sequence[datetime]],
    within: timedelta,
) -> bool:
    streams = (
        stream_id(StreamKind.CASE, case.case_id),
        stream_id(StreamKind.BENEFICIARY, case.beneficiary_id),
    )
    return any(
        abs(pair.last - at) <= within
        for stream in streams
        for at in acted.get((pair.staff, stream), ())
    )


def _acted(
    conn: Connection, cases: Mapping[UUID, CaseRow], since: datetime
) -> dict[tuple[UUID, str], list[datetime]]:
    """When each took steps on these cases and their persons."""
    streams = sorted(
        {stream_id(StreamKind.CASE, each) for each in cases}
        | {stream_id(StreamKind.BENEFICIARY, each.beneficiary_id) for each in cases.values()}
    )
    found: dict[tuple[UUID, str], list[datetime]] = {}
    for start in range(0, len(streams), IN_A_STATEMENT):
        query = select(timeline.c.actor_id, timeline.c.stream, timeline.c.recorded_at).where(
            timeline.c.stream.in_(streams[start : start + IN_A_STATEMENT]),
            timeline.c.recorded_at >= since,
        )
        for actor, stream, at in conn.execute(query):
            found.setdefault((actor, stream), []).append(at)
    return found
