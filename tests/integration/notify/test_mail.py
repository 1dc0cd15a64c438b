"""E-mail, tried on a real mail server on loopback."""

from collections.abc import AsyncIterator

import pytest

from service.notify.channels import Outcome
from service.notify.channels.failures import Failure
from service.notify.channels.settings import Security
from service.notify.channels.smtp import Mail, MailServer
from tests.integration.notify.messages import ID, message
from tests.support.listening.certificates import Authority
from tests.support.listening.mail import LOCAL, Mailboxes, listening

SENDER = "jisr@house.test"
READER = "reader@away.test"


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
async def boxes() -> AsyncIterator[Mailboxes]:
    async with listening() as found:
        yield found


def plain(boxes: Mailboxes, *, seconds: float = 5) -> Mail:
    return Mail(MailServer(LOCAL, boxes.port, SENDER, Security.NONE), seconds=seconds)


async def test_a_message_arrives_with_an_id_that_stays(boxes: Mailboxes) -> None:
    mail = plain(boxes)
    for _ in range(2):
        assert await mail.send(message(READER)) == Outcome(accepted=True)
    first, again = boxes.came
    assert first["Message-ID"] == again["Message-ID"] == f"<{ID}@house.test>"
    assert (first["Subject"], first["To"], first["From"]) == ("تذكير", READER, SENDER)
    assert (first["Content-Language"], first["Auto-Submitted"]) == ("ar", "auto-generated")
    assert first.get_content().strip() == "موعد قريب"


@pytest.mark.parametrize("by", [Security.STARTTLS, Security.TLS])
async def test_it_goes_through_tls_with_a_login(authority: Authority, by: Security) -> None:
    context = authority.serving(LOCAL)
    early, late = (None, context) if by is Security.STARTTLS else (context, None)
    async with listening(tls=early, starttls=late, login=True) as boxes:
        server = MailServer(
            LOCAL, boxes.port, SENDER, by, "jisr", "right", trusted=authority.trusted()
        )
        assert (await Mail(server).send(message(READER))).accepted
    assert boxes.logins == [(b"jisr", b"right")]
    assert boxes.in_tls == [by is Security.STARTTLS]  # else it is around the server
    assert "right" not in repr(server)


async def test_a_wrong_password_is_no_fault_of_the_message(authority: Authority) -> None:
    async with listening(starttls=authority.serving(LOCAL), login=True) as boxes:
        server = MailServer(
            LOCAL, boxes.port, SENDER, user="jisr", password="wrong", trusted=authority.trusted()
        )
        outcome = await Mail(server).send(message(READER))
    assert (outcome.code, outcome.for_good) == (Failure.LOGIN_REFUSED, False)


@pytest.mark.parametrize("by", [Security.STARTTLS, Security.TLS])
@pytest.mark.parametrize("name", ["other.test", LOCAL])
async def test_a_certificate_of_another_name_or_authority_is_not_believed(
    authority: Authority, by: Security, name: str
) -> None:
    served = (Authority() if name == LOCAL else authority).serving(name)
    early, late = (None, served) if by is Security.STARTTLS else (served, None)
    async with listening(tls=early, starttls=late) as boxes:
        server = MailServer(LOCAL, boxes.port, SENDER, by, trusted=authority.trusted())
        outcome = await Mail(server, seconds=5).send(message(READER))
    assert (outcome.code, boxes.came) == (Failure.NOT_TRUSTED, [])


async def test_nothing_goes_in_the_clear_where_tls_was_asked_for(
    authority: Authority, boxes: Mailboxes
) -> None:
    server = MailServer(LOCAL, boxes.port, SENDER, trusted=authority.trusted())
    assert (await Mail(server, seconds=5).send(message(READER))).code == Failure.NOT_TRUSTED
    assert boxes.came == []


@pytest.mark.parametrize(
    ("said", "why", "for_good"),
    [
        ("550 5.1.1 <reader@away.test>: no such user", Failure.MAILBOX_UNKNOWN, True),
        ("550 no such user", Failure.MAILBOX_UNKNOWN, True),
        ("550 5.7.1 not from you", Failure.REFUSED, True),
        ("552 5.2.2 full", Failure.MAILBOX_FULL, False),
        ("452 4.2.2 full", Failure.MAILBOX_FULL, False),
        ("451 4.7.1 greylisted", Failure.BUSY, False),
    ],
)
async def test_what_is_said_of_a_mailbox(
    boxes: Mailboxes, said: str, why: Failure, *, for_good: bool
) -> None:
    boxes.says[READER] = said
    outcome = await plain(boxes).send(message(READER))
    assert (outcome.accepted, outcome.code, outcome.for_good) == (False, why, for_good)
    assert "reader" not in outcome.detail
    assert outcome.detail.startswith(said[:3])


async def test_what_is_said_of_the_message_and_of_the_sender(boxes: Mailboxes) -> None:
    boxes.of_data = "554 5.6.0 not that"
    outcome = await plain(boxes).send(message(READER))
    assert (outcome.code, outcome.for_good, outcome.detail) == (Failure.REFUSED, True, "554 5.6.0")
    boxes.of_sender = "550 5.7.1 who are you"
    outcome = await plain(boxes).send(message(READER))
    assert (outcome.code, outcome.for_good) == (Failure.SENDER_REFUSED, False)


async def test_a_server_that_hangs_is_left(boxes: Mailboxes) -> None:
    boxes.pause = 5
    assert (await plain(boxes, seconds=0.1).send(message(READER))).code == Failure.TIMED_OUT


async def test_what_is_taken_is_so_however_long_the_leaving_takes(boxes: Mailboxes) -> None:
    boxes.pause = boxes.pause_after = 0.3
    boxes.pause_of_quit = 5
    assert (await plain(boxes, seconds=0.4).send(message(READER))).accepted
    assert len(boxes.came) == 1


async def test_nobody_there() -> None:
    async with listening() as boxes:
        pass
    outcome = await plain(boxes).send(message(READER))
    assert (outcome.code, outcome.for_good) == (Failure.UNREACHABLE, False)


@pytest.mark.parametrize(
    "to", ["", "reader", "a@b@c", "x@away.test\r\nBcc: y@away.test", "a b@c.d"]
)
async def test_what_is_no_address_goes_nowhere(boxes: Mailboxes, to: str) -> None:
    outcome = await plain(boxes).send(message(to))
    assert (outcome.code, outcome.for_good) == (Failure.ADDRESS_UNFIT, True)
    assert boxes.came == []
