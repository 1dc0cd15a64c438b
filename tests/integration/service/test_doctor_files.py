"""The doctor at each file of a data folder, in each way that a file comes to harm.

The folder is a killed installation's: its databases have their logs beside them.
"""

import asyncio
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from service.running.doctor import examine as doctor
from service.running.doctor.examine import examine
from service.running.doctor.finding import Finding, Part
from service.settings import Settings
from tests.support import damage
from tests.support.damage import Damage
from tests.support.shell import Shell, shell
from tests.support.system import ROOT
from tests.support.traces import traces
from workflows.server.embedded import EmbeddedServer

AWAY = "127.0.0.1:9"
KILLED = """
import os, sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from domain.message import Actor, Role
from ledger.following.erasing import ERASURES
from ledger.store import Mark
from projections.projector import Projector
from service.bootstrap import opened_ledger, opened_views
from service.identity.sign_ins.store import SignIns
from service.running.founding import Post, create_key, ensure_administrator
from service.running.holidays import open_calendar
from service.running.master_key import make_master_key
from service.running.upgrading import at_work
from service.settings import Settings
from service.notify.filling import NOTICES
from workflows.batch.forgetting import LISTS
from workflows.refreshing import WORKFLOWS

os.umask(0o077)
settings = Settings(data=Path(sys.argv[1]))
make_master_key(settings.master_key)
now = datetime.now(UTC)
with opened_ledger(settings) as ledger, opened_views(settings) as views, at_work(settings, "api"):
    ensure_administrator(ledger, settings, now.date())
    create_key(ledger, now.date(), Post("auditor-1", Role.AUDITOR, None), None)
    ledger.sealed.catch_up()
    head = ledger.head()
    tracking = ledger.feed.tracking()
    for follower in (ERASURES, LISTS, WORKFLOWS, NOTICES):
        tracking.move(follower, Mark.of(head, ledger.feed.stored(head)))
    actor = Actor(id=UUID(int=7), role=Role.AUDITOR, credential=UUID(int=8))
    SignIns(settings.sign_ins, bytes(32)).begin(actor, "Firefox", now)
    Projector(ledger, views, open_calendar()).run_once()
    os._exit(0)
"""
DATABASES = {
    "ledger.db": {Part.LEDGER},
    "keys.db": {Part.KEYS},
    "views": {Part.VIEWS, Part.PROJECTOR},
    "ledger.db.followers": {Part.ERASING, Part.FORGETTING, Part.TELLING, Part.NOTICES},
    "ledger.db.proof": {Part.PROOF},
    "sign_ins.db": {Part.SIGN_INS},
    "temporal.db": {Part.TEMPORAL},
}
LOGS = {
    f"{name}-wal": DATABASES[name]
    for name in ("ledger.db", "views", "ledger.db.followers", "ledger.db.proof", "sign_ins.db")
}
"""What is not in the file itself yet; of the others all is."""
TEXTS = {
    "master.key": {Part.MASTER_KEY},
    "holidays.json": {Part.HOLIDAYS},
    "temporal.address": {Part.TEMPORAL},
    "temporal.version": {Part.TEMPORAL},
    "temporal.lock": {Part.TEMPORAL},
    "api.address": {Part.API},
    "api.log": {Part.FOLDER},
    "jisr.lock": {Part.FOLDER},
}
FILES = DATABASES | LOGS | TEXTS
DAMAGE = [
    *(damage.missing, damage.emptied, damage.cut_short, damage.cut_in_its_head),
    *(damage.garbage, damage.overwritten, damage.foreign, damage.a_folder),
]
WRITTEN_ANEW = {"temporal.lock", "temporal.version", "api.log", "jisr.lock"}
"""Of no meaning by what is in them, or there is none without harm."""
NONE_IS_WELL = WRITTEN_ANEW | {"temporal.address", "api.address", "sign_ins.db", "temporal.db"}
"""Whoever needs one makes it."""
EMPTY_IS_WELL = WRITTEN_ANEW | {"sign_ins.db", "temporal.db"}
IN_THE_LOG = {"sign_ins.db", "ledger.db", "ledger.db.proof"}
"""All that is in them is in their logs too."""


