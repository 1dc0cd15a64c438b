"""Who was kept long enough, by the views of both databases: the same as by the ledger alone."""

from datetime import date
from uuid import UUID

from domain.beneficiary.rights.steps import ReceiveDataRequest
from domain.beneficiary.rights.vocabulary import (
    DataRequestAnswer,
    DataRequestedBy,
    DataRequestKind,
)
from domain.case.steps import CloseCase
from domain.case.vocabulary import Outcome
from domain.message import StreamKind
from projections.projector import Projector
from projections.store import Views
from projections.views import complaints, data_requests, people, retention
from projections.views.pages import Part
from service.running.retention import to_erase
from tests.integration.projections.contents import catch_up
from tests.integration.projections.programme import PROVED, Person, Programme
from tests.integration.projections.test_merged import merge

LONG_AHEAD = date(2060, 1, 1)


def test_only_who_is_followed_no_more_is_held_with_the_days_that_count(
    programme: Programme, projector: Projector, views: Views
) -> None:
    followed, gone, erased = Person(programme), Person(programme), Person(programme)
    programme.record(*followed.commands(), *gone.commands(), *erased.commands())
    programme.wait_until(PROVED)
    close = CloseCase(occurred_on=date(2024, 8, 30), outcome=Outcome.LEFT_COUNTRY)
    programme.record(gone.step(close))
    erased.erase()
    catch_up(projector)
    with views.reading() as conn:
        (held,) = retention.held(conn, None, LONG_AHEAD)
        assert list(retention.held(conn, "elsewhere", LONG_AHEAD)) == []
        assert list(retention.held(conn, None, date(2000, 1, 1))) == []
        assert retention.ended(conn, complaints.Filters(open=False), LONG_AHEAD) == []
    assert held.beneficiary_id == gone.beneficiary_id
    assert held.moved == (gone.way.delivered_on,)
    assert held.rules == {"v1"}
    (by_ledger,) = to_erase(programme.ledger, 2060)
    assert by_ledger.person == str(gone.beneficiary_id)
    assert by_ledger.kept.since in (*held.moved, *held.closed)
    assert to_erase(programme.ledger, 2026) == []


def test_who_was_registered_in_two_centres_is_held_by_the_one_that_goes_on(
    programme: Programme, projector: Projector, views: Views
) -> None:
    one, alias = Person(programme, centre="midelt"), Person(programme)
    programme.record(*one.intake(), *alias.commands())
    close = CloseCase(occurred_on=date(2024, 8, 28), outcome=Outcome.LEFT_COUNTRY)
    programme.record(alias.step(close))
    merge(programme, one, alias)
    programme.wait_until(PROVED)
    catch_up(projector)

    def listed(centre: str | None) -> list[UUID]:
        with views.reading() as conn:
            found = [each.beneficiary_id for each in retention.held(conn, centre, LONG_AHEAD)]
        assert found == [
            UUID(str(each.person)) for each in to_erase(programme.ledger, 2090, centre)
        ]
        return found

    assert [listed(each) for each in (None, "taza", "midelt")] == [[], [], []]
    programme.record(one.step(close))
    catch_up(projector)
    assert [listed(each) for each in (None, "midelt")] == [[one.beneficiary_id]] * 2
    assert listed("taza") == []


def test_what_people_asked_is_found_until_it_is_answered_and_goes_nameless_with_them(
    programme: Programme, projector: Projector, views: Views
) -> None:
    person = Person(programme)
    programme.record(*person.commands())
    about = (StreamKind.BENEFICIARY, person.beneficiary_id)
    asked = ReceiveDataRequest(
        occurred_on=date(2024, 8, 1),
        kind=DataRequestKind.ERASE,
        asked_by=DataRequestedBy.PERSON,
    )
    programme.record(programme.order(*about, asked, programme.coordinator(person.centre)))
    catch_up(projector)
    with views.reading() as conn:
        waiting = data_requests.Filters(centre=person.centre, waiting=True)
        (row,) = data_requests.find(conn, waiting).rows
        assert (row.due_on, row.answered_on) == (date(2024, 8, 11), None)
        assert row.name_latin
        names = [person.beneficiary_id]
        (reference,) = data_requests.references(conn, names, restricted=False).values()
        assert reference
        assert not data_requests.find(conn, data_requests.Filters(waiting=False)).rows
        part = Part(people.FIRST_ERASABLE)
        for alone in (False, True):
            of_them = people.Restricted(person.centre, asked=alone)
            assert not people.restricted(conn, of_them, part).rows
    person.erase()
    catch_up(projector)
    with views.reading() as conn:
        mine = data_requests.Filters(
            beneficiary_id=person.beneficiary_id, waiting=False, unrestricted=True
        )
        (row,) = data_requests.find(conn, mine).rows
    assert (row.answer, row.name_latin) == (DataRequestAnswer.GRANTED, None)
