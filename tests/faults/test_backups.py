"""Files that are gone, or came back from a backup of another moment."""

import shutil
import threading
from contextlib import closing
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.errors import LedgerLost
from domain.example.beside import register_beneficiary
from domain.example.person import EXAMPLE
from domain.message import (
    Actor,
    Command,
    Origin,
    OriginKind,
    Role,
    StreamKind,
    stream_id,
)
from ledger.ledger import Ledger
from projections.projector import Projector
from projections.rebuilding.rebuild import rebuild
from service.bootstrap import opened_ledger, opened_views
from service.running.faults import OperatorError
from service.running.founding import ensure_administrator
from service.running.holidays import open_calendar
from service.running.master_key import ensure_master_key
from service.settings import Settings
from tests.integration.projections.contents import contents
from tests.support.commands import jisr
from tests.support.waiting import until


def remove(data: Path, pattern: str) -> None:
    files = list(data.glob(pattern))
    assert files
    for file in files:
        file.unlink()


@pytest.fixture
def begun(tmp_path: Path) -> Settings:
    """An installation after its first start."""
    settings = Settings(data=tmp_path)
    ensure_master_key(settings)
    with opened_ledger(settings) as ledger:
        ensure_administrator(ledger, settings, date(2024, 1, 2))
    return settings


@pytest.mark.parametrize("lost", ["keys.db", "ledger.db"])
def test_neither_the_ledger_nor_its_keys_are_made_anew_in_silence(
    lost: str, begun: Settings
) -> None:
    remove(begun.data, f"{lost}*")
    for part in ("up", "worker"):
        ended = jisr(part, "--data", str(begun.data))
        assert ended.returncode == 1
        assert f"{lost} is missing" in ended.stderr
        assert "Traceback" not in ended.stderr
    assert not (begun.data / lost).exists()


def test_an_empty_key_store_is_not_taken_for_that_of_a_ledger_with_events(begun: Settings) -> None:
    """A file that was cut short to nothing, say: new keys in it would hide that the old are gone."""
    whole = begun.data / "saved.db"
    (begun.data / "keys.db").rename(whole)
    (begun.data / "keys.db").touch(mode=0o600)
    for _ in range(2):
        with pytest.raises(OperatorError, match=r"keys.db is empty"), opened_ledger(begun):
            pass
    whole.rename(begun.data / "keys.db")
    with opened_ledger(begun) as ledger:
        register(ledger, 1)


def project(settings: Settings, ledger: Ledger) -> None:
    """A projector's life, from its start until it is level; then its views are right."""
    stop = threading.Event()
    with (
        opened_views(settings) as views,
        closing(Projector(ledger, views, open_calendar(None))) as projector,
    ):
        running = threading.Thread(target=projector.run, args=(stop,))
        running.start()
        try:
            until(lambda: views.position() == ledger.head(), "the projector is not level")
        finally:
            stop.set()
            running.join()
        live = contents(views)
        rebuild(ledger, views, open_calendar(None))
        assert contents(views) == live


def register(ledger: Ledger, count: int) -> None:
    for _ in range(count):
        person = stream_id(StreamKind.BENEFICIARY, uuid4())
        actor = Actor(id=UUID(int=7), role=Role.CASEWORKER, centre=EXAMPLE.centre)
        origin = Origin(kind=OriginKind.IMPORT)
        step = register_beneficiary(card=uuid4().hex)
        ledger.record(Command(id=uuid4(), target=person, step=step, actor=actor, origin=origin))


def test_views_ahead_of_a_ledger_that_was_brought_back_are_made_anew(begun: Settings) -> None:
    saved = begun.data / "saved.db"
    with opened_ledger(begun) as ledger:
        register(ledger, 2)
    shutil.copy(begun.data / "ledger.db", saved)
    with opened_ledger(begun) as ledger:
        register(ledger, 3)
        project(begun, ledger)
    remove(begun.data, "ledger.db*")
    shutil.copy(saved, begun.data / "ledger.db")
    with opened_ledger(begun) as ledger:
        project(begun, ledger)
        with pytest.raises(LedgerLost):  # what the views remembered is gone
            register(ledger, 1)
        ledger.upkeep.accept_loss()
        register(ledger, 1)
        project(begun, ledger)


@pytest.mark.parametrize("lost", ["views_*-*", "views*"])
def test_views_whose_files_are_gone_are_made_anew(lost: str, begun: Settings) -> None:
    with opened_ledger(begun) as ledger:
        register(ledger, 2)
        project(begun, ledger)
        remove(begun.data, lost)
        project(begun, ledger)


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 500, None])
def test_views_whose_file_is_damaged_are_made_anew(damage: bytes | None, begun: Settings) -> None:
    """Cut short to nothing, another thing's, or with its first pages only."""
    with opened_ledger(begun) as ledger:
        register(ledger, 2)
        project(begun, ledger)
        (file,) = {path.resolve() for path in begun.data.glob("views*.db")}
        for beside in begun.data.glob(f"{file.name}-*"):
            beside.unlink()
        file.write_bytes(file.read_bytes()[:4096] if damage is None else damage)
        project(begun, ledger)


def test_the_operator_accepts_a_lost_tail_after_the_doctor_named_it(begun: Settings) -> None:
    saved = begun.data / "saved.db"
    shutil.copy(begun.data / "ledger.db", saved)

    def said(*arguments: str) -> str:
        return jisr(*arguments, "--data", str(begun.data)).stdout

    assert "Nothing is known to be lost" in said("ledger", "accept")
    with opened_ledger(begun) as ledger:
        register(ledger, 1)
        remove(begun.data, "ledger.db*")
        shutil.copy(saved, begun.data / "ledger.db")
        with pytest.raises(LedgerLost):
            register(ledger, 1)
        assert "entries are gone" in said("doctor")
        assert "goes on from there" in said("ledger", "accept")
        register(ledger, 1)
    assert "entries are gone" not in said("doctor")