WELL: dict[Damage, set[str]] = {
    damage.missing: NONE_IS_WELL | LOGS.keys(),
    damage.emptied: EMPTY_IS_WELL | LOGS.keys(),
    damage.cut_in_its_head: IN_THE_LOG | WRITTEN_ANEW | LOGS.keys(),
    damage.cut_short: IN_THE_LOG | WRITTEN_ANEW | LOGS.keys(),
    damage.garbage: IN_THE_LOG | WRITTEN_ANEW,
    damage.overwritten: {"sign_ins.db"} | LOGS.keys(),
    damage.foreign: {"sign_ins.db"} | WRITTEN_ANEW | LOGS.keys(),
    damage.a_folder: set(),
}
"""Of which harm to which file nobody need be told. A log that is gone, or ends early, looks like one
that was brought in."""


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation that was killed."""
    folder = tmp_path_factory.mktemp("killed")
    subprocess.run([sys.executable, "-c", KILLED, str(folder)], cwd=ROOT, check=True, timeout=200)
    with_temporal(folder)
    (folder / "administrator.key").unlink()
    for name, text in (
        ("holidays.json", '{"add": ["2026-03-21"]}'),
        ("temporal.address", AWAY),
        ("api.address", "http://127.0.0.1:9"),
        ("api.log", "{}\n"),
        ("jisr.lock", "1"),
    ):
        (folder / name).write_text(text)
    return folder


def with_temporal(folder: Path) -> None:
    async def start_and_kill() -> None:
        server = EmbeddedServer(folder)
        await server.start()
        await server.kill()

    asyncio.run(start_and_kill())
    with closing(sqlite3.connect(folder / "temporal.db")) as connection:  # it takes the log in
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.fixture
def folder(killed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(killed, tmp_path / "data", symlinks=True))


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "MOVES_WITHIN", 0.0)


def file_of(folder: Path, name: str) -> Path:
    if not name.startswith("views"):
        return folder / name
    (views,) = folder.glob("views*-1.db")
    return views.with_name(views.name + name.removeprefix("views"))


def looked(folder: Path) -> list[Finding]:
    settings = Settings(data=folder, port=9, calendar_file=folder / "holidays.json")
    return [each for each in examine(settings) if not each.is_well]


def strange(found: list[Finding], before: list[Finding]) -> list[Finding]:
    return [each for each in found if each not in before]


def test_every_file_of_the_folder_is_tried(killed: Path) -> None:
    tried = {file_of(killed, name).name for name in FILES}
    found = {each.name for each in killed.iterdir() if each.is_file() and not each.is_symlink()}
    beside = ("-shm", "-journal", ".lock", ".log")
    untried = {name for name in found - tried if not name.endswith(beside)}
    assert untried == set()
    assert tried <= found


@pytest.mark.parametrize("name", FILES)
def test_harm_is_named_with_what_to_do_and_nothing_is_written(folder: Path, name: str) -> None:
    before, whole = looked(folder), folder.with_name("whole")
    shutil.copytree(folder, whole, symlinks=True)
    for how in DAMAGE:
        if how is damage.overwritten and file_of(folder, name).stat().st_size < 8192:
            continue
        how(file_of(folder, name))
        then = traces(folder)
        found = strange(looked(folder), before)
        assert traces(folder) == then
        told = f"{name}, {how.__name__}: {found}"
        assert not any("could not be looked at (" in each.found for each in found), told
        assert all(each.advice for each in found), told
        if name not in WELL[how]:
            assert any(each.part in FILES[name] for each in found), told
        shutil.rmtree(folder)
        shutil.copytree(whole, folder, symlinks=True)


def test_what_another_installation_has_is_not_taken_for_ones_own(
    folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    subprocess.run([sys.executable, "-c", KILLED, str(other)], cwd=ROOT, check=True, timeout=200)
    before = looked(folder)
    for name in ("ledger.db", "keys.db", "master.key", "views"):
        kept = folder.with_name("kept")
        shutil.copytree(folder, kept, symlinks=True)
        for end in ("", "-wal"):
            mine, theirs = (file_of(each, name) for each in (folder, other))
            if theirs.with_name(theirs.name + end).exists():
                shutil.copy(theirs.with_name(theirs.name + end), mine.with_name(mine.name + end))
        assert strange(looked(folder), before), name
        shutil.rmtree(folder)
        kept.rename(folder)


ASKS = """
import json, os, sys
from pathlib import Path
from service.running.doctor import examine as doctor
from service.settings import Settings

doctor.MOVES_WITHIN = 0.0
folder = Path(sys.argv[1])
settings = Settings(data=folder, port=9, calendar_file=folder / "holidays.json")
for path in ("", *sys.argv[2:]):
    mode = (folder / path).stat().st_mode
    if path:
        (folder / path).chmod(0)
    print(json.dumps([[each.part, each.severity, each.found] for each in doctor.examine(settings)]))
    (folder / path).chmod(mode)
"""


@pytest.fixture(scope="module")
def user() -> Iterator[Shell]:
    with shell() as started:
        yield started


def test_an_ordinary_user_is_told_what_they_may_not_read(killed: Path, user: Shell) -> None:
    folder = Path(shutil.copytree(killed, user.home / "data", symlinks=True))
    names = [name for name in FILES if name != "api.log"]
    paths = [str(file_of(folder, name).relative_to(folder)) for name in names]
    asked = user.python(ASKS, str(folder), *paths)
    assert asked.status == 0, asked.err
    before, *told = map(json.loads, asked.out.splitlines())
    assert len(told) == len(names)
    for name, found in zip(names, told, strict=True):
        new = [each for each in found if each not in before and each[1] != "well"]
        assert any(part in FILES[name] for part, _, _ in new), (name, new)
        assert not any("could not be looked at (" in text for _, _, text in new), (name, new)


def test_a_file_where_the_processes_leave_word_is_said(folder: Path) -> None:
    shutil.rmtree(folder / "processes")
    (folder / "processes").touch()
    assert any("processes is a file" in each.found for each in looked(folder))
