"""A data folder's name is a path like any other: what is made lands in it, and nowhere else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.paths import whole_path
from service.running.folder import LONGEST
from service.running.master_key import make_master_key
from tests.support.shell import Shell, shell

NAMES = ["a#b?mode=ro%20&c;", "'a' \"b\" \\", "-a [red]\nb", ":memory:", "ملف été", "~nobody"]


@pytest.fixture(scope="module")
def user() -> Iterator[Shell]:
    with shell() as started:
        yield started


def assert_used(user: Shell, folder: Path, said: str, **environment: str) -> None:
    """A key made there is listed from there, and the folder is its owner's alone."""
    folder.mkdir(parents=True, mode=0o700)
    make_master_key(folder / "master.key")
    before = {each for each in user.home.rglob("*") if folder not in each.parents}
    where = [] if environment else [f"--data={said}"]
    made = user.jisr("key", "create", "--role=auditor", "--label=a-label", *where, **environment)
    assert made.status == 0, made
    assert made.out.startswith("jisr_"), made
    listed = user.jisr("key", "list", *where, **environment)
    assert listed.out.count("a-label") == 1, listed
    assert {"ledger.db", "keys.db"} <= {each.name for each in folder.iterdir()}
    assert {each for each in user.home.rglob("*") if folder not in each.parents} == before
    assert [each for each in folder.rglob("*") if each.stat().st_mode & 0o077] == []


@pytest.mark.parametrize("name", NAMES)
def test_whatever_its_characters_mean_elsewhere(user: Shell, name: str) -> None:
    folder = user.home / "whole" / name
    assert_used(user, folder, str(folder))
    doctor = user.jisr("doctor", "--data", str(folder))
    assert "BROKEN  ledger" not in doctor.out, doctor
    assert f"{folder} is its owner's alone" in doctor.out, doctor


def test_a_name_that_is_no_text_is_refused() -> None:
    for given in ("/srv/\udce9", Path("\udce9")):
        with pytest.raises(ValueError, match="no text in UTF-8"):
            whole_path(given)


def test_it_is_named_from_where_one_is_and_from_ones_home(user: Shell) -> None:
    home = user.home
    for folder, said in (
        (home / "one", "one"),
        (home / "two", "two///"),
        (home / "three", "./three/."),
        (home / "four", "~/four"),
        (home / "~", "./~"),
    ):
        assert_used(user, folder, said)
    assert_used(user, home / "five", "", JISR_DATA="~/five")
    assert_used(user, home / "six", "", JISR_DATA="six/")


def test_by_a_link_the_folder_it_leads_to_is_used(user: Shell) -> None:
    for name in ("link", "link of a link"):
        (user.home / name).symlink_to("linked" if name == "link" else "link")
    folder = user.home / "linked"
    folder.mkdir(mode=0o700)
    make_master_key(folder / "master.key")
    for name in ("link", "link of a link"):
        made = user.jisr("key", "create", "--role=auditor", "--label=a-label", "--data", name)
        assert made.status == 0, made
    assert {"ledger.db", "keys.db"} <= {each.name for each in folder.iterdir()}


def test_a_long_path_is_used_and_one_that_is_too_long_for_sqlite_is_said(user: Shell) -> None:
    long = user.home / ("l" * 200)
    rest = LONGEST - len(str(long)) - 1
    assert_used(user, long / ("x" * rest), str(long / ("x" * rest)))
    for command in ("up", "key list", "doctor", "demo --exit"):
        place = long / ("y" * 200) / "z"
        said = user.jisr(*command.split(), "--data", str(place))
        assert said.status in (1, 2), said
        assert f"{len(str(place))} bytes" in said.out + said.err, said
        assert not (long / ("y" * 200)).exists()
