"""The master key is replaced while everything runs, and ends what it wrapped."""

import random
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.errors import DatabaseUnfit, Erased, KeysOfAnotherLedger, WrongMasterKey
from ledger.keys.ciphertext import Broken, decrypt, key_number
from ledger.keys.master import MasterKeys
from ledger.keys.rewrapping import A_COMMIT, rewrap
from ledger.keys.store import KeyStore
from ledger.keys.table import MASTER, KeyTable
from ledger.ledger import Ledger
from ledger.opening import open_key_table, open_keys, open_ledger
from ledger.postgres.schema import prepare
from ledger.sqlite.keys import require_secure_delete
from tests.integration.ledger.place import CALENDAR, MASTER_KEY, Place, register
from tests.integration.ledger.toy import TOY, person
from tests.support.postgres import SERVICE, PostgresDatabase

NEXT_KEY = b"the next master key, also 32 byte"[:32]
SUBJECT = UUID(int=77)


class Drawer:
    """Where an operator keeps the master keys; every process looks into it."""

    def __init__(self) -> None:
        self.keys = {1: MASTER_KEY}

    def opened(self) -> MasterKeys:
        return MasterKeys(lambda: dict(self.keys))


@contextmanager
def table_of(place: Place) -> Iterator[KeyTable]:
    with closing(open_key_table(place.keys_url)) as table:
        yield table


def wrapped_in(place: Place) -> dict[UUID, bytes]:
    with table_of(place) as table:
        return dict(table.some(None, 10_000))


def rotate(place: Place, drawer: Drawer) -> int:
    drawer.keys[2] = NEXT_KEY
    with table_of(place) as table:
        return rewrap(table, drawer.opened(), lambda _: None)


def opened(place: Place, drawer: Drawer) -> Ledger:
    return open_ledger(place.url, place.keys_url, drawer.opened(), calendar=CALENDAR, domain=TOY)


def test_a_ledger_that_is_open_reads_and_records_on_through_a_rotation(place: Place) -> None:
    drawer = Drawer()
    with closing(opened(place, drawer)) as ledger:
        ledger.record(register(SUBJECT, "Fatima"))
        rotate(place, drawer)
        del drawer.keys[1]
        ledger._keys._kept = {}  # as after five seconds
        (registered,) = ledger.history(person(SUBJECT))
        assert getattr(registered.event, "name", None) == "Fatima"
        other = uuid4()
        ledger.record(register(other, "Khadija"))
        assert ledger.record(register(SUBJECT, "Fatima Zahra")).version == 2
    assert {key_number(key) for key in wrapped_in(place).values()} == {2}
    with closing(opened(place, drawer)) as ledger:
        assert [len(ledger.history(person(each))) for each in (SUBJECT, other)] == [2, 1]


def test_what_is_derived_from_the_root_stays_through_a_rotation(place: Place) -> None:
    drawer = Drawer()
    with closing(open_keys(place.keys_url, drawer.opened())) as before:
        rotate(place, drawer)
        del drawer.keys[1]
        with closing(open_keys(place.keys_url, drawer.opened())) as after:
            assert before.derived("answers") == after.derived("answers")


def test_after_a_rotation_the_old_master_key_opens_nothing(place: Place) -> None:
    drawer = Drawer()
    with closing(open_keys(place.keys_url, drawer.opened())) as keys:
        keys.create(SUBJECT)
    rotate(place, drawer)
    with pytest.raises(WrongMasterKey) as wrong:
        open_keys(place.keys_url, MasterKeys.single(MASTER_KEY))
    assert (wrong.value.params["needed"], wrong.value.params["found"]) == (2, 1)


