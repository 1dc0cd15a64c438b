"""Deaths and ends of tracks on a real ledger: written in one commit, and read again from its bytes."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from domain.case import steps as s
from domain.case.vocabulary import DeathKnownBy, Outcome, Stage, TrackEnd, TrackKind
from domain.errors import Refused
from domain.message import StreamKind, stream_id
from ledger.port import programme
from tests.integration.ledger.place import Opener
from tests.integration.projections.programme import Clock, Person, Programme

ON = date(2024, 8, 30)


def settled(opened: Opener) -> Programme:
    house = Programme(opened(domain=programme(), clock=Clock()))
    house.settle(["taza"])
    return house


def test_a_death_is_known_of_the_person_too_and_ends_what_is_done_with_them(
    opened: Opener,
) -> None:
    house = settled(opened)
    person = Person(house)
    house.record(*person.intake(), *person.towards_approval())
    died = s.RecordDeath(occurred_on=ON, known_by=DeathKnownBy.CERTIFICATE, explanation="Hers.")
    house.record(person.step(died))
    again = opened(domain=programme(), clock=Clock())
    known: Any = again.state(stream_id(StreamKind.BENEFICIARY, person.beneficiary_id))
    case: Any = again.state(stream_id(StreamKind.CASE, person.case_id))
    assert known.died_on == case.died_on == ON
    with pytest.raises(Refused, match="person_died"):
        house.ledger.record(replace(person, case_id=uuid4()).intake()[1])
    contact = person.way.step(s.RecordContact).model_copy(update={"occurred_on": date(2024, 8, 31)})
    with pytest.raises(Refused, match="person_died"):
        house.ledger.record(person.step(contact))
    house.record(person.step(contact.model_copy(update={"occurred_on": ON})))


def test_a_second_track_follows_one_that_ended_and_the_case_ends_with_its_proof(
    opened: Opener,
) -> None:
    house = settled(opened)
    person = Person(house)
    house.record(*person.commands())
    ended = s.EndTrack(occurred_on=ON, ended_as=TrackEnd.COMPLETED, explanation="It runs.")
    second = s.OpenTrack(occurred_on=ON, track=TrackKind.SELF_EMPLOYMENT)
    house.record(person.step(ended), person.step(second))
    stream = stream_id(StreamKind.CASE, person.case_id)
    case: Any = opened(domain=programme(), clock=Clock()).state(stream)
    assert [track.ended is None for track in case.tracks.values()] == [False, True]
    running = s.CloseCase(occurred_on=ON, outcome=Outcome.PROJECT_RUNNING)
    others = {Outcome.EMPLOYED: "no_placement", Outcome.IN_SCHOOL: "not_at_school"}
    for outcome, missing in others.items():
        otherwise = running.model_copy(update={"outcome": outcome})
        with pytest.raises(Refused, match=missing):
            house.ledger.record(person.step(otherwise))
    house.record(person.step(running))
    closed: Any = house.ledger.state(stream)
    assert closed.stage is Stage.CLOSED
