"""Who looked: the log of readings, for who audits it, and for a person who asks who read of them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from domain.errors import Refused
from domain.message import FieldClass, Message, Role
from domain.values.calendar import DAY, local_instant
from domain.values.looking import Door, ReadingPurpose
from ledger.reads.finding import EMERGENCY, OUTSIDE, REFUSED, Wanted
from ledger.reads.looked import Reading as Entry
from projections.views import caseload
from service.access.reader import Reading
from service.access.scope import beneficiary_state
from service.access.table import QUERIES
from service.access.things import SeenPerson
from service.access.vocabulary import Scope

NAMED = 20
"""So many of the cases and persons on a list are named with it."""
TOGETHER = 1000
"""Readings looked for in one go."""
OF_COMPLAINTS = (Scope.COMPLAINT, Scope.COMPLAINTS)


class ReadOf(Message):
    """A case or a person that was read of."""

    case_id: UUID | None
    beneficiary_id: UUID | None
    reference: str | None
    """Of the case."""


class ReadingRow(Message):
    """One reading: who was shown what, of whom and why; or was refused."""

    position: int
    """In the log of readings, which is not the ledger's."""
    read_at: datetime
    staff_id: UUID
    label: str | None
    """Of the post of whoever read."""
    role: Role
    centre: str | None
    """Whose staff they were then."""
    credential: UUID | None
    door: Door
    request: str | None
    """The id of the request, as its answer had it in `X-Request-Id`."""
    query: str = Field(examples=["get-case"])
    """What was asked: an operation of this API, whichever page asked it."""
    purpose: ReadingPurpose | None
    """As they said; null where they said nothing."""
    classes: tuple[FieldClass, ...]
    """Of the protected fields that were shown; none where all were masked."""
    of: tuple[ReadOf, ...]
    """The first twenty that the answer named."""
    cases: int
    persons: int
    """How many the answer named, persons whose case it named not counted again."""
    alone: bool
    """Whether one was asked for, and not a list."""
    emergency: bool
    outside_hours: bool
    refused: str | None = Field(examples=["other_centre"])
    """The code of the refusal; null where it was shown."""


class ReadingPage(Message):
    readings: tuple[ReadingRow, ...]
    next_before: int | None
    """Give it as `before` for the readings before these; null after the first ever."""


@dataclass(frozen=True, slots=True)
class ReadingsAsked:
    """All that are given must hold."""

    case_id: UUID | None = None
    beneficiary_id: UUID | None = None
    staff_id: UUID | None = None
    on: date | None = None
    """The day, in Morocco."""
    refused: bool = False
    emergency: bool = False
    outside_hours: bool = False
    before: int | None = None
    limit: int = 50

    @property
    def shape(self) -> int:
        return (
            (REFUSED if self.refused else 0)
            | (EMERGENCY if self.emergency else 0)
            | (OUTSIDE if self.outside_hours else 0)
        )


def list_readings(reading: Reading, asked: ReadingsAsked) -> ReadingPage:
    """Who read what, the last first. Raises `Refused` for a person there is not."""
    wanted = Wanted(
        subjects=_asked_of(reading, asked),
        staff=asked.staff_id,
        since=local_instant(asked.on) if asked.on else None,
        until=local_instant(asked.on + DAY) if asked.on else None,
        shape=asked.shape,
        before=asked.before,
        limit=asked.limit,
    )
    found = reading.reads.find(wanted)
    more = found[-1].position if len(found) == asked.limit else None
    return ReadingPage(readings=rows_of(reading, found), next_before=more)


def list_person_readings(
    reading: Reading, person: SeenPerson, before: int | None = None, limit: int = 50
) -> ReadingPage:
    """Who read of one person, the last first: for the answer to what they ask.

    Of a list that others stood on too it names those others to nobody.
    """
    theirs = subjects_of(reading, person.id)
    found = reading.reads.find(Wanted(subjects=theirs, before=before, limit=limit))
    more = found[-1].position if len(found) == limit else None
    told = [_cut_to(theirs, each) for each in readable(reading, found)]
    return ReadingPage(readings=rows_of(reading, told), next_before=more)


def _cut_to(subjects: Collection[UUID], entry: Entry) -> Entry:
    """Without whom else it was of."""
    of = {
        name: tuple(each for each in getattr(entry.looked, name) if each in subjects)
        for name in ("cases", "persons")
    }
    return entry._replace(looked=entry.looked.model_copy(update=of))


def all_read(reading: Reading, subjects: Collection[UUID]) -> Iterator[Entry]:
    """Every reading of them, the last first: what is handed to a person, or erased, leaves none out."""
    wanted = Wanted(subjects=frozenset(subjects), limit=TOGETHER)
    found = reading.reads.find(wanted)
    while found:
        yield from found
        found = reading.reads.find(wanted._replace(before=found[-1].position))


def subjects_of(reading: Reading, person: UUID) -> frozenset[UUID]:
    """A person, whoever else they were registered as, and their cases."""
    one = beneficiary_state(reading.ledger, person)
    found = {person, *one.cases}
    for each in one.aliases:
        found |= {each, *beneficiary_state(reading.ledger, each).cases}
    return frozenset(found)


def _asked_of(reading: Reading, asked: ReadingsAsked) -> frozenset[UUID] | None:
    if asked.case_id is not None:
        return frozenset({asked.case_id})
    if asked.beneficiary_id is None:
        return None
    if not beneficiary_state(reading.ledger, asked.beneficiary_id).exists:
        raise Refused("beneficiary_not_found")
    return subjects_of(reading, asked.beneficiary_id)


def readable(reading: Reading, found: Iterable[Entry]) -> list[Entry]:
    """Without readings of complaints: to whom one is about there is none, and nobody who read it."""
    if reading.reader.actor.role is Role.AUDITOR:
        return list(found)
    return [each for each in found if not _of_complaint(each.looked.query)]


def _of_complaint(query: str) -> bool:
    row = QUERIES.get(query)
    return row is not None and row.scope in OF_COMPLAINTS


def rows_of(reading: Reading, found: Collection[Entry]) -> tuple[ReadingRow, ...]:
    """As they are answered, with references and labels."""
    named = {case for each in found for case in each.looked.cases}
    with reading.views.reading() as conn:
        cases = caseload.of(conn, named)
    staff = reading.directory.staff().staff

    def row(each: Entry) -> ReadingRow:
        looked = each.looked
        colleague = staff.get(looked.staff)
        theirs = {cases[case].beneficiary_id for case in looked.cases if case in cases}
        apart = [person for person in looked.persons if person not in theirs]
        of_cases = [
            ReadOf(
                case_id=case,
                beneficiary_id=cases[case].beneficiary_id if case in cases else None,
                reference=cases[case].reference if case in cases else None,
            )
            for case in looked.cases[:NAMED]
        ]
        of_persons = [
            ReadOf(case_id=None, beneficiary_id=person, reference=None) for person in apart[:NAMED]
        ]
        return ReadingRow(
            position=each.position,
            read_at=looked.at,
            staff_id=looked.staff,
            label=colleague.label if colleague else None,
            role=looked.role,
            centre=looked.centre,
            credential=looked.credential,
            door=looked.door,
            request=looked.request,
            query=looked.query,
            purpose=looked.purpose,
            classes=looked.classes,
            of=(*of_cases, *of_persons)[:NAMED],
            cases=len(looked.cases),
            persons=len(apart),
            alone=looked.alone,
            emergency=looked.emergency,
            outside_hours=looked.outside_hours,
            refused=looked.refused,
        )

    return tuple(map(row, found))
