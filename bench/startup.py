"""Seconds until `jisr up` says that it is ready: `python -m bench.startup [--rounds 5]`.

The first start makes the data folder, the keys and the tables; the others find them.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support.system import System


def starts(data: Path, rounds: int) -> Iterator[float]:
    for _ in range(rounds):
        system = System(data)
        started = time.perf_counter()
        try:
            system.start()
            yield time.perf_counter() - started
        finally:
            system.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    with tempfile.TemporaryDirectory(prefix="jisr-bench-") as folder:
        first, *others = starts(Path(folder) / "data", parser.parse_args().rounds)
    print(f"first start {first:.1f} s; again {' '.join(f'{each:.1f}' for each in others)} s")
