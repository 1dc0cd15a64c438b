"""The whole of it, as a house would try it: a backup while people work, a loss, and the way back."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from service.running.backup.making import Places
from service.running.backup.manifest import Half, read
from service.settings import Settings
from tests.faults.agreement import assert_views_agree
from tests.faults.crowd import Crowd
from tests.faults.house import House, house_on_files, house_on_postgres
from tests.faults.keys_at_rest import wrapped_key
from tests.faults.test_erased import NAME, Person, places_of
from tests.support.commands import jisr
from tests.support.postgres import OWNER, SERVICE
from tests.support.waiting import until

AT_WORK = 3
"""People whose whole way is gone while the backup is made."""


@contextmanager
def on_files(folder: Path) -> Iterator[House]:
    with house_on_files(folder / "data") as house:
        yield house


@contextmanager
def on_postgres(folder: Path) -> Iterator[House]:
    with house_on_postgres(folder / "data") as house:
        yield house


@pytest.mark.rare
@pytest.mark.parametrize("database", [on_files, on_postgres])
def test_what_was_answered_before_a_backup_is_there_after_all_else_is_lost(
    database: Callable[[Path], AbstractContextManager[House]], tmp_path: Path
) -> None:
    with database(tmp_path) as house:
        drill(house, tmp_path)


def drill(house: House, folder: Path) -> None:
    erased, crowd = Person(house), Crowd(house)
    backup, keys = folder / "backup", folder / "keys"
    with crowd.work(AT_WORK):
        crowd.wait_for(12)
        said(house, "backup", str(backup), "--keys", str(keys))
    position = read(Places.of(backup, keys).records, Half.RECORDS).head.position
    before = [each for each in crowd.acknowledged if each.answer["position"] <= position]
    assert len(before) >= 12
    assert len(before) < len(crowd.acknowledged)
    erased.erase()
    until(lambda: wrapped_key(house, erased.id) == b"", "the key is still there")
    key = house.settings.master_key.read_bytes()
    assert house.system.stop() == 0

    lose(house, key)
    told = said(house, "restore", str(backup), "--keys", str(keys), *over(house))
    assert f"as it was at position {position}" in told

    house.system.start()
    came_back(house, crowd, position)
    gone(house, erased)
    until(lambda: tells_the_same(house), "ledger, workflows and views do not come level")
    until(lambda: is_sealed_and_whole(house), "what was brought back is not what was sealed")
    crowd.acknowledged = before
    assert not crowd.answered_otherwise()
    assert_views_agree(house)
    crowd.follow(crowd.sign())  # and it goes on


def tells_the_same(house: House) -> bool:
    return run(house, "audit", "reconcile", "--rate", "1000").returncode == 0


def is_sealed_and_whole(house: House) -> bool:
    return run(house, "audit", "verify").returncode == 0


def said(house: House, *command: str) -> str:
    """What a command that must pass says."""
    done = run(house, *command)
    assert done.returncode == 0, (done.stdout, done.stderr)
    return done.stdout


def run(house: House, *command: str) -> subprocess.CompletedProcess[str]:
    environment = dict(house.system.environment)
    if house.postgres is not None:
        environment |= {
            "JISR_OWNER_URL": house.postgres.url("jisr", OWNER),
            "JISR_SERVICE_ROLE": SERVICE,
        }
    return jisr(*command, "--data", str(house.data), **environment)


def lose(house: House, key: bytes) -> None:
    """The machine's files but those kept apart; of a database nothing: an older one goes over it."""
    if house.postgres is None:
        kept = Settings(data=house.data).erased.read_bytes()
        shutil.rmtree(house.data)
        house.data.mkdir(mode=0o700)
        for name, data in (("master.key", key), ("erased", kept)):
            (house.data / name).write_bytes(data)
            (house.data / name).chmod(0o600)


def over(house: House) -> tuple[str, ...]:
    return () if house.postgres is None else ("--over-newer",)


def came_back(house: House, crowd: Crowd, position: int) -> None:
    """Every case that was opened before the backup is in the lists."""
    head = house.auditor.found("/v1/cases", at_least=position, limit=200)
    known = {row["case_id"] for row in head["cases"]}
    cases = {
        UUID(each.answer["ids"]["case"])
        for each in crowd.acknowledged
        if each.answer["position"] <= position and "case" in each.answer["ids"]
    }
    assert {str(case) for case in cases} <= known


def gone(house: House, person: Person) -> None:
    """As after the erasure that the backup knows nothing of."""
    assert wrapped_key(house, person.id) == b""
    found = house.auditor.found(f"/v1/beneficiaries/{person.id}")
    assert found["name_latin"] is None
    assert found["erased_on"] is not None
    assert person.balance() == person.agreement
    assert not places_of(house, NAME.encode(), "*.db*")
