"""What is run from a page is run once in the house, though several processes serve the console."""

import sys
from pathlib import Path

import pytest

from ledger.sqlite.turn import SqliteTurn
from service.running.checking import Checking


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that takes its time."""
    command = tmp_path / "slow"
    command.write_text("#!/bin/sh\nexec sleep 30\n")
    command.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(command))


@pytest.mark.usefixtures("slow")
async def test_one_of_a_kind_runs_in_the_house(tmp_path: Path) -> None:
    one, other = (
        Checking(tmp_path, lambda name: SqliteTurn(tmp_path / f"{name}.lock")) for _ in range(2)
    )
    assert await other.running() == ()
    assert await one.start("verify")
    assert not await one.start("verify")
    assert not await other.start("verify")
    assert await other.running() == await one.running() == ("verify",)
    await one.close()
    assert await other.running() == ()
    assert await other.start("verify")
    await other.close()
    with pytest.raises(LookupError):
        await one.start("rebuild")
