"""Webhooks, tried on real HTTPS listeners on loopback, by names that lead where the test says."""

import json
from collections.abc import AsyncIterator, Callable
from ipaddress import ip_address

import pytest
from standardwebhooks import Webhook

from domain.values.web import Ip, is_public
from service.notify.channels import Outcome, Outgoing
from service.notify.channels.failures import Failure
from service.notify.channels.webhooks.connecting import CheckedNetwork, UnknownName, resolved
from service.notify.channels.webhooks.schedule import SCHEDULE
from service.notify.channels.webhooks.transport import Webhooks
from tests.integration.notify.messages import ID
from tests.support.listening.certificates import Authority
from tests.support.listening.web import LOCAL, Site, listening

SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo0NTY3"
NAME = "partner.test"
BODY = {"type": "case.closed", "position": 1}


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
async def site(authority: Authority) -> AsyncIterator[Site]:
    async with listening(authority.serving(NAME)) as found:
        yield found


def leading(*answers: list[str]) -> Callable[..., object]:
    """A resolver that says one thing after another, and the last from then on."""
    said = list(answers)

    async def resolve(_host: str, _port: int) -> list[str]:
        return said.pop(0) if len(said) > 1 else said[0]

    return resolve


def ours(address: Ip) -> bool:
    """The one address that stands for the open network in these tests."""
    return str(address) == LOCAL


def partner(
    authority: Authority,
    *answers: list[str],
    may: Callable[[Ip], bool] = ours,
    seconds: float = 5,
    secret: str | None = SECRET,
) -> Webhooks:
    network = CheckedNetwork(leading(*(answers or ([LOCAL],))), may)  # type: ignore[arg-type]
    return Webhooks(lambda _: secret, network=network, trusted=authority.trusted(), seconds=seconds)


def to(port: int, *, host: str = NAME, scheme: str = "https", path: str = "/heard") -> Outgoing:
    return Outgoing(ID, f"{scheme}://{host}:{port}{path}", "en", "", "", BODY)


async def test_a_webhook_is_signed_so_that_its_receiver_can_tell(
    authority: Authority, site: Site
) -> None:
    assert await partner(authority).send(to(site.port)) == Outcome(accepted=True)
    (asked,) = site.asked
    assert asked.line == "POST /heard HTTP/1.1"
    assert asked.heads["host"] == f"{NAME}:{site.port}"
    assert asked.heads["webhook-id"] == str(ID)
    assert Webhook(SECRET).verify(asked.body, asked.heads) == BODY
    with pytest.raises(Exception, match="No matching signature"):
        Webhook(SECRET).verify(json.dumps(BODY | {"position": 2}), asked.heads)


@pytest.mark.parametrize(
    ("status", "why", "for_good"),
    [
        (410, Failure.GONE, True),
        (404, Failure.REFUSED, False),
        (429, Failure.BUSY, False),
        (503, Failure.BUSY, False),
        (500, Failure.FAILED_THERE, False),
        (301, Failure.REDIRECTED, False),
        (307, Failure.REDIRECTED, False),
    ],
)
async def test_what_a_partner_says(
    authority: Authority, site: Site, status: int, why: Failure, *, for_good: bool
) -> None:
    """Also of one that redirects to this machine: nobody follows."""
    async with listening() as inside:
        site.says(status, b"", f"Location: http://{LOCAL}:{inside.port}/admin")
        outcome = await partner(authority).send(to(site.port))
    assert (outcome.accepted, outcome.code, outcome.for_good) == (False, why, for_good)
    assert (outcome.detail, len(site.asked)) == (f"HTTP {status}", 1)
    assert inside.connections == 0


@pytest.mark.parametrize(
    "rest",
    [
        b"Content-Length: 5\r\n\r\n\xff\x00\xfe!!",
        b"Content-Length: 900000000\r\n\r\n" + b"x" * 200_000,
        b"Transfer-Encoding: chunked\r\n\r\nnot chunks at all\r\n",
        b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
    ],
)
async def test_two_hundred_with_garbage_is_accepted(
    authority: Authority, site: Site, rest: bytes
) -> None:
    site.answer = b"HTTP/1.1 200 OK\r\n" + rest
    assert (await partner(authority).send(to(site.port))).accepted


