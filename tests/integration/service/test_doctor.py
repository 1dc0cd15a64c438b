"""The doctor, called to installations in every state: it says what is wrong, and changes nothing."""

import json
import os
import shutil
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from domain.message import Role
from domain.values.calendar import local_date
from ledger.following.erasing import ERASURES
from ledger.store import Mark
from projections.projector import Projector
from service.bootstrap import opened_ledger, opened_views
from service.cli.ending import _status
from service.cli.entry import app
from service.notify.filling import NOTICES
from service.running.doctor import examine as doctor
from service.running.doctor import ground
from service.running.doctor.examine import examine, examine_given
from service.running.doctor.finding import (
    STATUS,
    WEIGHT,
    Finding,
    Part,
    Severity,
    warning,
    well,
    worst_of,
)
from service.running.doctor.progress import look
from service.running.doctor.report import as_json, as_text
from service.running.founding import (
    Post,
    create_key,
    directory,
    ensure_administrator,
    revoke_key,
)
from service.running.holidays import open_calendar
from service.running.master_key import make_master_key
from service.settings import Settings
from tests.integration.service.conftest import Office
from tests.support.damage import (
    Damage,
    a_folder,
    cut_in_its_head,
    cut_short,
    emptied,
    foreign,
    garbage,
    missing,
    overwritten,
)
from tests.support.days import today
from tests.support.traces import traces
from tests.support.waiting import until
from workflows.batch.forgetting import LISTS
from workflows.refreshing import WORKFLOWS

AWAY = "127.0.0.1:9"
FILES = ["ledger.db", "keys.db"]
SAID_WHERE_WRONG = {
    *("settings", "ledger's tail", "views", "sign-ins", "passwords", "holidays"),
}
"""Parts of which nothing is said as long as they are well."""
EVENTS = 3
"""Of a new installation: its first administrator, their key, and that it was issued."""


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation that was stopped as soon as it was founded, with level views."""
    folder = tmp_path_factory.mktemp("stopped")
    settings = Settings(data=folder)
    make_master_key(settings.master_key)
    with opened_ledger(settings) as ledger, opened_views(settings) as views:
        ensure_administrator(ledger, settings, local_date(datetime.now(UTC)))
        with closing(Projector(ledger, views, open_calendar())) as projector:
            projector.run_once()
        last = ledger.feed.stored(EVENTS)
        assert last
        ledger.sealed.catch_up()
        ledger.sealed.checkpoint()
        with closing(ledger.feed.tracking()) as tracking:
            for follower in (ERASURES, LISTS, WORKFLOWS, NOTICES):
                tracking.move(follower, Mark.of(EVENTS, last))
    (folder / "administrator.key").unlink()  # as it is told to be
    return folder


@pytest.fixture
def folder(stopped: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(stopped, tmp_path / "data", symlinks=True))


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second look follows the first at once: mostly nobody is at work."""
    monkeypatch.setattr(doctor, "MOVES_WITHIN", 0.1)


def looked(folder: Path) -> dict[Part, Finding]:
    """What is found, the worst of each part; nothing of the folder is changed."""
    before = traces(folder)
    with free_port() as port:
        found = examine(Settings(data=folder, temporal_address=AWAY, port=port))
    assert traces(folder) == before
    assert all(bool(each.advice) is not each.is_well for each in found)
    order = [(-STATUS[each.severity], WEIGHT[each.part]) for each in found]
    assert order == sorted(order)
    worst: dict[Part, Finding] = {}
    for each in found:
        worst.setdefault(each.part, each)
    return worst


@contextmanager
def free_port() -> Iterator[int]:
    with socket.socket() as reserved:  # bound, and nobody listens
        reserved.bind(("127.0.0.1", 0))
        yield reserved.getsockname()[1]


def test_a_stopped_installation_lacks_its_processes_and_nothing_else(folder: Path) -> None:
    found = looked(folder)
    wrong = {part for part, each in found.items() if not each.is_well}
    assert wrong - {Part.DISK} == {Part.TEMPORAL, Part.API}
    assert f"position {EVENTS}" in found[Part.LEDGER].found
    assert "jisr up" in found[Part.API].advice


