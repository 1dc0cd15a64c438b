"""What stands in somebody's inbox is what they were told of and still needs somebody, and it counts so."""

from datetime import timedelta

from domain.case.noticed.steps import AcknowledgeReminder, SnoozeReminder
from domain.case.reviews import fires_at as at_of
from domain.case.reviews import pending, rules_of
from domain.case.state import CaseState
from domain.message import Actor, StreamKind, stream_id
from domain.values.calendar import local_date, local_instant
from ledger.ledger import Ledger
from projections.projector import Projector
from projections.store import Views
from projections.views import inbox
from projections.views.pages import Part
from tests.integration.projections.contents import catch_up
from tests.integration.projections.programme import CALENDAR, Person, Programme


class Told:
    """Somebody who is followed up, and the reminders of their next review."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.person = Person(programme)
        programme.record(*self.person.commands())
        self.remind()

    @property
    def case(self) -> CaseState:
        state = self.programme.ledger.state(stream_id(StreamKind.CASE, self.person.case_id))
        assert isinstance(state, CaseState)
        return state

    def remind(self) -> None:
        """Of what goes out next, when it does."""
        due = pending(self.case, CALENDAR)[0]
        at = at_of(due, rules_of(self.case), str(self.person.case_id))
        self.programme.wait_until(at)
        self.programme.record(self.person.reminder(due.key, due.due_on, at))

    def answer(self, step: AcknowledgeReminder | SnoozeReminder) -> None:
        self.programme.record(self.person.step(step))


def counted(views: Views, who: Actor, programme: Programme) -> tuple[int, int, int]:
    """All, without an answer, and what went up; the list has as many."""
    today, filters = local_date(programme.clock.now), inbox.Filters(staff=(who.id,))
    with views.reading() as conn:
        found = inbox.counts(conn, filters, today)
        assert len(inbox.find(conn, filters, Part(inbox.PRESSING)).rows) == found.items
    return found.items, found.unanswered, found.went_up


def test_what_was_told_stands_there_until_it_is_answered_or_goes_up(
    ledger: Ledger, projector: Projector, views: Views, programme: Programme
) -> None:
    assert ledger is programme.ledger
    told = Told(programme)
    worker, coordinator = programme.caseworker("taza"), programme.coordinator("taza")
    catch_up(projector)
    assert counted(views, worker, programme) == (1, 1, 0)
    assert counted(views, coordinator, programme) == (0, 0, 0)
    assert counted(views, programme.caseworker("midelt"), programme) == (0, 0, 0)

    today = local_date(programme.clock.now)
    [review] = {name for name in told.case.reminders if not name.startswith("escalation")}
    snooze = SnoozeReminder(
        occurred_on=today, review=review, until=today + timedelta(days=10), explanation="Away."
    )
    told.answer(snooze)
    catch_up(projector)
    assert counted(views, worker, programme) == (1, 0, 0)
    programme.wait_until(local_instant(today + timedelta(days=11), 12))
    assert counted(views, worker, programme) == (1, 1, 0)

    while not any(name.startswith("escalation/1") for name in told.case.reminders):
        told.remind()
    catch_up(projector)
    assert counted(views, coordinator, programme) == (1, 1, 1)
    said = AcknowledgeReminder(
        occurred_on=local_date(programme.clock.now), review=review, explanation="I called."
    )
    told.answer(said)
    catch_up(projector)
    assert counted(views, coordinator, programme) == (1, 0, 0)
