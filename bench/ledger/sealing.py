"""What sealing costs who records, and how soon it is done: `python -m bench.ledger.sealing`.

Entries are recorded one by one on SQLite in a temporary folder, round by round without and with a
sealer beside them, which is a process of its own as in an installation. Then how long each of some
single entries waits for its seal, and how fast a ledger that was never sealed is caught up with.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from domain.upkeep.vocabulary import Act
from ledger.ledger import Ledger
from ledger.proof.sealing import Sealer
from service.bootstrap import opened_ledger
from service.running.acts import record_act
from service.running.master_key import make_master_key
from service.settings import Settings

ROUNDS, TIMES, ALONE = 5, 400, 20
SOON = 0.005


def recorded(ledger: Ledger, times: int) -> list[float]:
    """Milliseconds, each."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        record_act(ledger, Act.CHECKED)
        took.append((time.perf_counter() - began) * 1000)
    return took


@contextmanager
def sealed_beside(folder: Path) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "bench.ledger.sealing", str(folder)])
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def wait_until_sealed(ledger: Ledger) -> float:
    """Seconds until all that is recorded by now is."""
    head, began = ledger.head(), time.perf_counter()
    while (found := ledger.sealed.head()) is None or found.size < head:
        time.sleep(SOON)
    return time.perf_counter() - began


def main() -> None:
    with TemporaryDirectory(dir=Path.cwd()) as name:
        folder = Path(name)
        settings = Settings(data=folder)
        make_master_key(settings.master_key)
        with opened_ledger(settings) as ledger:
            recorded(ledger, TIMES)
            began = time.perf_counter()
            size = ledger.sealed.catch_up()
            print(f"caught up: {size / (time.perf_counter() - began):,.0f} events a second")
            without: list[float] = []
            beside: list[float] = []
            for _ in range(ROUNDS):
                without += recorded(ledger, TIMES)
                with sealed_beside(folder):
                    wait_until_sealed(ledger)
                    beside += recorded(ledger, TIMES)
            with sealed_beside(folder):
                wait_until_sealed(ledger)
                waited = []
                for _ in range(ALONE):
                    recorded(ledger, 1)
                    waited.append(wait_until_sealed(ledger))
                    time.sleep(0.3)
    for told, took in (("without", without), ("with a sealer", beside)):
        print(f"{told}: p50 {median(took):.2f} ms, p95 {quantiles(took, n=20)[-1]:.2f} ms")
    print(f"with to without: {median(beside) / median(without):.2f}")
    print(f"sealed after: p50 {median(waited):.2f} s, at most {max(waited):.2f} s")


def seal(folder: Path) -> None:
    with opened_ledger(Settings(data=folder)) as ledger:
        Sealer(ledger.sealed, losses=ledger.upkeep.losses).run()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        seal(Path(sys.argv[1]))
    else:
        main()