def test_it_says_when_nobody_will_be_left_who_can_give_keys(folder: Path) -> None:
    day, settings = today(), Settings(data=folder)
    assert looked(folder)[Part.ADMINISTRATORS].is_well
    for days, severity in (
        (30, Severity.WARNING),
        (31, Severity.WELL),
        (None, Severity.BROKEN),
    ):
        with opened_ledger(settings) as ledger:
            for key in directory(ledger).keys.values():
                if key.opens(day):
                    revoke_key(ledger, day, key.key_id)
            if days is not None:
                post = Post("administrator-2", Role.ADMINISTRATOR, None)
                create_key(ledger, day, post, day + timedelta(days=days))
        found = looked(folder)[Part.ADMINISTRATORS]
        assert found.severity is severity, found
        assert ("jisr key create --role administrator" in found.advice) is not found.is_well
        assert f"in {days} days" in found.found or days is None


def test_what_was_not_there_before_the_doctor_is_not_there_after(tmp_path: Path) -> None:
    for folder in (tmp_path / "missing", tmp_path / "empty"):
        if folder.name == "empty":
            folder.mkdir(mode=0o700)
        found = looked(folder)
        assert not found[Part.LEDGER].is_well
        assert "jisr up" in found[Part.LEDGER].advice
        assert not found[Part.MASTER_KEY].is_well
    assert [each.name for each in tmp_path.iterdir()] == ["empty"]


