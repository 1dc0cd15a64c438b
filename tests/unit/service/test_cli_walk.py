"""Every command, given garbage, or a data folder that cannot be used: words, and a status."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from typer.core import TyperGroup

from service.running.master_key import make_master_key
from tests.support.shell import Ended, Shell, shell
from tests.unit.service.test_cli_entry import ALL

LEAVES = {name: each for name, each in ALL.items() if not isinstance(each, TyperGroup)}
PRINTS = {"openapi", "path", "page", "notify test"}
"""What has no use for a data folder."""
WANTED = {
    "audit export": ("all.tar",),
    "key create": ("--role", "auditor", "--label", "a-label"),
    "key revoke": (str(uuid4()),),
    "password invite": ("a-label",),
    "password end": ("a-label",),
    "page": ("events",),
    "demo": ("--exit",),
}
"""What they do not go without."""
NO_WORDS = re.compile(r"Traceback|frames|reference [0-9a-f]{8}|[a-z]Error\b")
OF_ITS_OWN = {"up": ["jisr.lock"], "demo": ["jisr.lock", "up.log"]}
"""What somebody leaves where nothing could be started."""


@pytest.fixture(scope="module")
def user() -> Iterator[Shell]:
    with shell() as started:
        yield started


def assert_words(ended: Ended, *statuses: int) -> None:
    assert ended.status in statuses, ended
    assert NO_WORDS.search(ended.out + ended.err) is None, ended
    assert len((ended.out + ended.err).split()) > 3, ended


def garbage_for(command: Any) -> Iterator[list[str]]:
    """Words that it cannot take: one of a kind that is none, one too many, each value no value."""
    yield ["--no-such-option"]
    yield ["one", "two", "three"]
    for each in command.params:
        if each.param_type_name != "option" or each.is_flag:
            continue
        yield [each.opts[0]]
        yield [each.opts[0], ""]
        yield [each.opts[0], "~nobody-of-that-name\x07\n"]


@pytest.mark.parametrize("name", LEAVES)
def test_garbage_is_refused_in_words(user: Shell, name: str) -> None:
    for words in garbage_for(LEAVES[name]):
        nowhere = ["--data", "/proc/nowhere"] if name not in PRINTS | {"path"} else []
        given = [*name.split(), *words, *(nowhere if "--data" not in words else [])]
        assert_words(user.jisr(*given), 1, 2)


@pytest.mark.parametrize("name", [each for each in ALL if each not in LEAVES] + [""])
def test_a_group_shows_what_there_is_in_it(user: Shell, name: str) -> None:
    assert_words(user.jisr(*name.split()), 0, 2)
    assert_words(user.jisr(*name.split(), "no-such-command"), 2)


@pytest.mark.parametrize("name", LEAVES)
def test_the_help_of_every_command_is_shown(user: Shell, name: str) -> None:
    for option in ("--help", "-h"):
        shown = user.jisr(*name.split(), option, COLUMNS="200")
        assert_words(shown, 0)
        assert f"jisr {name}" in shown.out


def missing(folder: Path) -> None:
    folder.rmdir()


def empty(_: Path) -> None:
    """As it was made."""


def a_file(folder: Path) -> None:
    folder.rmdir()
    folder.write_text("nothing of Jisr's\n")


def closed(folder: Path) -> None:
    folder.chmod(0o000)


def read_only(folder: Path) -> None:
    make_master_key(folder / "master.key")
    folder.chmod(0o500)


def without_a_key(folder: Path) -> None:
    (folder / "ledger.db").write_bytes(b"garbage")


def garbled(folder: Path) -> None:
    make_master_key(folder / "master.key")
    for name in ("ledger.db", "keys.db"):
        (folder / name).write_bytes(os.urandom(9000))


def below_a_file(folder: Path) -> None:
    folder.rmdir()
    folder.parent.joinpath("file").touch()
    folder.symlink_to(folder.parent / "file" / "data")


LIKE_OTHERS = [a_file, closed, without_a_key, below_a_file]
"""Each command is told of these in the way of one of the rest."""
STATES = [
    *(missing, empty, read_only, garbled),
    *(pytest.param(state, marks=pytest.mark.rare) for state in LIKE_OTHERS),
]
MAKES = {"up", "demo"}
"""What begins an installation where there is none."""


@pytest.mark.parametrize("state", STATES)
def test_a_data_folder_that_cannot_be_used_is_said_by_every_command(
    user: Shell, state: Callable[[Path], None]
) -> None:
    for name in LEAVES.keys() - PRINTS:
        if name in MAKES and state in (missing, empty):
            continue
        place = user.home / f"{state.__name__}-{name.replace(' ', '-')}"
        folder = place / "data"
        folder.mkdir(parents=True, mode=0o700)
        state(folder)
        before = {each.name for each in place.rglob("*")}
        ended = user.jisr(*name.split(), *WANTED.get(name, ()), "--data", str(folder))
        assert_words(ended, 1, 2)
        if folder.is_dir():
            folder.chmod(0o700)
        made = {each.name for each in place.rglob("*")} - before
        assert made <= {*OF_ITS_OWN.get(name, ())}, name


def test_the_user_is_kept_from_files_as_root_is_not(user: Shell) -> None:
    (user.home / "closed").touch(mode=0o000)
    program = f"import os; print(os.access({str(user.home / 'closed')!r}, os.R_OK))"
    assert user.python(program).out == "False\n"