def test_a_rotation_that_ended_half_way_is_taken_up_again(place: Place) -> None:
    drawer, subjects = Drawer(), [uuid4() for _ in range(A_COMMIT + 100)]
    with closing(open_keys(place.keys_url, drawer.opened())) as keys:
        made = keys.create_all(subjects)
        drawer.keys[2] = NEXT_KEY
        with table_of(place) as table, pytest.raises(KeyboardInterrupt):
            rewrap(table, drawer.opened(), _interrupt)
        numbers = [key_number(key) for key in wrapped_in(place).values()]
        assert (numbers.count(1), numbers.count(2)) == (100, A_COMMIT)
        keys._kept = {}
        plain = {s: key and key.plain for s, key in made.items()}
        assert {s: keys.get(s) for s in subjects} == plain
        assert rotate(place, drawer) == 100
        assert rotate(place, drawer) == 0
        del drawer.keys[1]
        keys._kept = {}
        assert {s: keys.get(s) for s in subjects} == plain


def _interrupt(_: int) -> None:
    raise KeyboardInterrupt


def test_a_key_made_in_the_midst_of_a_rotation_is_under_the_next_master_key(place: Place) -> None:
    """By a process that has not heard of it: the table refuses the old number."""
    drawer = Drawer()
    with closing(open_keys(place.keys_url, drawer.opened())) as keys, table_of(place) as table:
        drawer.keys[2] = NEXT_KEY
        table.wrap_under(2)
        keys.create(SUBJECT)
        assert key_number(wrapped_in(place)[SUBJECT]) == 2
        table.wrap_under(1)
        keys.create(uuid4())
    assert {key_number(key) for key in wrapped_in(place).values()} == {2}


def test_a_key_destroyed_in_the_midst_of_a_rotation_does_not_come_back(place: Place) -> None:
    drawer = Drawer()
    with closing(open_keys(place.keys_url, drawer.opened())) as keys, table_of(place) as table:
        keys.create_all([SUBJECT, UUID(int=78)])
        read = table.some(None, 10)
        keys.destroy(SUBJECT)
        table.replace([(subject, wrapped, b"anew") for subject, wrapped in read])
        assert table.some(None, 10) == [(UUID(int=78), b"anew")]
        with pytest.raises(Erased):
            keys.create(SUBJECT)


def test_everybody_reads_and_makes_keys_while_they_are_wrapped_anew(place: Place) -> None:
    drawer, subjects = Drawer(), [uuid4() for _ in range(3 * A_COMMIT)]
    failed: list[BaseException] = []
    with (
        closing(open_keys(place.keys_url, drawer.opened())) as here,
        closing(open_keys(place.keys_url, drawer.opened())) as elsewhere,
    ):
        plain = {s: key and key.plain for s, key in here.create_all(subjects).items()}
        ended = threading.Event()
        working = threading.Thread(target=_work, args=(elsewhere, plain, ended, failed))
        working.start()
        try:
            rotate(place, drawer)
        finally:
            ended.set()
            working.join()
    assert failed == []
    assert {key_number(key) for key in wrapped_in(place).values()} == {2}


def _work(
    keys: KeyStore,
    plain: dict[UUID, bytes | None],
    ended: threading.Event,
    failed: list[BaseException],
) -> None:
    try:
        while not ended.is_set():
            for subject in list(plain)[::97]:
                keys._kept = {}
                assert keys.get(subject) == plain[subject]
            keys.create(uuid4())
    except BaseException as error:  # noqa: BLE001 - the test looks at it
        failed.append(error)


def test_what_is_left_of_a_destroyed_key_ends_with_its_master_key(place: Place) -> None:
    """A copy from a disk or a backup opens under the master key of its time only."""
    drawer = Drawer()
    with closing(open_keys(place.keys_url, drawer.opened())) as keys:
        plain = keys.create(SUBJECT).plain
        copy = wrapped_in(place)[SUBJECT]
        keys.destroy(SUBJECT)
        assert keys.oldest_erasure() is not None
        time.sleep(0.005)  # of one millisecond the erasure counts as the later
        rotate(place, drawer)
        assert keys.oldest_erasure() is None
    context = str(SUBJECT).encode()
    masters = drawer.opened()
    assert decrypt(masters.cipher(1), copy, context) == plain
    del drawer.keys[1]
    masters = drawer.opened()
    with pytest.raises(WrongMasterKey):
        masters.cipher(key_number(copy))
    with pytest.raises(Broken):
        decrypt(masters.cipher(2), copy, context)