DAMAGE = [cut_short, cut_in_its_head, emptied, garbage, foreign, missing, a_folder, overwritten]


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_named_by_the_doctor_and_by_every_command(
    folder: Path,
    name: str,
    damage: Damage,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    damage(folder / name)
    found = looked(folder)
    part = Part.LEDGER if name == "ledger.db" else Part.KEYS
    assert not found[part].is_well
    assert str(folder / name) in found[part].found
    assert "could not be looked at (" not in found[part].found
    before = size(folder / name)
    monkeypatch.setenv("JISR_DATA", str(folder))
    command = partial(app, ["key", "create", "--role", "auditor", "--label", "x"])
    assert _status(command) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "unexpected" not in said.err
    assert any(told in said.err for told in (name, "damaged", "does not answer")), said.err
    assert size(folder / name) == before


def size(path: Path) -> int | None:
    return path.stat().st_size if path.exists() else None


@pytest.mark.parametrize("damage", [cut_short, emptied, garbage, foreign, missing])
@pytest.mark.parametrize("name", ["views", "ledger.db.followers"])
def test_what_can_be_made_again_keeps_the_doctor_from_nothing_else(
    folder: Path, name: str, damage: Damage
) -> None:
    if name == "views":
        path = next(each for each in folder.glob("views*-1.db"))
    else:
        path = folder / name
        path.touch()
    damage(path)
    found = looked(folder)
    assert found[Part.LEDGER].is_well
    assert not any("could not be looked at (" in each.found for each in found.values())


@pytest.mark.parametrize("how", ["missing", "garbage", "open", "short", "another"])
def test_a_master_key_that_cannot_be_used_is_said(folder: Path, how: str) -> None:
    path = folder / "master.key"
    if how == "missing":
        path.unlink()
    elif how == "garbage":
        path.write_bytes(os.urandom(100))
    elif how == "short":
        path.write_text("1:00ff\n")
    elif how == "open":
        path.chmod(0o644)
    else:
        path.unlink()
        make_master_key(path)
    found = looked(folder)
    assert not found[Part.LEDGER if how == "another" else Part.MASTER_KEY].is_well
    assert not any("could not be looked at (" in each.found for each in found.values())


def test_keys_of_another_installation_are_said(folder: Path, tmp_path: Path) -> None:
    other = Settings(data=tmp_path / "other", master_key_file=folder / "master.key")
    other.data.mkdir(mode=0o700)
    with opened_ledger(other):
        pass
    shutil.copy(other.data / "keys.db", folder / "keys.db")
    found = looked(folder)
    assert any("belong together" in each.advice for each in found.values() if not each.is_well)


def test_an_open_folder_is_said_and_left(folder: Path) -> None:
    folder.chmod(0o755)
    assert "others can look into it" in looked(folder)[Part.FOLDER].found


def test_a_projector_that_stands_still_is_told_from_one_that_moves(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data=folder)
    with opened_ledger(settings) as ledger:
        post = Post("later", Role.AUDITOR, None)
        create_key(ledger, local_date(datetime.now(UTC)), post, None)
    assert looked(folder)[Part.PROJECTOR].found == "3 events behind, and not moving"

    def project() -> None:
        with (
            opened_ledger(settings) as ledger,
            opened_views(settings) as views,
            closing(Projector(ledger, views, open_calendar())) as projector,
        ):
            projector.run_once()

    def look_and_project(*given: Any) -> Any:
        """Between the two looks somebody projects."""
        seen = look(*given)
        monkeypatch.setattr(doctor, "look", look)
        project()
        return seen

    monkeypatch.setattr(doctor, "look", look_and_project)
    found = examine(settings.model_copy(update={"temporal_address": AWAY}))
    assert next(each for each in found if each.part is Part.PROJECTOR).is_well


def test_views_that_know_more_than_the_ledger_are_a_lost_tail(folder: Path) -> None:
    (views,) = folder.glob("views*-1.db")
    with closing(sqlite3.connect(views)) as connection, connection:
        connection.execute("UPDATE state SET position = 7")
    found = looked(folder)
    assert "position 7 that the ledger has not" in found[Part.TAIL].found
    assert "jisr ledger accept" in found[Part.TAIL].advice


def test_another_program_on_the_port_is_named_by_its_process(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        found = examine(Settings(data=folder, temporal_address=AWAY, port=port))
    api = next(each for each in found if each.part is Part.API)
    assert not api.is_well
    assert f"(process {os.getpid()}) is no Jisr" in api.found


def test_another_installations_api_is_not_taken_for_this_ones(office: Office, folder: Path) -> None:
    found = examine(Settings(data=folder, temporal_address=AWAY, port=office.system.port))
    api = next(each for each in found if each.part is Part.API)
    assert not api.is_well
    assert "another installation's API" in api.found


def test_a_running_installation_is_well_in_every_part(office: Office) -> None:
    report: dict[str, Any] = {}

    def is_well() -> bool:
        """A busy machine may have somebody behind, or answer late."""
        report.update(json.loads(as_json(examine(Settings(data=office.system.data)))))
        return all(each["severity"] == "well" for each in report["findings"])

    until(is_well, lambda: f"something is wrong: {report}")
    parts = {each["part"]: each for each in report["findings"]}
    assert set(parts) == {str(part) for part in Part} - SAID_WHERE_WRONG
    assert "steps can be taken" in parts["API"]["found"]
    assert (report["version"], report["severity"]) == (1, "well")
    assert report.keys() == {"version", "severity", "findings"}
    assert all(
        each.keys() == {"part", "severity", "found", "advice"} for each in report["findings"]
    )


def test_how_bad_it_is_is_said_to_people_and_programs_and_by_the_end(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stopped installation is broken; one with a wrong variable alone would be a warning."""
    assert _status(partial(app, ["doctor", "--json", "--data", str(folder)])) == 2
    report = json.loads(capsys.readouterr().out)
    assert report["severity"] == "broken"
    severities = [each["severity"] for each in report["findings"]]
    assert severities == sorted(severities, key=["broken", "warning", "well"].index)
    slight = warning(Part.SETTINGS, "JISR_X is none", "see to it")
    assert worst_of([slight, well(Part.DISK, "room")]) is Severity.WARNING
    assert as_text([slight]) == "WARNING  settings: JISR_X is none\n      → see to it"
    assert STATUS == {Severity.WELL: 0, Severity.WARNING: 1, Severity.BROKEN: 2}


def test_a_part_that_hangs_keeps_no_other_from_being_looked_at(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    def disks(_: Settings) -> Iterator[Finding]:
        yield warning(Part.DISK, "nearly full", "make room")
        ended.wait(90)

    monkeypatch.setattr(ground, "disks", disks)
    for within in (2.0, 20.0):  # a busy machine takes its time over the others
        monkeypatch.setattr(doctor, "WITHIN", within)
        found = looked(folder)
        if found[Part.LEDGER].is_well:
            break
    monkeypatch.setattr(doctor, "WITHIN", 2.0)
    house = Settings(data=folder, temporal_address=AWAY)
    told = [each.found for each in examine(house) if each.part is Part.DISK]
    ended.set()
    assert "does not come to an end" in told[0]
    assert told[1] == "nearly full"
    assert found[Part.LEDGER].is_well


def test_settings_are_looked_at_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JISR_DATABSE_URL", "x")
    monkeypatch.setenv("JISR_TEMPORAL_ADDRESS", AWAY)
    found = [each for each in examine_given({"data": folder}) if each.part is Part.SETTINGS]
    assert [each.is_well for each in found] == [False]
    assert found[0].advice == "it may be meant for JISR_DATABASE_URL"
    monkeypatch.setenv("JISR_PORT", "many")
    said = as_text(examine_given({"data": folder}))
    assert "BROKEN  settings: JISR_PORT: it is a whole number" in said


def test_a_ledger_that_was_rewritten_or_lies_beside_other_secrets_is_named(folder: Path) -> None:
    assert looked(folder)[Part.PROOF].is_well
    with closing(sqlite3.connect(folder / "ledger.db.proof")) as owner, owner:
        sent = ("receipts", "file:///elsewhere", 1, None, None, "folder_missing")
        owner.execute("INSERT INTO sendings VALUES (?, ?, ?, ?, ?, ?)", sent)
    assert "did not take checkpoint 1 of receipts" in looked(folder)[Part.PROOF].found
    with closing(sqlite3.connect(folder / "ledger.db.proof")) as owner, owner:
        owner.execute("DELETE FROM sendings")
    ledger, keys = folder / "ledger.db", folder / "keys.db"
    whole = ledger.read_bytes(), keys.read_bytes()
    with closing(sqlite3.connect(keys)) as store, store:
        store.execute("DELETE FROM secrets WHERE name = 'signing-1'")
    assert "another key store" in looked(folder)[Part.PROOF].found
    keys.write_bytes(whole[1])
    for sql in (
        "UPDATE stored_events SET originator_version = originator_version + 1 WHERE position = ?",
        "UPDATE stored_events SET state = CAST(state || ' ' AS BLOB) WHERE position = ?",
        "DELETE FROM stored_events WHERE position = ?",
    ):
        with closing(sqlite3.connect(ledger)) as owner, owner:
            owner.execute("DROP TRIGGER stored_events_no_update")
            owner.execute("DROP TRIGGER stored_events_no_delete")
            owner.execute(sql, (EVENTS,))
        assert "not the one that was sealed" in looked(folder)[Part.PROOF].found, sql
        ledger.write_bytes(whole[0])
    with closing(sqlite3.connect(folder / "ledger.db.proof")) as owner, owner:
        owner.execute("UPDATE heads SET note = replace(note, 'jisr/', 'risj/')")
    assert "does not agree" in looked(folder)[Part.PROOF].found
    with closing(sqlite3.connect(folder / "ledger.db.proof")) as owner, owner:
        owner.execute("DELETE FROM heads")
    assert "is gone or older" in looked(folder)[Part.PROOF].found
    with closing(sqlite3.connect(folder / "ledger.db.proof")) as owner, owner:
        owner.execute("DROP TRIGGER checkpoints_no_delete")
        for table in ("checkpoints", "tiles", "signing_keys"):
            owner.execute(f"DELETE FROM {table}")  # noqa: S608 (of those named)
    assert "is gone" in looked(folder)[Part.PROOF].found
    for file in folder.glob("ledger.db.proof*"):
        file.unlink()
    found = looked(folder)[Part.PROOF]
    assert (found.severity, found.found) == (Severity.BROKEN, "what was sealed is gone")
