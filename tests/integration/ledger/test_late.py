"""What is told late on the real ledger: judged on its own day, and refused where it would undo what stands."""

from datetime import date
from typing import Any

import pytest

from domain.case.custody.steps import (
    BeginDetention,
    RecordPrisonTransfer,
    RecordRelease,
    TrackChoice,
)
from domain.case.custody.vocabulary import DetentionKind, TrackInside
from domain.case.steps import AddNote, RecordContact, RecordEducation
from domain.case.vocabulary import Channel, ContactOutcome
from domain.errors import Refused
from domain.message import StreamKind, stream_id
from ledger.ledger import Ledger
from ledger.port import programme
from tests.integration.ledger.place import Opener
from tests.integration.projections.programme import Person, Programme


@pytest.fixture
def person(opened: Opener) -> Person:
    """Free since a while, with an approval."""
    house = Programme(opened(domain=programme()))
    house.settle(["taza"])
    person = Person(house)
    house.record(*person.intake(), *person.towards_approval())
    return person


@pytest.fixture
def ledger(person: Person) -> Ledger:
    return person.programme.ledger


def contact(day: date) -> RecordContact:
    visit, reached = Channel.VISIT_IN_PRISON, ContactOutcome.REACHED
    return RecordContact(occurred_on=day, channel=visit, outcome=reached)


def test_education_inside_told_after_the_release_is_judged_as_of_then(
    person: Person, ledger: Ledger
) -> None:
    told = person.way.step(RecordEducation)
    late = told.model_copy(update={"occurred_on": person.way.day(230)})
    assert ledger.check(person.step(late)) is None
    ledger.record(person.step(late))
    afterwards = told.model_copy(update={"occurred_on": person.way.day(310)})
    for ask in (ledger.check, ledger.record):
        with pytest.raises(Refused, match="not_in_detention"):
            ask(person.step(afterwards))


def test_what_would_undo_what_stands_is_refused_with_its_list_and_leaves_nothing(
    person: Person, ledger: Ledger
) -> None:
    stream, head = stream_id(StreamKind.CASE, person.case_id), ledger.head()
    before: Any = ledger.state(stream)
    release = person.way.step(RecordRelease)
    earlier = release.model_copy(update={"occurred_on": person.way.day(100)})
    for ask in (ledger.check, ledger.record):
        with pytest.raises(Refused, match="rests_on_it") as refused:
            ask(person.step(earlier))
        assert "record-circumstances" in str(refused.value.params["entries"])
    assert (ledger.state(stream), ledger.head()) == (before, head)


def test_in_one_group_each_is_judged_on_what_those_before_it_left(
    person: Person, ledger: Ledger
) -> None:
    kept = TrackChoice(choice=TrackInside.SUSPENDED)
    arrest = BeginDetention(
        occurred_on=person.way.day(460), kind=DetentionKind.REMAND, tracks=(kept,)
    )
    prison = person.way.other_prison
    before, after = (
        RecordPrisonTransfer(occurred_on=person.way.day(day), prison=prison) for day in (455, 465)
    )
    note = AddNote(occurred_on=person.way.day(500), text="n")
    steps = (note, arrest, before, after)
    results = ledger.record_all([person.step(each) for each in steps])
    assert [isinstance(each, Refused) for each in results] == [False, False, True, False]


def test_its_stream_is_read_once_and_only_for_what_is_late(
    person: Person, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, readings = ledger._loader.history, list[str]()

    def counted(stream: str, **fields: Any) -> Any:
        readings.append(stream)
        return read(stream, **fields)

    monkeypatch.setattr(ledger._loader, "history", counted)
    ledger.record(person.step(AddNote(occurred_on=person.way.day(400), text="n")))
    ledger.check(person.step(contact(person.way.day(400))))
    assert readings == []
    late = person.way.step(RecordEducation)
    ledger.record(person.step(late.model_copy(update={"occurred_on": person.way.day(230)})))
    assert readings == [stream_id(StreamKind.CASE, person.case_id)]
