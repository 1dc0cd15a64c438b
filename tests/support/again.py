"""What failed beside others is tried once more, alone, and named.

    python -m tests.support.again        what `make test` runs where a test failed

Three processes of tests with real servers keep two cores busy, and a few of eight thousand tests
may fail by that alone. One that fails alone too is red; one that passes alone is a fault to look
for, in the test or in what it tries, and its name is printed last. More than three at once are no
chance: nothing is tried again then.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

FAILED = Path(".pytest_cache/v/cache/lastfailed")
MOST = 3


def failed(file: Path = FAILED) -> list[str]:
    """The tests that failed in the last run, by their ids."""
    return sorted(json.loads(file.read_text())) if file.exists() else []


def tried_again(tests: Sequence[str]) -> int:
    """The exit code: 0 where there were a few and each passes alone."""
    if not 0 < len(tests) <= MOST:
        return 1
    for test in tests:
        if subprocess.run([sys.executable, "-m", "pytest", "-n0", test], check=False).returncode:
            return 1
    print("Failed beside others and passed alone; find out why:")  # noqa: T201 - who tests reads it
    print("\n".join(f"  {test}" for test in tests))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(tried_again(failed()))