async def test_one_that_hangs_babbles_or_cuts_the_line_is_tried_again(
    authority: Authority, site: Site
) -> None:
    site.pause = 5
    outcome = await partner(authority, seconds=0.2).send(to(site.port))
    assert (outcome.code, outcome.for_good) == (Failure.TIMED_OUT, False)
    site.pause = 0
    for babble in (b"", b"\x00\x01 no HTTP\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000):
        site.answer = babble
        assert (await partner(authority).send(to(site.port))).code == Failure.UNREACHABLE


async def test_one_that_answers_byte_by_byte_is_left_in_the_end(
    authority: Authority, site: Site
) -> None:
    """No pause is longer than a part may take; all of them are."""
    site.drip = 0.05
    outcome = await partner(authority, seconds=0.1).send(to(site.port))
    assert (outcome.code, outcome.for_good) == (Failure.TIMED_OUT, False)


INTERNAL = [
    "127.0.0.1",
    "10.0.0.8",
    "172.16.5.4",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - an address that leads to this machine
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "fe80::1%eth0",
    "fc00::1",
    "fec0::1",
    "ff02::1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2001:db8::1",
]


@pytest.mark.parametrize("address", INTERNAL)
def test_no_address_of_the_house_is_public(address: str) -> None:
    assert not is_public(ip_address(address.partition("%")[0]))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822"])
def test_an_address_of_somebody_else_is(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]"],
)
async def test_this_machine_is_reached_under_no_name(
    authority: Authority, site: Site, host: str
) -> None:
    """By the machine's own resolver: however its address is written."""
    network = CheckedNetwork()
    webhooks = Webhooks(lambda _: SECRET, network=network, trusted=authority.trusted(), seconds=5)
    outcome = await webhooks.send(to(site.port, host=host))
    assert outcome.code in {Failure.ADDRESS_INTERNAL, Failure.ADDRESS_UNKNOWN}
    assert site.connections == 0


async def test_a_name_with_one_internal_address_is_not_connected_to_at_all(
    authority: Authority, site: Site
) -> None:
    webhooks = partner(authority, [LOCAL, "10.0.0.8"])
    assert (await webhooks.send(to(site.port))).code == Failure.ADDRESS_INTERNAL
    assert site.connections == 0


async def test_a_name_that_changes_after_it_was_looked_at_changes_nothing(
    authority: Authority, site: Site
) -> None:
    """The address that was looked at is the one that is connected to; the next attempt looks anew."""
    async with listening(authority.serving(NAME)) as inside:
        webhooks = partner(authority, [LOCAL], ["127.0.0.2"])
        assert (await webhooks.send(to(site.port))).accepted
        assert (await webhooks.send(to(site.port))).code == Failure.ADDRESS_INTERNAL
    assert (len(site.asked), inside.connections) == (1, 0)


async def test_the_next_address_is_tried_where_the_first_does_not_answer(
    authority: Authority, site: Site
) -> None:
    webhooks = partner(authority, ["127.0.0.9", LOCAL], may=lambda _: True)
    assert (await webhooks.send(to(site.port))).accepted


async def test_names_that_lead_nowhere(authority: Authority, site: Site) -> None:
    assert (await partner(authority, []).send(to(site.port))).code == Failure.ADDRESS_UNKNOWN
    for host in ("", "a" * 70 + ".test", "nobody.invalid"):
        with pytest.raises(UnknownName):
            await resolved(host or "a..b", 443)


async def test_a_certificate_of_another_name_is_not_believed(authority: Authority) -> None:
    async with listening(authority.serving("other.test")) as site:
        outcome = await partner(authority).send(to(site.port))
    assert (outcome.code, outcome.for_good, site.asked) == (Failure.NOT_TRUSTED, False, [])


async def test_nothing_goes_in_the_clear(authority: Authority) -> None:
    async with listening() as site:
        outcome = await partner(authority).send(to(site.port, scheme="http"))
        assert (outcome.code, outcome.for_good) == (Failure.ADDRESS_UNFIT, True)
        outcome = await partner(authority, seconds=0.1).send(to(site.port))
        assert outcome.code == Failure.TIMED_OUT  # it waits for a request in the clear
    assert site.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://",
        "https://[::1",
        "ftp://a.test/",
        "https://me:pw@partner.test/",
        "https://a.test:x/",
    ],
)
async def test_what_is_no_url_goes_nowhere(authority: Authority, url: str) -> None:
    outcome = await partner(authority).send(Outgoing(ID, url, "en", "", "", BODY))
    assert (outcome.code, outcome.for_good) == (Failure.ADDRESS_UNFIT, True)


async def test_one_that_has_ended_hears_nothing(authority: Authority, site: Site) -> None:
    outcome = await partner(authority, secret=None).send(to(site.port))
    assert (outcome.code, outcome.for_good, site.connections) == (Failure.ENDED, True, 0)


def test_it_is_tried_for_days_and_less_and_less_often() -> None:
    assert list(SCHEDULE) == sorted(SCHEDULE)
    assert sum(SCHEDULE[1:], SCHEDULE[0]).days == 3
