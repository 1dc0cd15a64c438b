"""From a reminder that was recorded to the mailbox of who it is addressed to, on both databases."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import cast

import pytest
from eventsourcing.persistence import Tracking

from domain.case.events import ReminderRecorded
from domain.case.noticed.steps import AcknowledgeReminder, SnoozeReminder
from domain.case.referral.steps import AcceptReferral, ReferCase
from domain.case.referral.vocabulary import ReferralReason
from domain.case.reviews import fires_at, is_missed, pending, rules_of
from domain.case.schedule import Due
from domain.case.state import CaseState
from domain.events.shapes import topics_of
from domain.example.project import visit
from domain.message import StreamKind, stream_id
from domain.rules.v1 import V1
from domain.staff.reach.steps import ChangeReach, EndReach
from domain.staff.reach.vocabulary import ReaderLanguage, StaffChannel
from domain.values.calendar import Calendar, local_date, local_instant
from ledger.ledger import Ledger
from service.notify.channels import MessageChannel
from service.notify.channels.failures import Failure
from service.notify.channels.settings import Security
from service.notify.channels.smtp import Mail, MailServer
from service.notify.filling import NOTICES, Filling
from service.notify.outbox.message import MessageRow, State
from service.notify.outbox.store import Outbox
from service.notify.sending import HOURS, Sender
from service.notify.telling.staff import StaffReminders, digest_after
from tests.integration.projections.conftest import Place
from tests.integration.projections.programme import CALENDAR, Person, Programme
from tests.support.listening.mail import LOCAL, Mailboxes, listening
from tests.support.waiting import until

READER = "reader@away.test"


@dataclass
class Fixed:
    """A calendar that stays as it is."""

    current: Calendar = CALENDAR


def mail_at(port: int) -> Mail:
    return Mail(MailServer(LOCAL, port, "jisr@house.test", Security.NONE))


@contextmanager
def closed_port() -> Iterator[int]:
    """Where nobody listens, and nobody begins to meanwhile."""
    with socket.socket() as bound:
        bound.bind((LOCAL, 0))
        yield bound.getsockname()[1]


def send_in_a_process(place: Place, outbox_url: str, port: int, at: datetime) -> None:
    """As a worker does, until it ends or is ended."""
    with place.ledger_open() as ledger, closing(Outbox(outbox_url)) as outbox:
        teller = StaffReminders(ledger, outbox, Fixed(), None, lambda: at)
        channels = {MessageChannel.EMAIL: mail_at(port)}
        sender = Sender(outbox, [teller], channels, lambda _: None, now=lambda: at)

        async def send() -> None:
            await sender.take_up(everything=True)
            await sender.send_due()

        asyncio.run(send())


@pytest.fixture
async def boxes() -> AsyncIterator[Mailboxes]:
    async with listening() as found:
        yield found


@dataclass
class House:
    """A centre with somebody who is followed up, and whoever tells its staff."""

    programme: Programme
    person: Person
    outbox: Outbox
    boxes: Mailboxes
    at: datetime
    outbox_url: str

    @property
    def ledger(self) -> Ledger:
        return self.programme.ledger

    @property
    def case(self) -> str:
        return stream_id(StreamKind.CASE, self.person.case_id)

    @property
    def teller(self) -> StaffReminders:
        address = "https://jisr.test"
        return StaffReminders(self.ledger, self.outbox, Fixed(), address, lambda: self.at)

    def reached(self, *, digest: bool, language: ReaderLanguage = ReaderLanguage.FRENCH) -> None:
        """The caseworker says how."""
        step = ChangeReach(
            occurred_on=self.at.date(),
            language=language,
            channels=(StaffChannel.EMAIL,),
            email=READER,
            daily_digest=digest,
        )
        self._by_caseworker(step)

    def reached_no_more(self) -> None:
        actor = self.programme.caseworker("taza")
        self._by_caseworker(EndReach(occurred_on=self.at.date(), staff_id=actor.id))

    def _by_caseworker(self, step: ChangeReach | EndReach) -> None:
        actor = self.programme.caseworker("taza")
        order = self.programme.order(StreamKind.STAFF, "directory", step, actor)
        self.programme.record(order)

    def visit(self) -> None:
        """Today, which the ledger's clock says it is."""
        seen = visit(self.person.way, 1)
        today = local_date(self.programme.clock.now)
        self.programme.record(
            self.person.step(seen.model_copy(update={"occurred_on": today, "review": None}))
        )

    def acknowledge(self) -> None:
        """What was reminded of last."""
        state = cast("CaseState", self.ledger.state(self.case))
        review = max(state.reminders, key=lambda name: state.reminders[name].position)
        today = local_date(self.programme.clock.now)
        step = AcknowledgeReminder(occurred_on=today, review=review, explanation="I called.")
        self.programme.record(self.person.step(step))

    def refer(self, centre: str) -> None:
        """And have it accepted there, today."""
        programme, today = self.programme, local_date(self.programme.clock.now)
        referred = ReferCase(
            occurred_on=today,
            to_centre=centre,
            because=ReferralReason.MOVED,
            explanation="They live there now.",
        )
        accepted = AcceptReferral(occurred_on=today, caseworker=programme.caseworker(centre).id)
        programme.record(
            self.person.step(referred, actor=programme.caseworker("taza")),
            self.person.step(accepted, actor=programme.coordinator(centre)),
        )

    def due(self, many: int) -> list[Due]:
        """What falls due next and is no escalation."""
        state = cast("CaseState", self.ledger.state(self.case))
        case_id, rules = str(self.person.case_id), rules_of(state)
        dues = (
            due
            for due in pending(state, CALENDAR)
            if due.kind != "escalation" and not is_missed(due, rules, case_id)
        )
        return list(islice(dues, many))

    def remind(self, due: Due) -> None:
        state = cast("CaseState", self.ledger.state(self.case))
        at = fires_at(due, rules_of(state), str(self.person.case_id))
        self.programme.record(self.person.reminder(due.key, due.due_on, at))

    def follow(self) -> None:
        """As the follower does, from the first event on: what it did before it does again."""
        with closing(self.ledger.feed.tracking()) as tracking:
            filling = Filling(tracking, self.ledger, self.outbox, [self.teller])
            topics = topics_of(ReminderRecorded)
            for about in self.ledger.feed.about([*self.ledger.feed.after(0, topics)]):
                filling.process_event(about, Tracking(NOTICES, about.position))
            filling.settle()

    async def send(self, port: int | None = None) -> int:
        channels = {MessageChannel.EMAIL: mail_at(port or self.boxes.port)}
        sender = Sender(self.outbox, [self.teller], channels, lambda _: None, now=lambda: self.at)
        return await sender.send_due()

    def rows(self) -> list[MessageRow]:
        return self.outbox.of_case(self.person.case_id)


