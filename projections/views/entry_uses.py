"""Whom the registry's schools, vocational centres and companies took: a row for each time.

What a track says of it stands in `_OF`, by the track's kind. Prisons are not here: where somebody was
held is nobody's total.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from domain.case.vocabulary import TrackKind
from domain.message import Message, StreamKind
from domain.tracks.employment.state import Employment
from domain.tracks.schooling.state import Schooling
from domain.tracks.training.state import Trained
from projections.columns import SortedText
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated


class EntryUse(StrEnum):
    """What somebody was there for."""

    TRAINED = "trained"
    HIRED = "hired"
    ENROLLED = "enrolled"


class Took(NamedTuple):
    """One time."""

    entry: str
    use: EntryUse
    running: bool


class EntryUseRow(Message):
    """Somebody was at one of the registry's entries."""

    case_id: UUID
    number: int
    beneficiary_id: UUID
    centre: str | None
    entry: SortedText
    use: EntryUse
    running: bool
    """Whether they still are."""


entry_uses = View(
    "entry_uses",
    EntryUseRow,
    key=["case_id", "number"],
    owner="case_id",
    indexes=[["entry"]],
)
_row = unvalidated(EntryUseRow)


def _training(track: Trained) -> Iterator[Took]:
    going = track.attends and track.ended is None
    for number, entry in enumerate(track.trainers, 1):
        yield Took(entry, EntryUse.TRAINED, running=going and number == len(track.trainers))


def _employment(track: Employment) -> Iterator[Took]:
    for job in track.placements:
        if job.company is not None:
            yield Took(job.company, EntryUse.HIRED, running=job is track.standing)


def _schooling(track: Schooling) -> Iterator[Took]:
    for _, year in track.enrolments:
        if year.school is not None:
            yield Took(year.school, EntryUse.ENROLLED, running=year.runs and track.ended is None)


_OF: Mapping[TrackKind, Callable[[Any], Iterator[Took]]] = {
    TrackKind.SELF_EMPLOYMENT: _training,
    TrackKind.VOCATIONAL_TRAINING: _training,
    TrackKind.EMPLOYMENT: _employment,
    TrackKind.SCHOOLING: _schooling,
}


def _rows(name: str, folds: Folds) -> Iterable[EntryUseRow]:
    state = folds.case(name).state
    if state.beneficiary_id is None:
        return
    took = (each for track in state.tracks.values() for each in _of(track))
    for number, each in enumerate(took, 1):
        yield _row(
            case_id=UUID(name),
            number=number,
            beneficiary_id=folds.one_of(state.beneficiary_id),
            centre=state.centre,
            entry=SortedText(each.entry),
            use=each.use,
            running=each.running and state.is_open,
        )


def _of(track: Any) -> Iterator[Took]:
    return _OF[track.kind](track)


ENTRY_USES = Derived(entry_uses, StreamKind.CASE, _rows)
