"""Text messages, tried on a listener that speaks as Kannel does."""

from collections.abc import AsyncIterator

import pytest

from service.notify.channels import Outcome
from service.notify.channels.failures import Failure
from service.notify.channels.sms import Gateway, TextMessages
from tests.integration.notify.messages import ID, message
from tests.support.listening.web import LOCAL, Site, listening

NUMBER = "+212600000001"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with listening() as found:
        yield found


def gateway(site: Site, *, seconds: float = 5, sender: str | None = None) -> TextMessages:
    url = f"http://{LOCAL}:{site.port}/cgi-bin/sendsms"
    return TextMessages(Gateway(url, "jisr", "secret", sender), seconds=seconds)


async def test_a_message_is_asked_as_kannel_has_it(site: Site) -> None:
    site.says(202, b"0: Accepted for delivery")
    assert await gateway(site, sender="Jisr").send(message(NUMBER)) == Outcome(accepted=True)
    (asked,) = site.asked
    assert asked.line == "POST /cgi-bin/sendsms HTTP/1.1"  # nothing personal in the address
    assert asked.body.decode() == "موعد قريب"
    wanted = {
        "content-type": "text/plain; charset=UTF-8",
        "x-kannel-username": "jisr",
        "x-kannel-password": "secret",
        "x-kannel-to": NUMBER,
        "x-kannel-coding": "2",
        "x-kannel-account": str(ID),
        "x-kannel-from": "Jisr",
    }
    assert wanted.items() <= asked.heads.items()


@pytest.mark.parametrize(("text", "coding"), [("Rendez-vous à 9:00", "0"), ("Être là", "2")])
async def test_letters_that_a_telephone_lacks_go_as_ucs2(
    site: Site, text: str, coding: str
) -> None:
    await gateway(site).send(message(NUMBER, text=text, language="fr"))
    assert site.asked[0].heads["x-kannel-coding"] == coding


@pytest.mark.parametrize(
    ("status", "said", "why", "for_good"),
    [
        (403, b"Authorization failed for sendsms", Failure.LOGIN_REFUSED, False),
        (400, b"Number(s) has/have been denied by white- and/or black-lists.", "", True),
        (400, b"Sender missing and no global set, rejected", Failure.REFUSED, False),
        (500, b"Sending failed.", Failure.FAILED_THERE, False),
        (503, b"Temporal failure, try again later.", Failure.BUSY, False),
        (302, b"", Failure.REDIRECTED, False),
    ],
)
async def test_what_the_gateway_says(
    site: Site, status: int, said: bytes, why: str, *, for_good: bool
) -> None:
    site.says(status, said, "Location: http://127.0.0.1:1/elsewhere")
    outcome = await gateway(site).send(message(NUMBER))
    assert (outcome.code, outcome.for_good) == (why or Failure.NUMBER_REFUSED, for_good)
    assert (outcome.detail, len(site.asked)) == (f"HTTP {status}", 1)


async def test_what_it_queues_is_accepted_and_what_it_babbles_is_not_read(site: Site) -> None:
    site.says(202, b"3: Queued for later delivery")
    assert (await gateway(site).send(message(NUMBER))).accepted
    site.answer = b"HTTP/1.1 202 So\r\nContent-Length: 900000000\r\n\r\n" + b"\xff" * 100_000
    assert (await gateway(site).send(message(NUMBER))).accepted


async def test_what_is_taken_is_so_though_the_line_is_cut_after_it(site: Site) -> None:
    site.answer = b"HTTP/1.1 202 Accepted\r\nContent-Length: 26\r\n\r\n"
    assert (await gateway(site).send(message(NUMBER))).accepted


async def test_a_gateway_that_hangs_or_is_not_there(site: Site) -> None:
    site.pause = 5
    assert (await gateway(site, seconds=0.1).send(message(NUMBER))).code == Failure.TIMED_OUT
    async with listening() as gone:
        pass
    assert (await gateway(gone).send(message(NUMBER))).code == Failure.UNREACHABLE
    site.pause, site.answer = 0, b"no HTTP at all\r\n\r\n"
    assert (await gateway(site).send(message(NUMBER))).code == Failure.UNREACHABLE


@pytest.mark.parametrize(
    "to", ["0600000001", "+212 600000001", "+2126\r\nX-Kannel-To: 1", "+0612345678"]
)
async def test_what_is_no_number_goes_nowhere(site: Site, to: str) -> None:
    outcome = await gateway(site).send(message(to))
    assert (outcome.code, outcome.for_good) == (Failure.ADDRESS_UNFIT, True)
    assert site.asked == []
