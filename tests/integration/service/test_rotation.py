"""`jisr keys rotate`: files and keys together, ended at any moment and taken up again."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from domain.errors import KeysOfAnotherLedger, WrongMasterKey
from ledger.ledger import Ledger
from service.bootstrap import opened_ledger
from service.running import rotation
from service.running.doctor.examine import examine
from service.running.doctor.finding import Finding
from service.running.faults import OperatorError
from service.running.master_key import (
    ensure_master_key,
    make_master_key,
)
from service.running.rotation import rotate
from service.settings import Settings
from tests.support import commands

SUBJECT = UUID(int=77)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(data=tmp_path)
    ensure_master_key(made)
    return made


@pytest.fixture
def running(settings: Settings) -> Iterator[Ledger]:
    """A process that was there before, and goes on."""
    with opened_ledger(settings) as ledger:
        ledger._keys.create(SUBJECT)
        yield ledger


def still_reads(ledger: Ledger, plain: bytes) -> bool:
    ledger._keys._kept = {}  # as after five seconds
    return ledger._keys.get(SUBJECT) == plain


def nothing(_: int) -> None:
    pass


def test_the_next_key_takes_the_place_of_the_first_and_the_first_is_written_over(
    settings: Settings, running: Ledger
) -> None:
    plain, path = running._keys.create(SUBJECT).plain, settings.master_key
    first = path.read_bytes()
    with path.open("rb") as held:
        assert rotate(settings, nothing) == 2
        held.seek(0)
        assert held.read() == bytes(len(first))
    assert sorted(file.name for file in path.parent.glob("master.key*")) == ["master.key"]
    assert still_reads(running, plain)
    running._keys.create(UUID(int=78))
    with opened_ledger(settings) as afterwards:
        assert still_reads(afterwards, plain)
    assert rotate(settings, nothing) == 3


STAGES = {
    "before anything is wrapped anew": "rewrap",
    "before the files change places": "_replace",
    "when they have": "_flush",
    "before the first one is written over": "_destroy",
}
"""Where it ends → what of `rotation` is not reached any more."""


@pytest.mark.parametrize("stage", STAGES)
def test_a_rotation_that_was_ended_goes_on_from_there(
    stage: str, settings: Settings, running: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, path = running._keys.create(SUBJECT).plain, settings.master_key

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(rotation, STAGES[stage], killed)
        with pytest.raises(KeyboardInterrupt):
            rotate(settings, nothing)
    assert still_reads(running, plain)
    with opened_ledger(settings) as meanwhile:
        assert still_reads(meanwhile, plain)
    assert any("half replaced" in finding.found for finding in _master_key(settings))
    assert rotate(settings, nothing) == 2
    assert sorted(file.name for file in path.parent.glob("master.key*")) == ["master.key"]
    assert still_reads(running, plain)
    assert not any("half replaced" in finding.found for finding in _master_key(settings))


def _master_key(settings: Settings) -> list[Finding]:
    return [finding for finding in examine(settings) if finding.part == "master key"]


def test_two_rotations_do_not_run_at_once(settings: Settings, running: Ledger) -> None:
    with rotation._alone(settings.data), pytest.raises(OperatorError, match="already"):
        rotate(settings, nothing)


def test_the_command_says_what_it_did(settings: Settings, running: Ledger) -> None:
    done = jisr(settings, "keys", "rotate")
    assert "master key 2" in done.stdout
    assert "Back up" in done.stdout
    assert done.returncode == 0


def test_another_master_key_is_refused_in_words_that_say_what_to_do(settings: Settings) -> None:
    with opened_ledger(settings):
        pass
    settings.master_key.unlink()
    done = jisr(settings, "worker")
    assert "is missing: bring it back from its backup" in done.stderr
    assert "lost for good" in done.stderr
    make_master_key(settings.master_key)
    with pytest.raises(WrongMasterKey), opened_ledger(settings):
        pass
    done = jisr(settings, "worker")
    assert done.returncode == 1
    assert "wrapped by another master key" in done.stderr
    assert "Traceback" not in done.stderr
    findings = [finding for finding in examine(settings) if not finding.is_well]
    assert any("wrapped by another master key" in finding.found for finding in findings)


def test_keys_beside_another_ledger_are_refused_in_words(
    settings: Settings, tmp_path: Path
) -> None:
    with opened_ledger(settings):
        pass
    other = Settings(data=tmp_path / "other")
    ensure_master_key(other)
    with opened_ledger(other):
        pass
    for name in ("keys.db", "master.key"):
        (tmp_path / name).replace(tmp_path / "other" / name)
    with pytest.raises(KeysOfAnotherLedger), opened_ledger(other):
        pass
    done = jisr(other, "worker")
    assert done.returncode == 1
    assert "bring back the two that belong together" in done.stderr


def jisr(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    return commands.jisr(*arguments, "--data", str(settings.data))