def test_nobody_who_reads_waits_for_a_key_to_be_destroyed(
    postgres_database: PostgresDatabase,
) -> None:
    """Nor does it wait for them: here is one with a transaction of its own."""
    prepare(postgres_database.owner_url, SERVICE)
    url, masters = postgres_database.service_url, MasterKeys.single(MASTER_KEY)
    with (
        closing(open_keys(url, masters, lock_seconds=2)) as keys,
        psycopg.connect(url) as reader,
    ):
        keys.create(SUBJECT)
        reader.execute("SELECT count(*) FROM keys.subject_keys")
        keys.destroy(SUBJECT)
        assert keys.is_destroyed(SUBJECT)
        assert reader.execute("SELECT count(*) FROM keys.subject_keys").fetchall() == [(0,)]


def test_a_file_whose_deleted_keys_would_stay_in_it_is_not_used() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        with pytest.raises(DatabaseUnfit, match="secure_delete"):
            require_secure_delete(connection)
        connection.execute("PRAGMA secure_delete=ON")
        require_secure_delete(connection)


def test_no_copy_of_many_destroyed_or_rewrapped_keys_stays_in_the_file(tmp_path: Path) -> None:
    """Also where pages of the file were split and joined meanwhile."""
    with closing(open_key_table(f"sqlite://{tmp_path}/keys.db")) as table:
        table.fact(MASTER, "1")
        chance = random.Random(7)
        keys = {UUID(int=chance.getrandbits(128)): chance.randbytes(63) for _ in range(1500)}
        for start in range(0, 1500, 50):
            table.add(dict(list(keys.items())[start : start + 50]), 1)
        before = list(keys.values())[::2]
        table.replace([(s, w, chance.randbytes(63)) for s, w in list(keys.items())[::2]])
        present = dict(table.some(None, 2000))
        gone = chance.sample(list(keys), 1350)
        for subject in gone:
            table.destroy(subject)
        file = (tmp_path / "keys.db").read_bytes()
        assert not any(key in file for key in (*before, *(present[s] for s in gone)))
        assert all(present[s] in file for s in keys if s not in gone)


def test_keys_are_refused_to_another_ledger(place: Place, tmp_path: Path) -> None:
    place.open().close()
    other = f"sqlite://{tmp_path}/another.db"
    with pytest.raises(KeysOfAnotherLedger):
        open_ledger(other, place.keys_url, MasterKeys.single(MASTER_KEY), calendar=CALENDAR)


@pytest.mark.parametrize("before", [None, b"something else"])
@pytest.mark.parametrize("name", ["asked", "remembered"])
def test_what_is_kept_while_the_master_key_is_replaced_opens_under_the_next_one(
    place: Place, monkeypatch: pytest.MonkeyPatch, name: str, before: bytes | None
) -> None:
    """Also where who keeps it began before, and what it wrapped was looked for already."""
    drawer = Drawer()
    with closing(open_keys(place.keys_url, drawer.opened())) as keys:
        if before is not None:
            keys.remember("remembered", before)
        wrap, told = KeyStore._wrap, [b"told"]

        def wrapped(*given: object) -> bytes:
            found = wrap(*given)  # type: ignore[arg-type]  # as it was called
            if 2 not in drawer.keys:
                rotate(place, drawer)
            return found

        monkeypatch.setattr(KeyStore, "_wrap", wrapped)
        if name == "asked":
            told.append(keys.secret(name))
        else:
            keys.remember(name, told[0])
    del drawer.keys[1]
    with closing(open_keys(place.keys_url, drawer.opened())) as keys:
        assert keys.kept_secret(name) == told[-1]
