"""Entries of a case corrected and retracted: what then stands, and what may not be."""

from datetime import date

import pytest

from domain.case import events as e
from domain.case import steps as s
from domain.case.custody.events import ReleaseRecorded
from domain.case.custody.steps import RecordRelease
from domain.case.vocabulary import Channel, ContactOutcome, Stage
from domain.message import Event, Step, StreamKind, stream_id
from domain.tracks.self_employment import steps as t
from tests.unit.domain.conftest import House


def entry(house: House, kind: type[Event], nth: int = -1) -> int:
    """The version of the event of that kind, the last one's."""
    stream = stream_id(StreamKind.CASE, house.case_id)
    found = [each for each in house.paper.of(stream) if isinstance(each.event, kind)]
    return found[nth].envelope.version


def retract(house: House, number: int, **more: object) -> list[Event]:
    step = s.RetractEntry.model_validate(
        {"occurred_on": house.paper.today, "entry_number": number, "explanation": "Mistyped."}
        | more
    )
    return house.take(step, house.coordinator)


def correct(house: House, *entries: tuple[int, Step | None]) -> list[Event]:
    step = s.CorrectEntries(
        occurred_on=house.paper.today,
        explanation="Mistyped.",
        entries=tuple(
            s.Correction(
                entry_number=number,
                content=None if step is None else step.model_dump(mode="json", exclude_unset=True),
            )
            for number, step in entries
        ),
    )
    return house.take(step, house.coordinator)


@pytest.fixture
def followed(house: House) -> House:
    """To the release and the first contact after it."""
    house.walk(house.way.steps(), until=t.ProposeProject)
    return house


def contact(day: date) -> s.RecordContact:
    return s.RecordContact(
        occurred_on=day, channel=Channel.AT_CENTRE, outcome=ContactOutcome.REACHED, note="n"
    )


def test_a_retracted_contact_is_as_if_it_had_not_been(followed: House) -> None:
    before = followed.case
    followed.take(contact(followed.way.day(310)))
    retract(followed, entry(followed, e.ContactRecorded))
    assert followed.case.last_contact == before.last_contact


def test_a_corrected_contact_stands_on_its_new_day(followed: House) -> None:
    number = entry(followed, e.ContactRecorded)
    correct(followed, (number, contact(followed.way.day(305))))
    last = followed.case.last_contact
    assert last is not None
    assert last.on == followed.way.day(305)


def test_a_mistyped_release_is_corrected(followed: House) -> None:
    release = followed.way.step(RecordRelease)
    earlier = release.model_copy(update={"occurred_on": followed.way.day(298)})
    correct(followed, (entry(followed, ReleaseRecorded), earlier))
    released = followed.case.custody.released
    assert released is not None
    assert released.on == followed.way.day(298)


def test_a_retracted_release_leaves_the_person_inside(followed: House) -> None:
    retract(followed, entry(followed, ReleaseRecorded))
    assert followed.case.stage is Stage.DETENTION