@pytest.fixture
def house(programme: Programme, boxes: Mailboxes, tmp_path: Path) -> Iterator[House]:
    person = Person(programme, "taza")
    programme.record(*person.commands())
    url = f"sqlite://{tmp_path}/outbox.db"
    with closing(Outbox(url)) as outbox:
        yield House(programme, person, outbox, boxes, programme.clock.now, url)


async def test_one_digest_tells_of_all_that_fell_due_and_of_nobody(house: House) -> None:
    house.reached(digest=True)
    first, second = house.due(2)
    for due in (first, second):
        house.remind(due)
    for _ in range(2):
        await asyncio.to_thread(house.follow)
    assert [each.state for each in house.rows()] == [State.WAITING] * 2
    assert await house.send() == 0  # the morning's reminders come first
    house.at = digest_after(house.programme.clock.now, V1)
    assert await house.send() == 1
    assert await house.send() == 0
    [mail] = house.boxes.came
    text = mail.get_content()
    state = cast("CaseState", house.ledger.state(house.case))
    assert mail["To"] == READER
    assert "2" in mail["Subject"]
    assert state.reference in text
    assert "https://jisr.test/inbox" in text
    assert {each.state for each in house.rows()} == {State.SENT}


@pytest.mark.parametrize("seen_to", [House.visit, House.acknowledge])
async def test_what_was_seen_to_before_the_digest_goes_is_left_out(
    house: House, seen_to: Callable[[House], None]
) -> None:
    house.reached(digest=True)
    [due] = house.due(1)
    house.programme.wait_until(local_instant(due.due_on, 9))
    house.at = house.programme.clock.now
    house.remind(due)
    await asyncio.to_thread(house.follow)
    assert [each.state for each in house.rows()] == [State.WAITING]
    seen_to(house)
    house.at = digest_after(house.programme.clock.now, V1)
    assert await house.send() == 0
    assert house.boxes.came == []
    assert {each.state for each in house.rows()} == {State.CANCELLED}


async def test_what_is_found_once_the_digest_has_gone_goes_with_the_next(house: House) -> None:
    house.reached(digest=True)
    first, second = house.due(2)
    house.remind(first)
    await asyncio.to_thread(house.follow)
    house.at = digest_after(house.programme.clock.now, V1)
    assert await house.send() == 1
    house.remind(second)
    assert house.programme.clock.now < house.at  # it was recorded before, and nobody followed
    await asyncio.to_thread(house.follow)
    assert sorted(each.state for each in house.rows()) == [State.SENT, State.WAITING]
    house.at = digest_after(house.at, V1)
    assert await house.send() == 1
    assert {each.state for each in house.rows()} == {State.SENT}
    assert len(house.boxes.came) == 2


async def test_nobody_is_told_of_a_case_that_another_centre_accepted_since(house: House) -> None:
    house.reached(digest=False)
    [due] = house.due(1)
    house.remind(due)
    await asyncio.to_thread(house.follow)
    house.refer("midelt")
    house.at = house.programme.clock.now
    assert await house.send() == 0
    assert {each.state for each in house.rows()} == {State.CANCELLED}


