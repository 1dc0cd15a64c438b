"""What is told of a reminder's life has the messages by which it left, and says so in each language."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.reminding.lives import Life
from service.console.showing.list_rows import Known
from service.console.showing.reminder_lives import life_line
from service.notify.channels import MessageChannel
from service.notify.outbox.message import Audience, MessageRow, State
from service.queries.reminder_lives import ReminderLife, life_of
from service.words.language import Language
from tests.unit.domain.reminding.clockwork import Clockwork, walked

STAFF = UUID(int=1)


def told(*states: State) -> ReminderLife:
    """The first visit's, whose reminder went out with messages that came so far."""
    clock = walked()
    clock.until(clock.due_of("visit/1") + timedelta(days=1))
    first = visit(clock)
    version = first.proofs[0].reminded[0].by.version
    row = MessageRow(
        uuid4(),
        Audience.STAFF,
        STAFF,
        MessageChannel.EMAIL,
        State.SENT,
        clock.house.paper.now,
        clock.house.paper.now,
        version=version,
        settled_at=clock.house.paper.now,
    )
    rows = [replace(row, state=state) for state in states]
    return life_of(first, clock.lives, clock.house.case, {version: rows, version + 1: [row]})


def visit(clock: Clockwork) -> Life:
    return next(each for each in clock.lives.lives if each.review == "visit/1")


def test_a_reminder_has_its_own_messages_and_no_other() -> None:
    own, *others = told(State.SENT, State.FAILED).reminders
    assert [(each.state, each.to) for each in own.messages] == [
        (State.SENT, STAFF),
        (State.FAILED, STAFF),
    ]
    assert not any(each.messages for each in others)


@pytest.mark.parametrize("language", Language)
def test_each_state_of_a_message_has_its_words(language: Language) -> None:
    line = life_line(told(*State), Known({}, {}), language)
    (sent,) = [row.sent for row in line.rows if row.sent]
    assert len(set(sent)) == len(State)
