"""Coordinators of both centres are told at once of a case that is opened in an emergency."""

import threading
from contextlib import closing
from pathlib import Path

import pytest

from domain.case.emergency.steps import OpenInEmergency
from domain.case.state import CaseState
from domain.message import Actor, StreamKind, stream_id
from domain.staff.emergencies.events import OpenedCaseInEmergency
from domain.staff.reach.steps import ChangeReach
from domain.staff.reach.vocabulary import ReaderLanguage, StaffChannel
from domain.staff.state import DIRECTORY
from domain.values.calendar import local_date
from service.notify.channels import MessageChannel, Outcome, Outgoing
from service.notify.outbox.store import Outbox
from service.notify.sending import Sender
from service.notify.telling.emergencies import EmergencyAlerts
from tests.integration.projections.programme import Person, Programme


class Post:
    """Takes all that is handed over."""

    def __init__(self) -> None:
        self.came: list[Outgoing] = []

    async def send(self, message: Outgoing) -> Outcome:
        self.came.append(message)
        return Outcome(accepted=True)


def reached(programme: Programme, actor: Actor) -> None:
    step = ChangeReach(
        occurred_on=local_date(programme.clock.now),
        language=ReaderLanguage.ARABIC,
        channels=(StaffChannel.EMAIL,),
        email=f"{actor.role}@{actor.centre}.test",
        daily_digest=True,
    )
    programme.record(programme.order(StreamKind.STAFF, "directory", step, actor))


@pytest.fixture
def opened(programme: Programme) -> Person:
    person = Person(programme, "taza")
    programme.record(*person.intake())
    for centre in ("taza", "midelt"):
        reached(programme, programme.coordinator(centre))
        reached(programme, programme.caseworker(centre))
    step = OpenInEmergency(
        occurred_on=local_date(programme.clock.now),
        number=f"ZZ{person.beneficiary_id.int % 10**12:012}",
        explanation="She is in hospital here.",
    )
    by = programme.caseworker("midelt")
    programme.record(programme.order(StreamKind.STAFF, "directory", step, by))
    return person


async def test_coordinators_of_both_centres_are_told_at_night_and_in_no_digest(
    programme: Programme, opened: Person, tmp_path: Path
) -> None:
    ledger, post = programme.ledger, Post()
    teller = EmergencyAlerts(ledger, "https://jisr.test", lambda: programme.clock.now)
    with closing(Outbox(f"sqlite://{tmp_path}/outbox.db")) as outbox:
        for recorded in ledger.history(DIRECTORY):
            assert isinstance(recorded.event, OpenedCaseInEmergency) == bool(
                [*teller.messages(recorded)]
            )
            for _ in range(2):
                outbox.put(teller.messages(recorded))
        never = programme.clock.now.replace(year=2100)
        sender = Sender(
            outbox,
            [teller],
            {MessageChannel.EMAIL: post},
            lambda _: never,
            now=lambda: programme.clock.now,
        )
        assert await sender.send_due(threading.Event()) == 2
    case = ledger.state(stream_id(StreamKind.CASE, opened.case_id))
    assert isinstance(case, CaseState)
    reference = case.reference
    assert {each.to for each in post.came} == {"coordinator@taza.test", "coordinator@midelt.test"}
    for each in post.came:
        assert reference in each.subject
        assert "https://jisr.test/inbox" in each.text
        assert "hospital" not in each.text, "why stands in the inbox"
        assert "Salma" not in each.text
