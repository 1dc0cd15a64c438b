"""No event is overlooked by the views: each is noted, or named as left to the state."""

from domain.stored import EVENTS
from projections.noting import FOLDS, LEFT_TO_THE_STATE, NOTES

FOLDED = {event for event in EVENTS.values() if event.stream in FOLDS}


def test_every_event_of_a_folded_stream_is_noted_or_left_to_the_state() -> None:
    overlooked = FOLDED - NOTES.keys() - LEFT_TO_THE_STATE
    assert {event.__name__ for event in overlooked} == set()


def test_what_is_left_to_the_state_is_noted_nowhere() -> None:
    assert {event.__name__ for event in NOTES.keys() & LEFT_TO_THE_STATE} == set()


def test_what_is_named_is_an_event_of_a_folded_stream() -> None:
    assert NOTES.keys() | LEFT_TO_THE_STATE == FOLDED
