"""A sign-in is the server's: it ends by sign-out, idle, and after twelve hours, in every process."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from domain.errors import DatabaseBehind
from domain.message import Actor, Role
from service.identity.sign_ins.store import IDLE, LONGEST, SEARCHES_LAST, SignIns
from service.identity.sign_ins.tables import SIGN_INS
from service.keeping import prepare_kept
from tests.support import damage
from tests.support.postgres import SERVICE, PostgresDatabase

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECRET = bytes(32)
WHO = Actor(id=UUID(int=7), role=Role.AUDITOR, credential=UUID(int=8))
SOMEBODY = Actor(id=UUID(int=9), role=Role.AUDITOR, credential=UUID(int=10))
SECOND = timedelta(seconds=1)


@pytest.fixture(params=["file", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "file":
        return f"sqlite://{tmp_path / 'sign_ins.db'}"
    database: PostgresDatabase = request.getfixturevalue("postgres_database")
    prepare_kept(database.owner_url, SERVICE, SIGN_INS)
    prepare_kept(database.owner_url, SERVICE, SIGN_INS)
    return database.service_url.replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture
def sign_ins(url: str) -> Iterator[SignIns]:
    opened = SignIns(url, SECRET)
    yield opened
    opened.close()


@pytest.fixture
def another(url: str, sign_ins: SignIns) -> Iterator[SignIns]:
    """The same store, as another process of the API has it open."""
    opened = SignIns(url, SECRET)
    yield opened
    opened.close()


def test_who_signed_in_is_known_in_every_process(sign_ins: SignIns, another: SignIns) -> None:
    token = sign_ins.begin(WHO, "Firefox", NOW)
    for each in (sign_ins, another):
        found = each.seen(token, NOW)
        assert found is not None
        assert found.credential == WHO.credential
    assert sign_ins.seen("made up", NOW) is None


def test_signing_out_ends_it_in_every_process(sign_ins: SignIns, another: SignIns) -> None:
    token = sign_ins.begin(WHO, "Firefox", NOW)
    found = sign_ins.seen(token, NOW)
    assert found is not None
    another.end(found)
    assert sign_ins.seen(token, NOW) is None


def test_it_ends_after_half_an_hour_without_a_page(sign_ins: SignIns) -> None:
    token = sign_ins.begin(WHO, "Firefox", NOW)
    used = NOW + IDLE - SECOND
    assert sign_ins.seen(token, used)
    assert sign_ins.seen(token, used + IDLE - SECOND)
    assert sign_ins.seen(token, used + IDLE - SECOND + IDLE) is None


def test_it_ends_after_twelve_hours_however_it_is_used(sign_ins: SignIns) -> None:
    token, now = sign_ins.begin(WHO, "Firefox", NOW), NOW
    while now + IDLE - SECOND < NOW + LONGEST:
        now += IDLE - SECOND
        assert sign_ins.seen(token, now)
    assert sign_ins.seen(token, NOW + LONGEST) is None


def test_it_says_when_it_ends_and_whether_that_can_be_put_off(sign_ins: SignIns) -> None:
    token, now = sign_ins.begin(WHO, "Firefox", NOW), NOW
    while now < NOW + LONGEST:
        found = sign_ins.seen(token, now)
        assert found is not None
        assert found.ends_at == min(now + IDLE, NOW + LONGEST)
        assert found.is_ending == (now + IDLE >= NOW + LONGEST)
        now += IDLE - SECOND


def test_what_the_browser_holds_is_nowhere_in_the_store(sign_ins: SignIns, tmp_path: Path) -> None:
    token = sign_ins.begin(WHO, "Firefox", NOW)
    found = sign_ins.seen(token, NOW)
    assert found is not None
    sign_ins.note(found, "search", "Salma Elmithal", NOW)
    assert token not in found.id
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("sign_ins.db*"))
    assert token.encode() not in kept
    assert b"Salma" not in kept


def test_a_search_is_of_one_sign_in_and_lasts_half_an_hour(sign_ins: SignIns) -> None:
    mine, theirs = (sign_ins.seen(sign_ins.begin(WHO, "Firefox", NOW), NOW) for _ in range(2))
    assert mine is not None
    assert theirs is not None
    name = sign_ins.note(mine, "search", "سلمى", NOW)
    assert sign_ins.noted(mine, "search", name, NOW + SEARCHES_LAST - SECOND) == "سلمى"
    assert sign_ins.noted(theirs, "search", name, NOW) is None
    assert sign_ins.noted(mine, "number", name, NOW) is None, "it is for that use alone"
    assert sign_ins.noted(mine, "search", "made-up", NOW) is None
    assert sign_ins.noted(mine, "search", name, NOW + SEARCHES_LAST) is None


def test_a_search_that_was_altered_is_none(tmp_path: Path) -> None:
    sign_ins = SignIns(f"sqlite://{tmp_path / 'sign_ins.db'}", SECRET)
    found = sign_ins.seen(sign_ins.begin(WHO, "Firefox", NOW), NOW)
    assert found is not None
    name = sign_ins.note(found, "search", "Salma", NOW)
    with closing(sqlite3.connect(tmp_path / "sign_ins.db")) as connection, connection:
        connection.execute("UPDATE searches SET sealed = zeroblob(40)")
    assert sign_ins.noted(found, "search", name, NOW) is None
    sign_ins.close()


def test_what_has_ended_is_forgotten_with_the_next_sign_in(sign_ins: SignIns) -> None:
    sign_ins.begin(WHO, "Old", NOW)
    sign_ins.begin(WHO, "New", NOW + IDLE)
    with sign_ins._engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT browser FROM sessions").scalars().all()
    assert kept == ["New"]


def test_a_database_that_was_not_prepared_is_refused(postgres_database: PostgresDatabase) -> None:
    url = postgres_database.service_url.replace("postgresql://", "postgresql+psycopg://")
    with pytest.raises(DatabaseBehind):
        SignIns(url, SECRET)


def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "sign_ins.db"
    SignIns(f"sqlite://{file}", SECRET).close()
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("how", [damage.garbage, damage.overwritten, damage.foreign])
def test_a_damaged_file_is_made_anew_and_people_sign_in_again(
    tmp_path: Path, how: damage.Damage
) -> None:
    file = tmp_path / "sign_ins.db"
    first = SignIns(f"sqlite://{file}", SECRET)
    token = first.begin(WHO, "Firefox", NOW)
    first.close()
    how(file)
    opened = SignIns(f"sqlite://{file}", SECRET)
    assert opened.seen(token, NOW) is None
    assert opened.seen(opened.begin(WHO, "Firefox", NOW), NOW)
    assert file.stat().st_mode & 0o077 == 0
    opened.close()


def test_a_whole_file_is_kept(tmp_path: Path) -> None:
    url = f"sqlite://{tmp_path / 'sign_ins.db'}"
    first = SignIns(url, SECRET)
    token = first.begin(WHO, "Firefox", NOW)
    first.close()
    again = SignIns(url, SECRET)
    assert again.seen(token, NOW)
    again.close()


def test_one_sees_where_one_is_signed_in_and_ends_one_or_all_others(sign_ins: SignIns) -> None:
    here = sign_ins.begin(WHO, "Firefox", NOW)
    there, elsewhere = (sign_ins.begin(WHO, name, NOW + SECOND) for name in ("Chrome", "Safari"))
    other = sign_ins.begin(SOMEBODY, "Edge", NOW)
    assert sign_ins.seen(here, NOW + 2 * SECOND)
    found = sign_ins.sessions_of(WHO.id, NOW + 2 * SECOND)
    assert found[0].browser == "Firefox", "the latest seen first"
    assert (found[0].began_at, found[0].seen_at) == (NOW, NOW + 2 * SECOND)
    chrome = next(each for each in found if each.browser == "Chrome")
    sign_ins.end_of(SOMEBODY.id, only=chrome.id)
    assert sign_ins.seen(there, NOW), "nobody ends another's"
    sign_ins.end_of(WHO.id, only=chrome.id)
    assert sign_ins.seen(there, NOW) is None
    sign_ins.end_of(WHO.id, but=found[0].id)
    assert sign_ins.seen(elsewhere, NOW) is None
    assert sign_ins.seen(here, NOW)
    sign_ins.end_of(WHO.id)
    assert sign_ins.sessions_of(WHO.id, NOW) == ()
    assert sign_ins.seen(other, NOW)
