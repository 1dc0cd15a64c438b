"""Whoever agreed to messages is told once of a day that comes, by a real gateway; nobody else is."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from domain.beneficiary.steps import ChangeDetails
from domain.beneficiary.vocabulary import Language
from domain.case.consents.steps import GiveConsent, WithdrawConsent
from domain.case.consents.vocabulary import ConsentForm, Purpose
from domain.case.state import CaseState
from domain.message import Step, StreamKind, stream_id
from domain.values.calendar import local_date, local_instant
from projections.projector import Projector
from projections.store import Views
from projections.views.announcements import to_go
from service.notify.announcing import announce
from service.notify.channels import MessageChannel
from service.notify.channels.sms import Gateway, TextMessages
from service.notify.outbox.message import MessageRow, State
from service.notify.outbox.store import Outbox
from service.notify.sending import Sender
from service.notify.telling.persons import Announcements
from tests.integration.notify.test_delivery import Fixed
from tests.integration.projections.contents import catch_up
from tests.integration.projections.programme import Person, Programme
from tests.support.listening.web import LOCAL, Site, listening


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with listening() as found:
        found.says(202, b"0: Accepted for delivery")
        yield found


@dataclass
class Followed:
    """Somebody who is followed up, whom the centre tells of what comes."""

    person: Person
    outbox: Outbox
    projector: Projector
    views: Views
    site: Site

    @property
    def programme(self) -> Programme:
        return self.person.programme

    @property
    def case(self) -> CaseState:
        stream = stream_id(StreamKind.CASE, self.person.case_id)
        return cast("CaseState", self.programme.ledger.state(stream))

    @property
    def teller(self) -> Announcements:
        return Announcements(self.programme.ledger, Fixed(), lambda: self.programme.clock.now)

    def details(self, **said: object) -> None:
        given = {"phone": "0600000001", "language": Language.DARIJA, "may_leave_message": True}
        step = ChangeDetails.model_validate(
            {"occurred_on": self.today, "reads": True} | given | said
        )
        worker = self.programme.caseworker("taza")
        order = self.programme.order(
            StreamKind.BENEFICIARY, self.person.beneficiary_id, step, worker
        )
        self.programme.record(order)

    def take(self, step: Step) -> None:
        self.programme.record(self.person.step(step))

    @property
    def today(self) -> object:
        return local_date(self.programme.clock.now)

    def agrees(self) -> None:
        self.take(
            GiveConsent(
                occurred_on=local_date(self.programme.clock.now),
                purposes=(Purpose.MESSAGES,),
                given_as=ConsentForm.SIGNED,
            )
        )

    def disagrees(self) -> None:
        today = local_date(self.programme.clock.now)
        self.take(WithdrawConsent(occurred_on=today, purposes=(Purpose.MESSAGES,)))

    def wait_until(self, instant: datetime) -> None:
        self.programme.wait_until(instant)

    def look(self) -> None:
        catch_up(self.projector)
        today = local_date(self.programme.clock.now)
        announce(self.views, self.outbox, self.teller, today)

    async def send(self) -> int:
        url = f"http://{LOCAL}:{self.site.port}/cgi-bin/sendsms"
        channels = {MessageChannel.SMS: TextMessages(Gateway(url, "jisr", "secret"))}
        now = self.programme.clock.now
        sender = Sender(self.outbox, [self.teller], channels, lambda _: None, now=lambda: now)
        return await sender.send_due()

    def rows(self) -> list[MessageRow]:
        return self.outbox.of_case(self.person.case_id)


VISIT = local_instant(datetime(2025, 1, 20).date(), 9)  # noqa: DTZ001 - a day
"""The next thing that falls due, a Monday: the visit six months after the delivery."""
THREE_DAYS = timedelta(days=3)


@pytest.fixture
def followed(
    programme: Programme, projector: Projector, views: Views, site: Site, tmp_path: Path
) -> Iterator[Followed]:
    person = Person(programme)
    programme.record(*person.commands())
    with closing(Outbox(f"sqlite://{tmp_path}/outbox.db")) as outbox:
        yield Followed(person, outbox, projector, views, site)


async def test_who_agreed_is_told_once_three_days_before(followed: Followed) -> None:
    followed.details()
    followed.agrees()
    followed.wait_until(VISIT - THREE_DAYS - timedelta(days=1))
    await asyncio.to_thread(followed.look)
    assert followed.rows() == []
    followed.wait_until(VISIT - THREE_DAYS)
    for _ in range(2):
        await asyncio.to_thread(followed.look)
        await followed.send()
    [asked] = followed.site.asked
    assert asked.heads["x-kannel-to"] == "+212600000001"
    assert "20 يناير 2025" in asked.body.decode()
    [row] = followed.rows()
    assert (row.state, asked.heads["x-kannel-account"]) == (State.SENT, str(row.message_id))


@pytest.mark.parametrize(
    "said", [{"reads": False}, {"may_leave_message": False}, {"language": Language.TAMAZIGHT}]
)
async def test_who_cannot_be_written_to_is_not(followed: Followed, said: dict[str, object]) -> None:
    followed.details(**said)
    followed.agrees()
    followed.wait_until(VISIT - THREE_DAYS)
    await asyncio.to_thread(followed.look)
    assert followed.rows() == []


async def test_nobody_is_told_who_took_their_word_back_meanwhile(followed: Followed) -> None:
    followed.details()
    followed.wait_until(VISIT - THREE_DAYS)
    followed.disagrees()
    await asyncio.to_thread(followed.look)
    assert followed.rows() == []
    followed.agrees()
    await asyncio.to_thread(followed.look)
    followed.disagrees()
    assert await followed.send() == 0
    assert followed.site.asked == []
    assert [each.state for each in followed.rows()] == [State.CANCELLED]


async def test_who_gives_their_word_again_in_time_is_told_once(followed: Followed) -> None:
    followed.details()
    followed.agrees()
    followed.wait_until(VISIT - THREE_DAYS)
    await asyncio.to_thread(followed.look)
    followed.disagrees()
    assert await followed.send() == 0
    followed.agrees()
    for _ in range(2):
        await asyncio.to_thread(followed.look)
        await followed.send()
    assert len(followed.site.asked) == 1
    assert [each.state for each in followed.rows()] == [State.SENT]


async def test_two_reviews_on_one_day_are_one_appointment(followed: Followed) -> None:
    followed.details()
    followed.agrees()
    followed.wait_until(VISIT - THREE_DAYS)
    await asyncio.to_thread(catch_up, followed.projector)
    with followed.views.reading() as conn:
        [row] = to_go(conn, VISIT.date())
    another = row.model_copy(update={"key": "placement/1"})
    followed.outbox.put(followed.teller.of_today([row, another]))
    assert await followed.send() == 1
    assert len(followed.rows()) == 1
