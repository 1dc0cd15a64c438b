"""Codes are read as they were meant, hashing is bounded, and what anybody tries first is refused."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pyotp
import pytest

from service.console.browsers import browser_of
from service.console.pages.drawing import qr_of
from service.identity.passwords import codes
from service.identity.passwords.common import require_suitable
from service.identity.passwords.devices import counted_as, device_of
from service.identity.passwords.hashing import NOBODYS, WAITING, Hasher
from service.identity.passwords.refusals import TooManyTries, Unsuitable
from service.identity.passwords.tickets import LASTS, Ticket, opened, sealed

NOW = datetime(2026, 3, 2, 9, 0, 10, tzinfo=UTC)
KEY = bytes(32)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_a_code_of_the_step_before_and_after_is_right_and_no_other() -> None:
    steps = int(NOW.timestamp()) // codes.STEP_SECONDS
    hotp = pyotp.HOTP(SECRET)
    for away in (-1, 0, 1):
        assert codes.step_of(SECRET, hotp.at(steps + away), NOW) == steps + away
    for away in (-2, 2):
        assert codes.step_of(SECRET, hotp.at(steps + away), NOW) is None
    assert codes.step_of(SECRET, "", NOW) is None


@pytest.mark.parametrize("typed", ["123 456", "١٢٣٤٥٦", "123-456", "۱۲۳۴۵۶", " 123456 "])
def test_digits_are_read_however_they_are_typed(typed: str) -> None:
    assert codes.tidied(typed) == "123456"


def test_written_codes_have_no_sign_that_is_taken_for_another() -> None:
    made = [*codes.recovery_codes(KEY, uuid4()), codes.invitation_code(KEY, uuid4())]
    assert len(set(made)) == 11
    for code in made:
        assert not set(code) & set("OILU")
        assert codes.tidied(codes.grouped(code).lower()) == code
    assert codes.digest_of_code("ABCD-EFGH-0123-4567") == codes.digest_of_code("abcdefgho1234567")


def test_what_follows_from_a_command_is_the_same_each_time_and_only_for_it() -> None:
    command = UUID(int=7)
    assert codes.invitation_code(KEY, command) == codes.invitation_code(KEY, command)
    assert codes.invitation_code(KEY, command) != codes.invitation_code(KEY, UUID(int=8))
    assert codes.recovery_codes(KEY, command) != codes.recovery_codes(KEY, UUID(int=8))


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elevensigns", "password_too_short"),
        ("x" * 201, "password_too_long"),
        ("aaaaaaaaaaaaaaaa", "password_too_common"),
        ("Password Password", "password_too_common"),
        ("motdepasse123!", "password_too_common"),
        ("123456789012", "password_too_common"),
        ("كلمة المرور 123", "password_too_common"),
        ("taza-caseworker-1", "password_too_common"),
    ],
)
def test_what_anybody_tries_first_is_no_password(password: str, why: str) -> None:
    with pytest.raises(Unsuitable) as refused:
        require_suitable(password, "taza-caseworker-1", None)
    assert refused.value.why == why


@pytest.mark.parametrize(
    "password", ["quatre mots à retenir", "أربع كلمات أتذكرها", "x9$kQ!zP0mW2"]
)
def test_any_signs_make_a_password(password: str) -> None:
    require_suitable(password, "taza-caseworker-1")


async def test_a_password_matches_its_hash_whatever_keyboard_wrote_it() -> None:
    hasher = Hasher()
    kept = await hasher.hash("mot de passe e\u0301crit")
    assert kept.startswith("$argon2id$v=19$m=47104,t=2,p=1$")
    assert await hasher.matches("mot de passe \u00e9crit", kept)
    assert not await hasher.matches("mot de passe ecrit", kept)
    assert not await hasher.matches("anything at all", NOBODYS)
    assert not await hasher.matches("anything at all", "no hash")
    hasher.close()


async def test_nobodys_hash_takes_as_long_as_somebodys() -> None:
    """By the fastest of some: the machine may be busy."""
    hasher, loop = Hasher(), asyncio.get_running_loop()
    kept = await hasher.hash("quatre mots à retenir")

    async def fastest(against: str) -> float:
        took = []
        for _ in range(5):
            began = loop.time()
            await hasher.matches("another one", against)
            took.append(loop.time() - began)
        return min(took)

    ours, nobodys = await fastest(kept), await fastest(NOBODYS)
    assert 0.4 < ours / nobodys < 2.5
    hasher.close()


async def test_no_more_wait_to_be_hashed_than_is_worth_waiting_for() -> None:
    hasher = Hasher()
    tries = (hasher.matches("wrong", NOBODYS) for _ in range(WAITING * 3))
    found = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(each, TooManyTries) for each in found) == WAITING * 2
    assert await hasher.matches("wrong", NOBODYS) is False, "then there is room again"
    hasher.close()


def test_a_browser_is_known_with_the_name_it_was_given_for_alone() -> None:
    device = device_of(KEY, "taza-1")
    assert counted_as(KEY, "taza-1", device) != "taza-1"
    assert counted_as(KEY, "taza-2", device) == "taza-2"
    assert counted_as(b"x" * 32, "taza-1", device) == "taza-1"
    for made_up in ("", ".", "x.y", device[:-1]):
        assert counted_as(KEY, "taza-1", made_up) == "taza-1"


def test_a_ticket_is_for_a_quarter_of_an_hour_and_cannot_be_altered() -> None:
    ticket = Ticket(credential=uuid4(), made_at=NOW, hashed="hash")
    text = sealed(ticket, KEY)
    assert opened(text, KEY, NOW + LASTS - timedelta(seconds=1)) == ticket
    assert opened(text, KEY, NOW + LASTS) is None
    assert opened(text[:-2] + "00", KEY, NOW) is None
    for none in ("", "zz", "00", "not hexadecimal"):
        assert opened(none, KEY, NOW) is None
    assert "hash" not in bytes.fromhex(text).decode("latin-1")


def test_a_square_code_needs_no_style() -> None:
    drawn = qr_of("https://jisr.example/console/invitation")
    assert drawn.startswith("<svg viewBox=")
    assert "style" not in drawn
    assert "class" not in drawn


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox"),
        ("Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome"),
        ("Mozilla/5.0 (iPhone) Version/18.0 Mobile/15E148 Safari/604.1", "Safari"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0.0.0 Safari/537.36 Edg/140.0", "Edge"),
        ("curl/8", "-"),
    ],
)
def test_of_a_browser_its_family_is_known(agent: str, family: str) -> None:
    assert browser_of(agent) == family
