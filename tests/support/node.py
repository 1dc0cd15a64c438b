"""What the tests need of npm, in `.venv/node-…`: installed once, by hashes, and used again.

    python -m tests.support.node    # installs it, or says why it cannot be had

`tests/node/package-lock.json` names every package with its hash and no place to have it from, so
that any registry will do.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

HERE = Path(__file__).parents[1] / "node"
NAMED_BY = ("package.json", "package-lock.json")
INSTALL = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
PATIENCE = 90
"""Seconds for an installation: a registry that does not answer is not waited for."""


class Absent(Exception):
    """There is no npm here, or no registry that answers; says which."""


@cache
def node_folder() -> Path:
    """A folder with the packages, and what `tests/node` has. Raises `Absent`."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise Absent(f"there is no {program} here")
    digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in NAMED_BY))
    folder = Path(sys.prefix) / f"node-{digest.hexdigest()[:12]}"
    with _alone(folder):
        if not (folder / "installed").exists():
            _install(folder)
    for file in HERE.iterdir():
        shutil.copy(file, folder / file.name)
    return folder


@contextmanager
def once(folder: Path, what: str, *inputs: Path) -> Iterator[bool]:
    """Whether it is still to be done with these files as they are; done, once the context is left."""
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in inputs)).hexdigest()
    stamp = folder / f"{what}.stamp"
    to_do = not stamp.exists() or stamp.read_text() != digest
    yield to_do
    if to_do:
        stamp.write_text(digest)


def _install(folder: Path) -> None:
    for name in NAMED_BY:
        shutil.copy(HERE / name, folder / name)
    try:
        done = run(folder, *INSTALL, seconds=PATIENCE)
    except subprocess.TimeoutExpired:
        raise Absent("npm's registry does not answer") from None
    if done.returncode:
        raise Absent(f"npm cannot install: {done.stderr.strip()[-300:]}")
    (folder / "installed").touch()


def run(folder: Path, *command: str, seconds: float = 200) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "npm_config_fetch_retries": "0", "npm_config_update_notifier": "false"},
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds,
    )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def main() -> None:
    try:
        node_folder()
    except Absent as absent:
        print(f"What needs npm is not tried: {absent}")  # noqa: T201 - it speaks to who set up


if __name__ == "__main__":
    main()
