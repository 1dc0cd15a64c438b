"""Files that are gone, or came back from a backup of another moment."""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from service.api.examples import EXAMPLES
from service.bootstrap import opened_ledger
from service.founding import ensure_administrator
from service.master_key import ensure_master_key
from service.settings import Settings
from tests.faults.agreement import assert_views_agree
from tests.faults.house import house_on_files
from tests.support.system import ROOT


def remove(data: Path, pattern: str) -> None:
    files = list(data.glob(pattern))
    assert files
    for file in files:
        file.unlink()


@pytest.mark.parametrize("lost", ["keys.db", "ledger.db"])
def test_neither_the_ledger_nor_its_keys_are_made_anew_in_silence(
    lost: str, tmp_path: Path
) -> None:
    settings = Settings(data=tmp_path)
    master_key = ensure_master_key(settings)
    with opened_ledger(settings) as ledger:
        ensure_administrator(ledger, settings, master_key, date(2024, 1, 2))
    remove(tmp_path, f"{lost}*")
    for part in ("up", "worker"):
        command = [sys.executable, "-m", "service", part, "--data", str(tmp_path)]
        ended = subprocess.run(
            command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=60
        )
        assert ended.returncode == 1
        assert f"{lost} is missing" in ended.stderr
        assert "Traceback" not in ended.stderr
    assert not (tmp_path / lost).exists()


def test_views_that_are_gone_or_ahead_of_a_ledger_brought_back_are_made_anew(
    tmp_path: Path,
) -> None:
    with house_on_files(tmp_path, program="service") as house:
        house.system.stop()
        saved = tmp_path / "saved"
        saved.mkdir()
        for file in tmp_path.glob("ledger.db*"):
            shutil.copy(file, saved)
        house.system.start()
        for _ in range(3):
            house.caseworker.step("/v1/beneficiaries", EXAMPLES["register-beneficiary"])
        assert_views_agree(house)
        house.system.stop()
        remove(tmp_path, "ledger.db*")
        for file in saved.iterdir():
            shutil.copy(file, tmp_path)
        house.system.start()
        house.caseworker.step("/v1/beneficiaries", EXAMPLES["register-beneficiary"])
        assert_views_agree(house)
        house.system.stop()
        remove(tmp_path, "views-*.db*")
        house.system.start()
        assert_views_agree(house)
