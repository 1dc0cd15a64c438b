"""What is not whole, not ours, or older than what is there, is not brought back; and nothing is touched."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock
from uuid import uuid4

import pytest
from pydantic import SecretStr

from domain.errors import DatabaseNewer, NewerReleaseNeeded, Refused
from ledger.postgres.schema import prepare
from service.running.backup.again import erase_registered
from service.running.backup.erased import register_of
from service.running.backup.making import Places, back_up
from service.running.backup.manifest import MARK, NAME
from service.running.faults import OperatorError
from service.running.rotation import rotate
from service.running.unfinished import begun
from tests.integration.backup.conftest import Installation, on_files, on_postgres
from tests.support.postgres import SERVICE, PostgresDatabase, PrivatePostgres


def test_a_backup_of_which_one_byte_is_another_is_refused_and_the_file_named(
    files: Installation,
) -> None:
    (person,) = files.register()
    paper = files.settings.papers / "kept" / str(person) / f"case.{uuid4()}.{uuid4()}"
    paper.parent.mkdir(mode=0o700, parents=True)
    paper.write_bytes(b"theirs, encrypted")
    files.back_up("whole")
    head, kept = files.head(), (files.settings.data / "ledger.db").read_bytes()
    folder = files.backups / "whole"
    parts = [path for path in folder.rglob("*") if path.is_file()]
    assert len(parts) >= 7
    for path in parts:
        data = path.read_bytes()
        for place in {0, len(data) // 2, len(data) - 2}:
            path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
            with pytest.raises(OperatorError) as refused:
                files.restore("whole")
            if not path.name.startswith("manifest"):
                assert str(path) in str(refused.value)
        for damaged in (data[: len(data) // 2], data + b"more"):
            path.write_bytes(damaged)
            with pytest.raises(OperatorError, match=r"backup"):
                files.restore("whole")
        path.unlink()
        with pytest.raises(OperatorError, match=r"backup") as refused:
            files.restore("whole")
        assert str(path if path.suffix not in {".json", ".mac"} else path.parent) in str(
            refused.value
        )
        path.write_bytes(data)
    assert files.head() == head
    assert (files.settings.data / "ledger.db").read_bytes() == kept
    files.restore("whole")


def test_of_one_that_fails_nothing_is_left_in_a_folder_that_was_there(
    files: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    (files.backups / "there").mkdir(parents=True)
    with monkeypatch.context() as full:
        full.setattr(
            "service.running.backup.making.copy_papers", Mock(side_effect=OSError(28, "full"))
        )
        with pytest.raises(OSError, match="full"):
            files.back_up("there")
    assert files.back_up("there").files


def test_a_list_made_anew_by_who_has_no_master_key_is_refused(files: Installation) -> None:
    files.back_up("whole")
    folder = files.backups / "whole"
    text = (folder / NAME).read_text()
    (folder / NAME).write_text(text.replace('"position": 2', '"position": 1'))
    (folder / MARK).write_text("0" * 64)
    with pytest.raises(OperatorError, match=r"was changed since"):
        files.restore("whole")


def test_another_installation_is_left_alone(files: Installation, tmp_path: Path) -> None:
    files.back_up("theirs")
    other = on_files(tmp_path / "other")
    other.settings.data.mkdir(mode=0o700)
    other.begin()
    head = other.head()
    shutil.copytree(files.backups, other.backups)
    with pytest.raises(OperatorError, match=r"does not open the keys of this backup"):
        other.restore("theirs")
    key = other.settings.master_key.read_bytes()
    shutil.copy(files.settings.master_key, other.settings.master_key)
    with pytest.raises(OperatorError, match=r"another installation is there"):
        other.restore("theirs", over_newer=True)
    other.settings.master_key.write_bytes(key)
    assert other.head() == head


def test_keys_older_than_the_ledger_are_refused_and_newer_ones_taken(files: Installation) -> None:
    files.back_up("first")
    person = files.register()[0]
    files.back_up("second")
    files.register()
    files.back_up("third")
    with pytest.raises(OperatorError, match=r"could not be read"):
        files.restore("second", keys="first", over_newer=True)
    files.restore("second", keys="third", over_newer=True)
    assert files.name_of(person)


def test_after_the_master_key_was_replaced_newer_keys_bring_an_older_ledger_back(
    files: Installation,
) -> None:
    person = files.register()[0]
    files.back_up("before")
    old = files.settings.master_key.read_bytes()
    rotate(files.settings, lambda _: None)
    with pytest.raises(OperatorError, match=r"which master key 1 wraps"):
        files.restore("before")
    files.back_up("after")
    files.restore("before", keys="after")
    assert files.name_of(person)
    assert files.settings.master_key.read_bytes() != old


def test_what_was_cut_off_half_way_lets_nothing_start_and_is_taken_up_again(
    files: Installation,
) -> None:
    person = files.register()[0]
    made = files.back_up("whole")
    files.register()
    begun(files.settings, made.backup)
    with pytest.raises(OperatorError, match=r"jisr restore"), files.ledger():
        pass
    files.restore("whole")
    assert files.name_of(person)


def test_a_damaged_ledger_is_moved_aside_and_replaced(files: Installation) -> None:
    person = files.register()[0]
    files.back_up("whole")
    ledger = files.settings.data / "ledger.db"
    for beside in files.settings.data.glob("ledger.db-*"):
        beside.unlink()
    ledger.write_bytes(b"no database at all" * 500)
    brought = files.restore("whole")
    assert brought.foreseen.standing.damaged
    assert (Path(brought.aside) / "ledger.db").read_bytes().startswith(b"no database")
    assert files.name_of(person)


def test_a_folder_with_something_in_it_or_in_what_is_saved_takes_no_backup(
    files: Installation,
) -> None:
    files.back_up("first")
    with pytest.raises(OperatorError, match=r"has something in it"):
        files.back_up("first")
    inside = Installation(files.settings, files.settings.data)
    with pytest.raises(OperatorError, match=r"would be lost with it"):
        inside.back_up("inside")
    assert not (files.settings.data / "inside").exists()


def test_a_newer_releases_backup_is_for_that_release(
    files: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.back_up("newer")
    monkeypatch.setattr(
        "service.running.backup.checking.steps", lambda *_: [type("S", (), {"number": 0})()]
    )
    with pytest.raises(DatabaseNewer):
        files.restore("newer")


def test_a_backup_that_fails_leaves_nothing(
    files: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("service.running.backup.making.copy_papers", full)
    with pytest.raises(OSError, match=r"No space"):
        files.back_up("half")
    assert not (files.backups / "half").exists()


def test_what_fails_before_anything_was_touched_leaves_all_as_it_was(
    files: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = files.register()[0]
    files.back_up("whole")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("service.running.backup.on_files._stage", full)
        with pytest.raises(OSError, match=r"No space"):
            files.restore("whole")
    assert files.name_of(person)
    assert not list(files.settings.data.glob("*.restored"))


def test_the_halves_are_two_folders(files: Installation) -> None:
    for keys in (files.backups / "one", files.backups):
        with pytest.raises(OperatorError, match=r"for the keys alone"):
            back_up(
                files.settings,
                Places(files.backups / "one", keys),
                datetime.now(UTC),
                lambda _: None,
            )


@pytest.mark.rare
def test_into_a_database_that_is_empty(
    tmp_path: Path, postgres: PrivatePostgres, postgres_database: PostgresDatabase
) -> None:
    first = on_postgres(tmp_path / "first", postgres_database)
    first.begin()
    person = first.register()[0]
    first.back_up("whole")
    database = postgres.create_database(f"jisr_{uuid4().hex}")
    given = first.settings.model_copy(
        update={
            "database_url": database.service_url,
            "owner_url": None,
            "data": tmp_path / "second",
        }
    )
    second = Installation(given, first.backups)
    with pytest.raises(OperatorError, match=r"JISR_OWNER_URL"):
        second.restore("whole")
    owner = given.model_copy(update={"owner_url": SecretStr(database.owner_url)})
    second = Installation(owner, first.backups)
    assert not second.restore("whole").aside
    assert second.name_of(person)


def test_a_clock_that_may_be_wrong_is_looked_at_before_anything_is_touched(
    files: Installation,
) -> None:
    person = files.register()[0]
    files.back_up("old")
    files.register()
    head, now = files.head(), datetime.now(UTC)
    with pytest.raises(OperatorError, match=r"set the clock"):
        files.restore("old", over_newer=True, now=now - timedelta(hours=1))
    with pytest.raises(OperatorError, match=r"--clock-is-right"):
        files.restore("old", over_newer=True, now=now + timedelta(days=40))
    assert files.head() == head
    files.restore("old", over_newer=True, clock_is_right=True, now=now + timedelta(days=40))
    assert files.name_of(person)


def test_an_erasure_that_cannot_be_told_is_done_all_the_same(
    files: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = files.register()[0]
    files.back_up("before")
    with files.ledger() as ledger:
        register_of(files.settings, ledger).add([person])
    refusing = Refused("clock_behind", seconds=90)
    with monkeypatch.context() as patched:
        patched.setattr("service.running.backup.again._record", Mock(side_effect=refusing))
        assert files.restore("before").again.untold
    assert files.name_of(person) is None
    assert erase_registered(files.settings).recorded == 1


def test_a_level_that_this_release_does_not_read_is_left_to_the_newer_one(
    files: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("service.running.backup.making.level_of", lambda _: 99)
        files.back_up("newer")
    with pytest.raises(NewerReleaseNeeded):
        files.restore("newer")


@pytest.mark.rare
def test_keys_in_a_database_of_their_own(
    tmp_path: Path, postgres: PrivatePostgres, postgres_database: PostgresDatabase
) -> None:
    """Each database is put in place by a transaction of its own."""
    apart = postgres.create_database(f"jisr_{uuid4().hex}")
    first = on_postgres(tmp_path / "first", postgres_database)
    prepare(apart.owner_url, SERVICE)
    given = first.settings.model_copy(update={"keys_url": apart.service_url})
    house = Installation(given, first.backups)
    house.begin()
    person = house.register()[0]
    house.back_up("whole")
    later = house.register()[0]
    house.restore("whole", over_newer=True)
    assert house.name_of(person)
    assert house.name_of(later) is None
