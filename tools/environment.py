"""Makes `.venv` from a lock file, once: `python3 tools/environment.py runtime|dev|browser`.

`browser?` is `browser` where this machine has a Chromium and the packages can be had; where not,
it says so and leaves the rest as it is.

Needs Python 3.11 or newer with pip, and the standard library; neither ensurepip nor setuptools.
A stamp, written last, says from what the environment was made: a second run does nothing,
and one interrupted half-way starts afresh, because pip takes a half-installed package for
an installed one. The checkout is linked rather than installed, so nothing is built.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = {
    "runtime": ROOT / "requirements.lock",
    "dev": ROOT / "requirements-dev.lock",
    "browser": ROOT / "requirements-browser.lock",
}
"""The kinds, each with everything that those before it have."""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
UNTRIED = "The console's pages are not tried in a browser:"
MEANT_FOR = f"{sys.version_info.major}.{sys.version_info.minor}"
SITE_PACKAGES = VENV / "lib" / f"python{MEANT_FOR}" / "site-packages"

SCRIPT = """\
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/python" -c \\
    'import sys; from {module} import {function}; sys.exit({function}())' "$@"
"""


def main() -> None:
    """Leave `.venv` ready for the kind asked for."""
    kind = sys.argv[1]
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit(f"Jisr needs Python 3.11 or newer; {sys.executable} is {MEANT_FOR}.")
    if importlib.util.find_spec("pip") is None:
        sys.exit(f"{sys.executable} has no pip (on Debian: apt install python3-pip).")
    with alone() as lock:
        if kind.endswith("?"):
            make_if_possible(kind.rstrip("?"), lock)
        elif not is_ready(kind) and not make(kind, lock):
            sys.exit(f"pip could not install {LOCKS[kind].name}; its reason is above.")


@contextmanager
def alone() -> Iterator[int]:
    """Wait for another `make` in this checkout; the lock ends with the last that holds it."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield folder
    finally:
        os.close(folder)


def make_if_possible(kind: str, lock: int) -> None:
    if not any(map(shutil.which, CHROMIUM)):
        print(f"{UNTRIED} this machine has no Chromium (on Debian: apt install chromium).")
    elif not is_ready(kind) and not make(kind, lock):
        print(f"{UNTRIED} pip could not install {LOCKS[kind].name}.")


def make(kind: str, lock: int) -> bool:
    """Make it; whether pip could. Where it could not, what there was before is left."""
    there = [each for each in LOCKS if stamp(each).exists()]
    grows = bool(there) and all(map(is_ready, there))
    for each in LOCKS:
        stamp(each).unlink(missing_ok=True)
    if not grows:
        venv.create(VENV, clear=True, symlinks=True, with_pip=False)
    print(
        f"Installing {LOCKS[kind].name} into .venv: a minute or two, and only this once", flush=True
    )
    made = install(LOCKS[kind], lock)
    if made:
        link()
        kinds = list(LOCKS)
        there = kinds[: kinds.index(kind) + 1]
    for each in there if made or grows else ():
        stamp(each).write_text(fingerprint(each))
    return made


def stamp(kind: str) -> Path:
    return VENV / f"{kind}.stamp"


def is_ready(kind: str) -> bool:
    path = stamp(kind)
    return path.exists() and path.read_text() == fingerprint(kind)


def fingerprint(kind: str) -> str:
    """Say from what an environment is made: interpreter, lock, project and this file."""
    digest = hashlib.sha256(f"{sys.base_prefix} {sys.version}".encode())
    for path in (LOCKS[kind], ROOT / "pyproject.toml", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def install(requirements: Path, lock: int) -> bool:
    # They name everything, so --no-deps; the hashes make any mirror as good as another.
    options = ["--progress-bar=off", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    pip = [sys.executable, "-m", "pip", "--python", str(VENV / "bin" / "python")]
    command = [*pip, "install", *options, "-r", requirements.name]
    # A killed pip leaves its unpacked files; in here the next attempt clears them away.
    with TemporaryDirectory(dir=VENV) as scratch:
        environment = {**os.environ, "TMPDIR": scratch}
        # pip holds the lock too: one that outlives its `make` keeps the next one waiting.
        with subprocess.Popen(
            command, cwd=ROOT, pass_fds=[lock], env=environment, stdout=subprocess.PIPE, text=True
        ) as done:
            show(done.stdout or (), requirements.read_text(encoding="utf-8").count("==") or 1)
    return done.returncode == 0


def show(lines: Iterable[str], total: int) -> None:
    """Say how far pip is: each time on a terminal, now and then in a log."""
    found, on_terminal = 0, sys.stdout.isatty()
    for line in lines:
        if line.startswith("Collecting "):
            found += 1
            said = f"  {found} of {total} packages"
            if on_terminal:
                print(f"\r{said}", end="", flush=True)
            elif found % 25 == 0:
                print(said, flush=True)
        elif line.startswith("Installing collected packages"):
            print(f"{chr(10) if on_terminal else ''}  unpacking them", flush=True)


def link() -> None:
    """Put the checkout on the environment's path, with its metadata and its commands.

    All of it by relative path, so a moved checkout keeps working.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version, scripts = project["name"], project["version"], project["scripts"]
    (SITE_PACKAGES / f"{name}.pth").write_text(os.path.relpath(ROOT, SITE_PACKAGES) + "\n")
    metadata = SITE_PACKAGES / f"{name}-{version}.dist-info" / "METADATA"
    metadata.parent.mkdir(exist_ok=True)
    metadata.write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    for command, target in scripts.items():
        module, _, function = target.partition(":")
        path = VENV / "bin" / command
        path.write_text(SCRIPT.format(module=module, function=function))
        path.chmod(0o755)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
