"""What a partner's system is told: signed, of nobody, from its registration until it wants no more."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from eventsourcing.persistence import Tracking
from standardwebhooks import Webhook

from domain.example.partners import PARTNER, partners
from domain.message import Step, StreamKind
from domain.staff.decide import FOUNDING_ADMINISTRATOR
from domain.staff.partners.heard import Heard
from domain.staff.partners.state import Partner
from domain.staff.partners.steps import EndPartner, RegisterPartner
from ledger.ledger import Ledger
from service.notify.channels import MessageChannel
from service.notify.channels.failures import Failure
from service.notify.channels.webhooks.connecting import CheckedNetwork
from service.notify.channels.webhooks.schedule import SCHEDULE
from service.notify.channels.webhooks.transport import Webhooks
from service.notify.filling import NOTICES, Filling
from service.notify.outbox.message import MessageRow, State
from service.notify.outbox.store import Filters, Outbox
from service.notify.partners.hearing import Hearing, secrets_of
from service.notify.partners.news import NEWS, PartnerNews, partners_of
from service.notify.partners.secrets import WEBHOOKS, secret_of
from service.notify.sending import Sender
from tests.integration.projections.programme import Person, Programme
from tests.support.listening.certificates import Authority
from tests.support.listening.web import LOCAL, Site, listening

NAME = "partner.example"
FIRST = next(each for each in partners() if isinstance(each, RegisterPartner))


@dataclass
class House:
    """A programme, and a system that listens."""

    programme: Programme
    outbox: Outbox
    authority: Authority
    site: Site
    at: datetime

    @property
    def ledger(self) -> Ledger:
        return self.programme.ledger

    @property
    def partner(self) -> Partner:
        return partners_of(self.ledger)[PARTNER]

    @property
    def rows(self) -> list[MessageRow]:
        found, _ = self.outbox.page(Filters(), None, 50)
        return found

    def take(self, step: Step) -> None:
        order = self.programme.order(StreamKind.STAFF, "directory", step, FOUNDING_ADMINISTRATOR)
        self.programme.record(order)

    def register(self, *hears: Heard, name: str = PARTNER, path: str = "/jisr") -> None:
        said = {"url": f"https://{NAME}:{self.site.port}{path}", "hears": hears, "partner": name}
        self.take(FIRST.model_copy(update=said))

    def follow(self) -> None:
        """As the follower does, from the first event on: what it did before it does again."""
        self.at = max(self.at, self.programme.clock.now)
        news = PartnerNews(self.ledger, lambda: self.at)
        with closing(self.ledger.feed.tracking()) as tracking:
            filling = Filling(tracking, self.ledger, self.outbox, [news])
            topics = filling.topics
            for about in self.ledger.feed.about([*self.ledger.feed.after(0, topics)]):
                filling.process_event(about, Tracking(NOTICES, about.position))
            filling.settle()

    async def send(self) -> int:
        async def resolve(_host: str, _port: int) -> list[str]:
            return [LOCAL]

        webhooks = Webhooks(
            secrets_of(self.ledger),
            network=CheckedNetwork(resolve, lambda _: True),
            trusted=self.authority.trusted(),
            seconds=5,
        )
        channels = {MessageChannel.WEBHOOK: Hearing(self.ledger, webhooks, lambda: self.at)}
        news = [PartnerNews(self.ledger, lambda: self.at)]
        sender = Sender(
            *(self.outbox, news, channels, lambda _: None),
            waits={MessageChannel.WEBHOOK: SCHEDULE},
            now=lambda: self.at,
        )
        return await sender.send_due()


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
async def site(authority: Authority) -> AsyncIterator[Site]:
    async with listening(authority.serving(NAME)) as found:
        yield found


@pytest.fixture
def house(
    programme: Programme, authority: Authority, site: Site, tmp_path: Path
) -> Iterator[House]:
    with closing(Outbox(f"sqlite://{tmp_path}/outbox.db")) as outbox:
        yield House(programme, outbox, authority, site, programme.clock.now)


async def test_a_partner_hears_of_what_it_asked_for_from_its_registration_on(house: House) -> None:
    house.programme.sign("taza")
    house.register(Heard.AGREEMENT_SIGNED, Heard.CASE_OPENED)
    house.register(Heard.ORDER_PLACED, name="other", path="/other")
    agreement = house.programme.sign("taza")
    person = Person(house.programme, "taza")
    house.programme.record(*person.commands())
    house.follow()
    house.follow()
    assert await house.send() == 3
    theirs = [each for each in house.site.asked if each.line.startswith("POST /jisr ")]
    assert len(theirs) == 2  # the other one hears of the order that the person's items came by
    secret = secret_of(house.ledger.derived(WEBHOOKS), house.partner.secret_id)
    heard = [Webhook(secret).verify(each.body, each.heads) for each in theirs]
    assert sorted(each["type"] for each in heard) == ["agreement.signed", "case.opened"]
    told = json.dumps(heard)
    for inside in (agreement, person.case_id, "taza"):
        assert str(inside) not in told
    assert {each.state for each in house.rows} == {State.SENT}
    assert len({each["data"]["id"] for each in heard}) == 2


async def test_one_that_answers_410_is_told_no_more_and_the_ledger_says_so(house: House) -> None:
    house.register(Heard.AGREEMENT_SIGNED)
    for _ in range(2):
        house.programme.sign("taza")
    house.follow()
    house.site.says(410)
    await house.send()
    assert (house.partner.listens, house.partner.gone) == (False, True)
    states = {(each.state, each.code) for each in house.rows}
    assert (State.FAILED, Failure.GONE) in states
    house.programme.sign("taza")
    house.follow()
    assert len(house.rows) == 2
    assert await house.send() == 0
    house.site.says(200)
    house.register(Heard.AGREEMENT_SIGNED)
    house.follow()
    assert len(house.rows) == 2  # what was signed in between is not told late
    assert house.partner.listens


async def test_what_waits_when_it_ends_is_not_sent(house: House) -> None:
    house.register(Heard.AGREEMENT_SIGNED)
    house.programme.sign("taza")
    house.follow()
    house.take(EndPartner(occurred_on=FIRST.occurred_on, partner=PARTNER))
    assert await house.send() == 0
    assert ([each.state for each in house.rows], house.site.asked) == ([State.CANCELLED], [])


async def test_one_that_fails_is_tried_for_days_under_one_id_and_then_given_up(
    house: House,
) -> None:
    house.register(Heard.AGREEMENT_SIGNED)
    house.programme.sign("taza")
    house.follow()
    house.site.says(302, b"", f"Location: https://{LOCAL}/")
    for wait in (*SCHEDULE, timedelta()):
        assert await house.send() == 1
        assert await house.send() == 0
        house.at += wait
    (row,) = house.rows
    assert (row.state, row.code, row.attempts) == (State.FAILED, Failure.REDIRECTED, 10)
    assert {each.heads["webhook-id"] for each in house.site.asked} == {str(row.message_id)}
    house.site.says(200)
    assert house.outbox.send_again(row.message_id, house.at)
    assert await house.send() == 1


async def test_what_is_old_is_no_news(house: House) -> None:
    house.register(Heard.AGREEMENT_SIGNED)
    house.programme.sign("taza")
    house.at += timedelta(days=5)
    house.follow()
    assert house.rows == []


def test_two_partners_have_ids_of_their_own_for_one_thing(house: House) -> None:
    from service.notify.partners.secrets import outside_id  # noqa: PLC0415

    key = house.ledger.derived(WEBHOOKS)
    first, second = (outside_id(key, UUID(int=each), "agreement/x") for each in (1, 2))
    assert first != second
    assert first == outside_id(key, UUID(int=1), "agreement/x")


def test_every_kind_of_news_has_its_event() -> None:
    assert set(NEWS.values()) == set(Heard)
