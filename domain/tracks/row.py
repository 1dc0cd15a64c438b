"""A row of a track's part: it concerns one of the tracks that hang on a case."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.case.state import CaseState
from domain.case.steps import TrackStep
from domain.case.vocabulary import TrackKind
from domain.errors import Refused
from domain.message import Step
from domain.steps.handling import Context, Events, Handling, World


@dataclass(frozen=True, slots=True)
class TrackHandling(Handling):
    """A row whose conditions and rule see the case with that one track alone, now and then."""

    kinds: tuple[TrackKind, ...]

    def decide(self, world: World, step: Step, ctx: Context) -> Events:
        """As `Handling.decide`; the rule gets the step with its track named."""
        assert isinstance(step, TrackStep)  # noqa: S101 - the table pairs them
        meant = meant_track(world.case, self.kinds, step.track_id)
        narrowed = world.seen_as(self.role, lambda case: case.with_only(meant))
        return Handling.decide(self, narrowed, step.model_copy(update={"track_id": meant}), ctx)


def tracks_of(case: CaseState, *kinds: TrackKind) -> list[UUID]:
    """The case's tracks of these kinds, the first opened first."""
    return [each for each, track in case.tracks.items() if track.kind in kinds]


def seen_by(row: Handling, case: CaseState) -> list[tuple[UUID | None, CaseState]]:
    """The case as a row's conditions see it: whole, or with one of its tracks alone."""
    if not isinstance(row, TrackHandling):
        return [(None, case)]
    found: list[UUID | None] = [*tracks_of(case, *row.kinds)]
    return [(each, case.with_only(each)) for each in found or [None]]


def meant_track(
    case: CaseState, kinds: tuple[TrackKind, ...], track_id: UUID | None
) -> UUID | None:
    """Which track of the kinds is meant: the one named, else the only one. None: there is none.

    One that is open goes before those that ended. Raises `Refused` where none is named and there
    are several.
    """
    every = tracks_of(case, *kinds)
    if track_id is not None:
        return track_id if track_id in every else None
    found = [each for each in every if case.tracks[each].ended is None] or every
    if len(found) > 1:
        raise Refused("track_not_named")
    return found[0] if found else None


def in_track(kind: TrackKind, row: Handling) -> TrackHandling:
    return in_tracks((kind,), row)


def in_tracks(kinds: tuple[TrackKind, ...], row: Handling) -> TrackHandling:
    """Of a step that tracks of several kinds have alike."""
    fields: dict[str, Any] = {name: getattr(row, name) for name in Handling.__slots__}
    return TrackHandling(**fields, kinds=kinds)
