"""The history of anything in the ledger, as an auditor reads it, from the ledger alone.

So it can be told when views and Temporal are away, or are what is in question.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from domain.case.state import CaseState
from domain.complaint.state import ComplaintState
from domain.message import ENCRYPTED, Actor, Role, StreamKind, kind_of, name_of, stream_id
from domain.project.state import ProjectState
from domain.registry.state import REGISTRY
from domain.staff.state import DIRECTORY, StaffState
from domain.tracks.self_employment.state import projects_of
from domain.upkeep.path import OPERATOR
from domain.upkeep.path import STREAM as UPKEEP
from domain.values.looking import Door, ReadingPurpose
from ledger.ledger import Ledger
from ledger.reads.log import ReadLog
from ledger.reads.looked import Looked
from service.access.reader import Reader
from service.queries.history import ALL_EVENTS, History, Moment, Stretch, comparable, history
from service.queries.replaying import end_of
from service.running.faults import OperatorError
from service.running.reminders import case_named

ALONE = {"staff": DIRECTORY, "registry": REGISTRY, "upkeep": UPKEEP}
"""What there is one of."""
AUDITOR = Reader(Actor(id=UUID(int=0), role=Role.AUDITOR))


@dataclass(frozen=True, slots=True)
class AtTheMachine:
    """Whoever opened the ledger; they see what an auditor sees."""

    ledger: Ledger
    temporal_pages: str | None
    reader: Reader = AUDITOR


@dataclass(frozen=True, slots=True)
class Asked:
    """Which moment, what it is compared with, and from where."""

    moment: Moment
    since: Moment | None = None

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.moment, 0, ALL_EVENTS, changes=True, since=self.since)


def stream_named(ledger: Ledger, said: str) -> str:
    """The stream of a case's reference or id, of `<kind>/<id>`, or of what there is one of.

    Raises `OperatorError` where there is none.
    """
    if said in ALONE:
        return ALONE[said]
    kind, slash, name = said.partition("/")
    if not slash:
        return stream_id(StreamKind.CASE, case_named(ledger, said))
    if kind not in set(StreamKind):
        kinds = ", ".join(each for each in StreamKind if each not in ALONE)
        raise OperatorError(f"there is no kind of thing called {kind}: one of {kinds}")
    stream = stream_id(StreamKind(kind), name.lower())
    if not ledger.history(stream, up_to=1):
        raise OperatorError(f"there is no {said} in this ledger")
    return stream


def with_what_is_theirs(ledger: Ledger, stream: str) -> Iterator[str]:
    """The stream; and of a case those of its person and projects."""
    yield stream
    if kind_of(stream) is StreamKind.CASE:
        case = cast("CaseState", ledger.state(stream))
        if case.beneficiary_id is not None:
            yield stream_id(StreamKind.BENEFICIARY, case.beneficiary_id)
        yield from (stream_id(StreamKind.PROJECT, each) for each in projects_of(case))


def replayed(looking: AtTheMachine, stream: str, asked: Asked) -> History:
    """The history of a stream, each entry with what it changed."""
    return _told(looking, stream, asked.stretch)


@comparable
def _told(looking: AtTheMachine, stream: str, stretch: Stretch) -> History:
    return history(looking, stream, stretch)


def note(reads: ReadLog, ledger: Ledger, streams: Sequence[str]) -> None:
    """Write down whose data is shown, before it is; raises `Unavailable`, and nothing is to be shown then."""
    cases, persons = set[UUID](), set[UUID]()
    for stream in streams:
        cases |= set(_cases_of(ledger, stream))
        if kind_of(stream) is StreamKind.BENEFICIARY:
            persons.add(UUID(name_of(stream)))
    for case in cases:
        state = cast("CaseState", ledger.glance(stream_id(StreamKind.CASE, case)))
        if state.beneficiary_id is not None:
            persons.add(state.beneficiary_id)
    if cases or persons:
        looked = Looked(
            at=ledger.now(),
            staff=OPERATOR.id,
            role=OPERATOR.role,
            door=Door.HOUSE,
            query=f"get-{kind_of(streams[0])}-history",
            purpose=ReadingPurpose.AUDIT,
            classes=tuple(sorted(ENCRYPTED)),
            cases=tuple(sorted(cases)),
            persons=tuple(sorted(persons)),
            alone=True,
        )
        reads.submit([looked]).result()


def _cases_of(ledger: Ledger, stream: str) -> Iterator[UUID]:
    """Those that a stream about one person is of."""
    match kind_of(stream):
        case StreamKind.CASE:
            yield UUID(name_of(stream))
        case StreamKind.PROJECT:
            project = cast("ProjectState", ledger.glance(stream))
            yield from (holder.case_id for holder in project.holders)
        case StreamKind.COMPLAINT:
            complaint = cast("ComplaintState", ledger.glance(stream))
            if complaint.case_id is not None:
                yield complaint.case_id


def known_by(said: str) -> datetime:
    """An instant with its offset, or the end of a day in Morocco; raises `ValueError`."""
    if len(said) > len("2024-07-18"):
        instant = datetime.fromisoformat(said)
        if instant.tzinfo is None:
            raise ValueError(said)
        return instant
    return end_of(date.fromisoformat(said))


def posts(ledger: Ledger) -> dict[UUID, str]:
    """What the staff are called, by their posts."""
    staff = cast("StaffState", ledger.states([DIRECTORY])[DIRECTORY]).staff
    return {who: each.label or str(who)[:8] for who, each in staff.items()}


def titled(ledger: Ledger, stream: str) -> str:
    """A case's reference, or what kind of thing it is."""
    if kind_of(stream) is StreamKind.CASE:
        return cast("CaseState", ledger.states([stream])[stream]).reference
    return kind_of(stream) if stream in ALONE.values() else f"{kind_of(stream)} {name_of(stream)}"
