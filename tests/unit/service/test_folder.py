"""The data folder is its owner's alone, or is refused in words that say what to do."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from service.running.faults import OperatorError, in_words
from service.running.folder import close, held, wrong_with


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_one_that_is_made_is_its_owners_alone(tmp_path: Path) -> None:
    with held(tmp_path / "parent" / "data"):
        assert mode(tmp_path / "parent" / "data") == 0o700


def test_an_open_one_that_is_empty_or_jisrs_is_closed(tmp_path: Path) -> None:
    for name, sign in (("empty", None), ("ours", "master.key")):
        folder = tmp_path / name
        folder.mkdir()
        folder.chmod(0o755)
        if sign:
            (folder / sign).touch()
        close(folder)
        assert mode(folder) == 0o700


def test_an_open_one_that_holds_other_things_is_refused_and_left(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "recipes.txt").touch()
    with pytest.raises(OperatorError, match="holds other things"), held(tmp_path):
        pass
    assert mode(tmp_path) == 0o755
    assert [each.name for each in tmp_path.iterdir()] == ["recipes.txt"]


def test_everybodys_folder_is_refused_even_with_a_ledger_in_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    (tmp_path / "ledger.db").touch()
    with pytest.raises(OperatorError, match="holds other things"):
        close(tmp_path)
    assert mode(tmp_path) == 0o1777


def a_file(place: Path) -> Path:
    place.touch()
    return place


def below_a_file(place: Path) -> Path:
    place.touch()
    return place / "data"


def below_proc(_: Path) -> Path:
    """No folder can be made there, whoever asks."""
    return Path("/proc/nowhere/data")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (a_file, "is a file: move it"),
        (below_a_file, "a file stands where a folder should"),
        (below_proc, "cannot be made"),
    ],
)
def test_what_is_no_folder_is_said(tmp_path: Path, make: Callable[[Path], Path], says: str) -> None:
    place = make(tmp_path / "place")
    with pytest.raises(OperatorError, match=says), held(place):
        pass


def test_a_missing_one_is_said_to_who_does_not_make_it(tmp_path: Path) -> None:
    assert "start `jisr up` once" in (wrong_with(tmp_path / "missing") or "")
    assert wrong_with(tmp_path) is None


def test_another_users_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 4_000_000)
    wrong = wrong_with(tmp_path) or ""
    assert "sudo -u" in wrong
    assert "user 4000000" in wrong


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "the disk is full: free some space"),
        (errno.EROFS, "can only be read"),
        (errno.EACCES, "run Jisr as whoever the folder belongs to"),
        (errno.EIO, "the disk answers with errors"),
        (errno.EXDEV, os.strerror(errno.EXDEV)),
    ],
)
def test_what_a_file_system_refuses_is_said_with_the_file(number: int, says: str) -> None:
    said = in_words(OSError(number, os.strerror(number), "/srv/jisr/ledger.db"))
    assert said.startswith("/srv/jisr/ledger.db: ")
    assert says in said
