"""What an erasure of a person takes and what it leaves, said before; and what was done, said after."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple, cast
from uuid import UUID

from domain.asking.waiting import Asked
from domain.beneficiary.events import (
    BeneficiaryErased,
    BeneficiaryRequestConfirmed,
    ErasureRequested,
)
from domain.beneficiary.rights.vocabulary import DataRequestKind
from domain.beneficiary.state import BeneficiaryState
from domain.case.state import CaseState
from domain.erasure.proof import kept_until
from domain.errors import Refused
from domain.message import ENCRYPTED, Recorded, StreamKind, class_of, stream_id
from domain.project.state import ProjectState
from domain.tracks.self_employment.state import projects_of
from domain.upkeep.events import OperatorActed
from domain.upkeep.path import STREAM
from domain.upkeep.vocabulary import Act, Fact
from domain.values.calendar import local_date
from domain.values.money import NOTHING
from service.access.reader import Reading
from service.access.scope import reads_restricted
from service.access.things import SeenPerson
from service.queries.erasing.shape import (
    CopyOutside,
    ErasureDone,
    ErasureLeaves,
    ErasureStanding,
    ErasureTakes,
    PersonErasure,
)
from service.queries.readings import all_read
from service.queries.record.theirs import Theirs, streams_of, theirs_of

COPIES = ("print-", "export-")
"""How those queries are called whose answer is a file: what left the house of the person."""
ALSO_COPIES = frozenset(
    {
        *("get-person-record", "get-own-calendar"),
        *("get-event-log", "get-object-log", "get-case-provenance"),
    }
)
WRITTEN_BY_OPERATORS = ("xes", "ocel", "prov", "bundle")
"""Kinds of files with histories that a command at the machine writes (`Fact.KIND`)."""


def get_erasure(reading: Reading, person: SeenPerson) -> PersonErasure:
    """Of the restricted no number leads anywhere, for who does not read of them.

    Raises `Refused("person_merged")`.
    """
    if person.state.merged_into is not None and not person.state.erased:
        raise Refused("person_merged")
    theirs = theirs_of(reading, person)
    earliest = _earliest(reading, theirs)
    named = not person.state.restricted or reads_restricted(reading)
    return PersonErasure(
        beneficiary_id=person.id,
        version=person.state.seen,
        standing=_standing(reading, theirs, person.state, earliest),
        earliest=earliest,
        restricted_until=person.state.restricted_until,
        takes=_takes(reading, theirs),
        leaves=tuple(_leaves(reading, theirs, named=named)),
        outside=tuple(_outside(reading, theirs, named=named)),
        done=_done(reading, person) if person.state.erased else None,
    )


def _standing(
    reading: Reading, theirs: Theirs, person: BeneficiaryState, earliest: date | None
) -> ErasureStanding:
    """As the step itself would be judged, in its order."""
    family = tuple(theirs.family.values())
    waits = (
        each.waits and each.kind is not DataRequestKind.ERASE
        for one in family
        for each in one.data_requests.values()
    )
    if person.erased:
        return ErasureStanding.ERASED
    if any(one.open_case is not None for one in family):
        return ErasureStanding.CASE_OPEN
    if earliest is not None and reading.today < earliest:
        return ErasureStanding.PROOF_KEPT
    if any(waits):
        return ErasureStanding.REQUEST_WAITS
    asked = any(_is_asked(each, reading.clock()) for each in person.requests.values())
    return ErasureStanding.ASKED if asked else ErasureStanding.POSSIBLE


def _is_asked(asked: Asked, now: datetime) -> bool:
    return isinstance(asked.what, ErasureRequested) and not asked.lapsed(now)


def _projects(reading: Reading, case: CaseState) -> Iterator[ProjectState]:
    for each in projects_of(case):
        state = reading.ledger.state(stream_id(StreamKind.PROJECT, each))
        yield cast("ProjectState", state)


def _earliest(reading: Reading, theirs: Theirs) -> date | None:
    cases = tuple(theirs.cases.values())
    moved = [each.money_moved_on for case in cases for each in _projects(reading, case)]
    return kept_until(moved, (each.rules for each in cases))


def _takes(reading: Reading, theirs: Theirs) -> ErasureTakes:
    events = (
        recorded
        for stream in streams_of(theirs)
        for recorded in reading.ledger.history(stream)
        if _is_of_them(recorded)
    )
    papers = (each for case in theirs.cases.values() for each in case.papers.values())
    return ErasureTakes(
        entries=sum(1 for _ in events),
        papers=sum(each.stands for each in papers),
        registrations=len(theirs.family),
        cases=len(theirs.cases),
    )


def _is_of_them(recorded: Recorded) -> bool:
    kind = type(recorded.event)
    return any(class_of(kind, name) in ENCRYPTED for name in kind.model_fields)


def _leaves(reading: Reading, theirs: Theirs, *, named: bool) -> Iterator[ErasureLeaves]:
    for name, case in theirs.cases.items():
        projects = tuple(_projects(reading, case))
        yield ErasureLeaves(
            case_id=UUID(name),
            reference=case.reference if named else None,
            centre=case.centre,
            opened_on=case.opened.on if case.opened else None,
            outcome=case.outcome,
            entries=case.version,
            delivered=sum((each.goods_delivered + each.cash_paid for each in projects), NOTHING),
            paid=sum((each.paid for each in projects), NOTHING),
        )


class _Copy(NamedTuple):
    """What is told as one, counted."""

    what: str
    on: date
    staff: UUID


def _outside(reading: Reading, theirs: Theirs, *, named: bool) -> Iterator[CopyOutside]:
    """What was printed or exported of them, by the log of readings; and the attestations issued."""
    staff = reading.directory.staff().staff
    subjects = frozenset(UUID(each) for each in (*theirs.family, *theirs.cases))
    found = all_read(reading, subjects)
    times = Counter(
        _Copy(it.query, local_date(it.at), it.staff)
        for it in (each.looked for each in found)
        if it.refused is None and (it.query.startswith(COPIES) or it.query in ALSO_COPIES)
    )
    for copy, many in times.items():
        colleague = staff.get(copy.staff)
        by = colleague.label if colleague else None
        yield CopyOutside(what=copy.what, number=None, on=copy.on, by=by, times=many)
    yield from _written(reading, theirs)
    for case in theirs.cases.values():
        for issued in case.attestations.values():
            yield CopyOutside(
                what="attestation",
                number=issued.number if named else None,
                on=issued.issued.on,
                by=None,
                times=1,
            )


def _written(reading: Reading, theirs: Theirs) -> Iterator[CopyOutside]:
    """Files of histories that an operator wrote, which reach as far as something of them stood.

    One of a single stream is left out where that is not theirs; one of cases chosen by centre or day
    may be without them, and is told all the same.
    """
    own = frozenset(streams_of(theirs))
    first = min(
        (each.envelope.position for name in own for each in reading.ledger.history(name, up_to=1)),
        default=0,
    )
    for recorded in reading.ledger.history(STREAM):
        told = recorded.event
        if not isinstance(told, OperatorActed) or told.act != Act.EXPORTED:
            continue
        kind, of = told.facts.get(Fact.KIND, ""), told.facts.get(Fact.OF, "")
        if kind not in WRITTEN_BY_OPERATORS or int(told.facts.get(Fact.POSITION, 0)) < first:
            continue
        if of.startswith(f"{StreamKind.CASE}/") and of not in own:
            continue
        yield CopyOutside(
            what=f"file-{kind}",
            number=None,
            on=recorded.envelope.occurred_on,
            by=told.account,
            times=1,
        )


def _done(reading: Reading, person: SeenPerson) -> ErasureDone | None:
    """By the entries themselves: the last request that was agreed to, in the commit that erased."""
    history = reading.ledger.history(stream_id(StreamKind.BENEFICIARY, person.id))
    erased = next((it for it in history if isinstance(it.event, BeneficiaryErased)), None)
    if erased is None:
        return None
    agreed = next(
        (
            it.event.request_id
            for it in history
            if isinstance(it.event, BeneficiaryRequestConfirmed)
            and it.envelope.command_id == erased.envelope.command_id
        ),
        None,
    )
    asked = next(
        (
            it
            for it in history
            if isinstance(it.event, ErasureRequested) and it.event.request_id == agreed
        ),
        None,
    )
    return ErasureDone(
        asked_on=asked.envelope.occurred_on if asked else None,
        asked_by=_label(reading, asked),
        confirmed_by=_label(reading, erased),
        erased_on=erased.envelope.occurred_on,
        recorded_at=erased.envelope.recorded_at,
        position=erased.envelope.position,
        key_destroyed=bool(reading.ledger.destroyed_keys([person.id])),
    )


def _label(reading: Reading, recorded: Recorded | None) -> str | None:
    if recorded is None:
        return None
    colleague = reading.directory.staff().staff.get(recorded.envelope.actor.id)
    return colleague.label if colleague else None
