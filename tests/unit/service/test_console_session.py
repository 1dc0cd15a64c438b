"""A session cookie opens only as it was sealed, and not for ever."""

from datetime import UTC, datetime, timedelta

from service.console.session import LASTS, Sessions

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SESSIONS = Sessions.under(bytes(32))


def test_a_session_opens_for_a_working_day() -> None:
    cookie = SESSIONS.seal("digest", NOW)
    assert SESSIONS.open(cookie, NOW + LASTS - timedelta(seconds=1)) == "digest"
    assert SESSIONS.open(cookie, NOW + LASTS) is None


def test_nothing_but_the_sealed_cookie_opens() -> None:
    cookie = SESSIONS.seal("digest", NOW)
    altered = cookie[:-2] + ("00" if cookie[-2:] != "00" else "01")
    for other in (None, "", "zz", "00", altered, cookie[:20]):
        assert SESSIONS.open(other, NOW) is None
    assert Sessions.under(bytes([1] * 32)).open(cookie, NOW) is None
