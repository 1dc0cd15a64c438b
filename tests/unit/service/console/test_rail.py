"""The rail of a case says nothing of stages that none of its tracks comes to."""

from types import SimpleNamespace
from typing import Any

from domain.case.vocabulary import Stage, TrackKind
from service.console.showing.track_cards import OF_A_PROJECT, rail_of


def rail(*kinds: TrackKind) -> list[Stage]:
    tracks: Any = [SimpleNamespace(kind=each) for each in kinds]
    return rail_of(tracks)


def test_a_project_s_stages_are_shown_where_there_is_one_or_could_be() -> None:
    assert rail() == list(Stage)
    assert rail(TrackKind.EMPLOYMENT, TrackKind.SELF_EMPLOYMENT) == list(Stage)


def test_who_works_or_learns_is_not_said_to_have_come_through_a_project() -> None:
    for kind in set(TrackKind) - {TrackKind.SELF_EMPLOYMENT}:
        assert rail(kind) == [each for each in Stage if each not in OF_A_PROJECT]
