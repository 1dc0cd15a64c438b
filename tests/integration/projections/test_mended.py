"""Entries mended on a real ledger: what it folds to, and what every view then says, as a rebuild would."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from domain.case.custody.events import ReleaseRecorded
from domain.case.custody.steps import RecordRelease
from domain.case.events import ContactRecorded, NoteAdded
from domain.case.state import CaseState
from domain.case.steps import CorrectEntries, Correction, RecordContact, RetractEntry
from domain.errors import Refused, StaleVersion
from domain.example.project import visit
from domain.message import Command, Event, Step, StreamKind, stream_id
from domain.project.state import ProjectState
from domain.project.vocabulary import ProjectCondition
from domain.tracks.self_employment import events as te
from ledger.ledger import Ledger
from projections.projector import Projector
from projections.store import Views
from projections.views import timeline
from tests.integration.projections.contents import catch_up, contents
from tests.integration.projections.programme import Person, Programme


@pytest.fixture
def person(programme: Programme) -> Person:
    """With a visit, and a note after it."""
    person = Person(programme)
    programme.record(*person.commands())
    return person


def entry(person: Person, kind: type[Event]) -> int:
    """The number of the last entry of that kind."""
    events = person.programme.ledger.history(stream_id(StreamKind.CASE, person.case_id))
    return [each.envelope.version for each in events if isinstance(each.event, kind)][-1]


def retracting(person: Person, kind: type[Event], **more: Any) -> Command:
    step = RetractEntry(
        occurred_on=date(2024, 9, 1),
        entry_number=entry(person, kind),
        explanation="Mistyped.",
        **more,
    )
    return person.step(step, actor=person.programme.coordinator(person.centre))


def correcting(person: Person, kind: type[Event], right: Step) -> Command:
    told = Correction(
        entry_number=entry(person, kind), content=right.model_dump(mode="json", exclude_unset=True)
    )
    step = CorrectEntries(occurred_on=date(2024, 9, 1), entries=(told,), explanation="Mistyped.")
    return person.step(step, actor=person.programme.coordinator(person.centre))


def case_of(person: Person) -> CaseState:
    state = person.programme.ledger.state(stream_id(StreamKind.CASE, person.case_id))
    assert isinstance(state, CaseState)
    return state


def earlier(person: Person, days: int) -> RecordRelease:
    return person.way.step(RecordRelease).model_copy(update={"occurred_on": person.way.day(days)})


def worse(person: Person) -> Step:
    return visit(person.way, 1).model_copy(update={"project": ProjectCondition.STOPPED})


def test_every_process_comes_to_the_same_present(
    programme: Programme, person: Person, ledger: Ledger
) -> None:
    stream = stream_id(StreamKind.CASE, person.case_id)
    for command in (
        correcting(person, ReleaseRecorded, earlier(person, 298)),
        correcting(person, te.VisitRecorded, worse(person)),
        retracting(person, NoteAdded),
    ):
        programme.record(command)
        fresh = ledger.fold(stream, ledger.history(stream))
        assert ledger.state(stream) == fresh
    released = case_of(person).custody
    assert released.released is not None
    assert released.released.on == person.way.day(298)
    project = ledger.state(stream_id(StreamKind.PROJECT, str(person.project_id)))
    assert isinstance(project, ProjectState)
    assert project.condition is ProjectCondition.STOPPED


def test_as_known_before_it_the_case_is_as_it_was_told(
    programme: Programme, person: Person, ledger: Ledger
) -> None:
    stream = stream_id(StreamKind.CASE, person.case_id)
    before = case_of(person)
    (receipt,) = programme.record(correcting(person, ReleaseRecorded, earlier(person, 298)))
    assert ledger.state_at(stream, version=before.version) == before
    assert receipt.version == case_of(person).seen
    assert ledger.state_at(stream, occurred_by=person.way.day(299)).is_free  # type: ignore[attr-defined]
    assert not ledger.state_at(stream, occurred_by=person.way.day(297)).is_free  # type: ignore[attr-defined]


@pytest.mark.parametrize("limit", [1, 3, 1000])
def test_the_views_come_to_what_a_rebuild_makes(
    programme: Programme, person: Person, projector: Projector, views: Views, limit: int
) -> None:
    catch_up(projector, limit)
    contact = person.way.step(RecordContact)
    moved = contact.model_copy(update={"occurred_on": person.way.day(305)})
    mending: tuple[Callable[[], Command], ...] = (
        lambda: correcting(person, ContactRecorded, moved),
        lambda: correcting(person, te.VisitRecorded, worse(person)),
        lambda: retracting(person, te.VisitRecorded, wrong_person=True),
        lambda: retracting(person, NoteAdded),
        lambda: correcting(person, ReleaseRecorded, earlier(person, 298)),
    )
    for command in mending:
        programme.record(command())
        catch_up(projector, limit)
    live = contents(views)
    projector.rebuild()
    assert contents(views) == live


def test_the_timeline_shows_the_mended_entry_and_the_correction(
    programme: Programme, person: Person, projector: Projector, views: Views
) -> None:
    number = entry(person, te.VisitRecorded)
    programme.record(retracting(person, te.VisitRecorded, wrong_person=True))
    catch_up(projector)
    with views.reading() as connection:
        told = timeline.of_case(connection, person.case_id, limit=500)
    visits = [each for each in told if each.type in ("VisitRecorded", "ProjectVisited")]
    assert [each.details for each in visits] == [{}, {}]
    assert all(each.mended and each.mended.wrong_person for each in visits)
    (mending,) = [each for each in told if each.type == "EntriesMended"]
    assert mending.details["entries"] == [number]
    assert visits[0].mended is not None
    assert visits[0].mended.by == mending.version


def test_of_two_corrections_at_once_one_is_refused(
    programme: Programme, person: Person, ledger: Ledger
) -> None:
    one = correcting(person, ReleaseRecorded, earlier(person, 298))
    other = correcting(person, ReleaseRecorded, earlier(person, 297))
    seen = case_of(person).seen
    first, second = ledger.record_all([one, other])
    assert not isinstance(first, Refused)
    assert isinstance(second, Refused)
    assert second.code == "entry_already_mended"
    stale = retracting(person, NoteAdded).model_copy(update={"expected_version": seen})
    (refused,) = ledger.record_all([stale])
    assert isinstance(refused, StaleVersion)
    assert ledger.record_all([one])[0] == first, "the same command is answered again"


def test_an_erased_persons_case_reads_on(
    programme: Programme, person: Person, projector: Projector, views: Views
) -> None:
    programme.record(
        correcting(person, ReleaseRecorded, earlier(person, 298)),
        retracting(person, NoteAdded),
    )
    person.erase()
    catch_up(projector)
    live = contents(views)
    projector.rebuild()
    assert contents(views) == live
    assert case_of(person).custody.released is None
    assert not re.search("CircumstancesMended", str(live["timeline"]))