async def test_what_was_acknowledged_and_then_put_off_is_told_of_again(house: House) -> None:
    house.reached(digest=False)
    [due] = house.due(1)
    house.programme.wait_until(local_instant(due.due_on, 11))
    house.remind(due)
    house.acknowledge()
    until = due.due_on + timedelta(days=3)
    later = SnoozeReminder(
        occurred_on=due.due_on, review=due.key, until=until, explanation="They are away until then."
    )
    house.programme.record(house.person.step(later))
    state = cast("CaseState", house.ledger.state(house.case))
    [again] = [each for each in pending(state, CALENDAR) if each.key == due.key]
    house.programme.wait_until(local_instant(again.due_on, 11))
    house.remind(again)
    house.at = house.programme.clock.now
    await asyncio.to_thread(house.follow)
    assert await house.send() == 1


async def test_who_wants_no_digest_is_told_of_each_at_once_under_an_id_that_stays(
    house: House,
) -> None:
    house.reached(digest=False, language=ReaderLanguage.ARABIC)
    for due in house.due(2):
        house.remind(due)
    await asyncio.to_thread(house.follow)
    house.at = house.programme.clock.now
    assert await house.send() == 2
    ids = {f"<{each.message_id}@house.test>" for each in house.rows()}
    assert {mail["Message-ID"] for mail in house.boxes.came} == ids
    assert all(mail["Content-Language"] == "ar" for mail in house.boxes.came)


async def test_a_mail_server_that_is_gone_for_an_hour_costs_nothing_but_the_hour(
    house: House,
) -> None:
    house.reached(digest=False)
    for due in house.due(2):
        house.remind(due)
    await asyncio.to_thread(house.follow)
    house.at = house.programme.clock.now
    with closed_port() as nobody:
        for wait in HOURS[:4]:
            assert await house.send(nobody) == 2
            assert {each.code for each in house.rows()} == {Failure.UNREACHABLE}
            house.at += wait
    assert await house.send() == 2
    assert len(house.boxes.came) == 2
    assert {each.state for each in house.rows()} == {State.SENT}


async def test_an_address_that_is_ended_before_it_goes_is_not_used(house: House) -> None:
    house.reached(digest=False)
    [due] = house.due(1)
    house.remind(due)
    await asyncio.to_thread(house.follow)
    house.reached_no_more()
    house.at = house.programme.clock.now
    assert await house.send() == 0
    [row] = house.rows()
    assert (row.state, row.code, house.boxes.came) == (State.FAILED, "no_address", [])


async def test_an_outbox_that_was_lost_is_filled_anew_without_sending_what_is_old(
    house: House,
) -> None:
    house.reached(digest=False)
    [due] = house.due(1)
    house.remind(due)
    house.at = house.programme.clock.now + timedelta(days=3)
    await asyncio.to_thread(house.follow)
    assert house.rows() == []


async def test_what_is_long_ago_is_not_even_read(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.reached(digest=False)
    [due] = house.due(1)
    house.remind(due)
    house.programme.wait_until(house.programme.clock.now + timedelta(days=8))

    def history(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(house.ledger, "history", history)
    await asyncio.to_thread(house.follow)
    assert house.rows() == []


async def test_a_mailbox_that_is_unknown_is_not_tried_again_and_goes_on_asking(
    house: House,
) -> None:
    house.reached(digest=False)
    [due] = house.due(1)
    house.remind(due)
    await asyncio.to_thread(house.follow)
    house.at = house.programme.clock.now
    house.boxes.says[READER] = "550 5.1.1 no such user"
    assert await house.send() == 1
    [row] = house.rows()
    assert (row.state, row.attempts) == (State.FAILED, 1)
    assert row.code is not None
    house.boxes.says.clear()
    assert house.outbox.send_again(row.message_id, house.at)
    assert await house.send() == 1
    assert len(house.boxes.came) == 1


@pytest.mark.parametrize(
    "killed_when",
    [
        "it was taken, and not said so",
        pytest.param("nothing was taken yet", marks=pytest.mark.rare),
    ],
)
async def test_killed_while_it_sends_a_message_goes_again_under_its_id(
    house: House, place: Place, killed_when: str
) -> None:
    house.reached(digest=False)
    [due] = house.due(1)
    house.remind(due)
    await asyncio.to_thread(house.follow)
    taken = killed_when.startswith("it was taken")
    house.boxes.pause_after, house.boxes.pause = (60, 0) if taken else (0, 60)
    given = (place, house.outbox_url, house.boxes.port, house.programme.clock.now)
    killed = get_context("spawn").Process(target=send_in_a_process, args=given)
    killed.start()

    def under_way() -> bool:
        trying = [each.state for each in house.rows()] == [State.TRYING]
        return trying and bool(house.boxes.came) >= taken

    await asyncio.to_thread(until, under_way, "no attempt began")
    killed.kill()
    await asyncio.to_thread(killed.join)
    house.boxes.pause_after = house.boxes.pause = 0
    await asyncio.to_thread(send_in_a_process, *given)
    [row] = house.rows()
    assert (row.state, row.attempts) == (State.SENT, 2)
    ids = [mail["Message-ID"] for mail in house.boxes.came]
    assert ids == [f"<{row.message_id}@house.test>"] * (2 if taken else 1)
