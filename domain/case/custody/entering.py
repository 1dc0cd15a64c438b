"""What every entry into detention asks: for each open track, what becomes of it."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from domain.case.custody import events as e
from domain.case.custody import steps as s
from domain.case.custody.vocabulary import TrackInside
from domain.case.state import CaseState
from domain.case.track_end import require_no_more_to_come
from domain.errors import Refused
from domain.steps.handling import World


def open_tracks(case: CaseState, day: date) -> list[UUID]:
    """Those that had been opened by a day, and had not ended."""
    return [each for each, track in case.tracks.items() if track.open_on(day)]


def require_choices(
    world: World, day: date, told: tuple[s.TrackChoice, ...]
) -> tuple[e.ChosenForTrack, ...]:
    """What was chosen for each track that is open on the day of an entry; none is left out.

    Where somebody is inside already, nothing is asked, and nothing is to be told.
    """
    case = world.then
    asked = [] if case.custody.stay_on(day) else open_tracks(case, day)
    chosen = tuple(_chosen(world.case, asked, told))
    named = [each.track_id for each in chosen]
    if len(set(named)) < len(named):
        raise Refused("track_chosen_twice")
    if set(asked) - set(named):
        raise Refused("track_choice_missing")
    return chosen


def _chosen(
    case: CaseState, asked: list[UUID], told: tuple[s.TrackChoice, ...]
) -> Iterator[e.ChosenForTrack]:
    for each in told:
        track_id = each.track_id or (asked[0] if len(asked) == 1 else None)
        if track_id is None or track_id not in asked:
            raise Refused("track_choice_superfluous")
        if (each.choice is TrackInside.FAMILY_CONTINUES) != (each.family_member is not None):
            raise Refused("family_member_missing_or_superfluous")
        track = case.tracks[track_id]
        if each.choice is TrackInside.FAMILY_CONTINUES and not track.family_may_continue:
            raise Refused("family_cannot_continue")
        if each.choice is TrackInside.ENDED:
            require_no_more_to_come(track)
        yield e.ChosenForTrack(
            track_id=track_id, choice=each.choice, family_member=each.family_member
        )
