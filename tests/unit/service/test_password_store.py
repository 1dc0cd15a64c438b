"""What is secret of passwords is kept encrypted, used once, and tried no faster: on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from domain.errors import DatabaseDamaged
from service.identity.passwords.store import FORGOTTEN, UNNAMED, Kind, PasswordStore
from service.identity.passwords.tables import PASSWORDS
from service.keeping import prepare_kept
from tests.support import damage
from tests.support.postgres import SERVICE, PostgresDatabase

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECRET, OTHER = bytes(32), bytes(31) + b"x"
HASH, FACTOR, SHEET = (UUID(int=number) for number in (1, 2, 3))
CODES = ("0123456789", "ABCDEFGHJK")
SECOND = timedelta(seconds=1)


@pytest.fixture(params=["file", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "file":
        return f"sqlite://{tmp_path / 'passwords.db'}"
    database: PostgresDatabase = request.getfixturevalue("postgres_database")
    for _ in range(2):
        prepare_kept(database.owner_url, SERVICE, PASSWORDS)
    return database.service_url.replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture
def store(url: str) -> Iterator[PasswordStore]:
    opened = PasswordStore(url, SECRET)
    yield opened
    opened.close()


@pytest.fixture
def another(url: str, store: PasswordStore) -> Iterator[PasswordStore]:
    """The same store, as another process of the API has it open."""
    opened = PasswordStore(url, SECRET)
    yield opened
    opened.close()


def test_it_is_read_as_what_it_is_in_every_process(
    store: PasswordStore, another: PasswordStore
) -> None:
    store.keep(HASH, Kind.HASH, "hashed", NOW)
    assert another.read(HASH, Kind.HASH) == "hashed"
    assert another.read(HASH, Kind.SECOND_FACTOR) is None
    assert another.read(FACTOR, Kind.HASH) is None
    assert another.read(None, Kind.HASH) is None
    store.keep(HASH, Kind.HASH, "another", NOW)
    assert another.read(HASH, Kind.HASH) == "hashed", "what is there stays"


def test_without_the_installations_key_it_is_nothing(url: str, store: PasswordStore) -> None:
    store.keep(FACTOR, Kind.SECOND_FACTOR, "SECRET", NOW)
    store.keep_sheet(SHEET, CODES, NOW)
    stranger = PasswordStore(url, OTHER)
    assert stranger.read(FACTOR, Kind.SECOND_FACTOR) is None
    assert not stranger.use_recovery(SHEET, CODES[0])
    stranger.close()


def test_nothing_secret_stands_in_the_file(tmp_path: Path) -> None:
    store = PasswordStore(f"sqlite://{tmp_path / 'passwords.db'}", SECRET)
    store.keep(FACTOR, Kind.SECOND_FACTOR, "JBSWY3DPEHPK3PXP", NOW)
    store.keep_sheet(SHEET, CODES, NOW)
    store.begin_try("taza-caseworker-1", NOW)
    store.close()
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for text in ("JBSWY3DPEHPK3PXP", *CODES, "taza-caseworker-1"):
        assert text.encode() not in kept
    assert (tmp_path / "passwords.db").stat().st_mode & 0o077 == 0


def test_a_step_of_time_is_used_once_and_none_before_it_after(
    store: PasswordStore, another: PasswordStore
) -> None:
    store.keep(FACTOR, Kind.SECOND_FACTOR, "SECRET", NOW, used=40)
    assert not store.use_step(FACTOR, 40), "it confirmed the authenticator"
    assert store.use_step(FACTOR, 42)
    assert not another.use_step(FACTOR, 42)
    assert not another.use_step(FACTOR, 41)
    assert another.use_step(FACTOR, 43)


def test_of_many_who_use_a_code_at_once_one_has(
    store: PasswordStore, another: PasswordStore
) -> None:
    store.keep(FACTOR, Kind.SECOND_FACTOR, "SECRET", NOW)
    store.keep_sheet(SHEET, CODES, NOW)
    with ThreadPoolExecutor(8) as at_once:
        stores = [store, another] * 4
        steps = list(at_once.map(lambda each: each.use_step(FACTOR, 7), stores))
        codes = list(at_once.map(lambda each: each.use_recovery(SHEET, CODES[0]), stores))
    assert steps.count(True) == 1
    assert codes.count(True) == 1
    assert store.recovery_left(SHEET) == 1


def test_a_sheet_shown_again_brings_no_used_code_back(store: PasswordStore) -> None:
    store.keep_sheet(SHEET, CODES, NOW)
    assert store.use_recovery(SHEET, "oi23456789"), "as it was meant"
    store.keep_sheet(SHEET, CODES, NOW)
    assert not store.use_recovery(SHEET, CODES[0])
    assert not store.use_recovery(None, CODES[1])
    assert store.use_recovery(SHEET, CODES[1])


def test_after_five_wrong_tries_each_waits_twice_as_long(
    store: PasswordStore, another: PasswordStore
) -> None:
    for each in (store, another, store, another, store):
        assert each.begin_try("name", NOW) == 0
    assert another.begin_try("name", NOW) == 30
    assert another.begin_try("NAME-2", NOW) == 0, "another's"
    later = NOW + timedelta(seconds=30)
    assert store.begin_try("name", later) == 0
    assert store.begin_try("name", later + SECOND) == 59
    assert store.begin_try("name", later + timedelta(seconds=60)) == 0
    assert store.begin_try("name", later + timedelta(seconds=61)) == 119


def test_waiting_ends_by_the_right_password_and_by_an_hour(store: PasswordStore) -> None:
    for _ in range(5):
        store.begin_try("name", NOW)
    store.succeeded("name")
    assert store.begin_try("name", NOW) == 0
    now = NOW
    for _ in range(40):
        now += timedelta(seconds=store.begin_try("name", now))
    wait = store.begin_try("name", now) or store.begin_try("name", now)
    assert 800 < wait <= 900, "a quarter of an hour at most"
    for _ in range(5):
        assert store.begin_try("name", now + FORGOTTEN + timedelta(seconds=900)) == 0


def test_of_many_tries_at_once_five_are_looked_at(
    store: PasswordStore, another: PasswordStore
) -> None:
    with ThreadPoolExecutor(8) as at_once:
        waits = list(at_once.map(lambda each: each.begin_try("name", NOW), [store, another] * 8))
    assert waits.count(0) == 5


def test_what_the_ledger_does_not_name_is_forgotten_after_an_hour(store: PasswordStore) -> None:
    store.keep(HASH, Kind.HASH, "hashed", NOW)
    store.keep(FACTOR, Kind.SECOND_FACTOR, "SECRET", NOW)
    store.keep_sheet(SHEET, CODES, NOW)
    store.forget_all_but([], NOW + UNNAMED - SECOND)
    assert store.read(FACTOR, Kind.SECOND_FACTOR)
    store.forget_all_but([HASH], NOW + UNNAMED)
    assert store.read(HASH, Kind.HASH)
    assert store.read(FACTOR, Kind.SECOND_FACTOR) is None
    assert store.recovery_left(SHEET) == 0
    store.forget([HASH])
    assert store.read(HASH, Kind.HASH) is None


@pytest.mark.parametrize("how", [damage.garbage, damage.overwritten, damage.foreign])
def test_a_damaged_file_is_never_taken_away(tmp_path: Path, how: damage.Damage) -> None:
    """Unlike that of the sign-ins: with it all passwords would go, without a word."""
    file = tmp_path / "passwords.db"
    PasswordStore(f"sqlite://{file}", SECRET).close()
    how(file)
    with pytest.raises(DatabaseDamaged):
        PasswordStore(f"sqlite://{file}", SECRET)
    assert file.exists()
