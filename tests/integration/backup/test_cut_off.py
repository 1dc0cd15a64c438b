"""A restore that is killed anywhere is run again, and what was there before it, or is now, is whole."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.running.backup.erased import register_of
from service.running.faults import OperatorError
from tests.integration.backup.conftest import Installation


class Killed(BaseException):
    """As by SIGKILL: nothing is put in order."""


def killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file system's changes go on up to one."""
    left = [step]

    def counted(do: Callable[..., Any]) -> Callable[..., Any]:
        def done(*given: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return do(*given)

        return done

    monkeypatch.setattr("service.running.backup.on_files.shutil.move", counted(shutil.move))
    monkeypatch.setattr(Path, "replace", counted(Path.replace))


@pytest.mark.rare
@pytest.mark.parametrize("step", range(14))
def test_it_is_taken_up_again(
    step: int, files: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, erased = files.register(2)
    files.back_up("whole")
    later = files.register()[0]
    with files.ledger() as ledger:
        register_of(files.settings, ledger).add([erased])
    with monkeypatch.context() as patched:
        killed_at(step, patched)
        try:
            files.restore("whole", over_newer=True)
        except Killed:
            with pytest.raises(OperatorError, match=r"jisr restore"), files.ledger():
                pass
            patched.undo()
            files.restore("whole")
    assert files.name_of(before)
    assert files.name_of(later) is None
    assert files.name_of(erased) is None
    assert not list(files.settings.data.glob("*restor*"))
