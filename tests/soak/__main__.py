"""Run it: `python -m tests.soak [--on sqlite] [--kills 100] [--steps 10000] [--seed N]`.

`--on` takes a database, or `api`, the survey of the whole API.
"""

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.soak.requests import survey_everything
from tests.soak.run import GROUNDS, Ground, Size, run

API = "api"
LONGEST = 1800
"""Seconds for each database: an hour in all."""


def give_up(*_: object) -> None:
    raise TimeoutError(f"not done after {LONGEST // 60} minutes")


def soak(ground: Ground, size: Size) -> bool:
    """Whether nothing was wrong. What an installation said is kept when something was."""
    data = Path(tempfile.mkdtemp(prefix="jisr-soak-"))
    started = time.monotonic()

    def say(text: str) -> None:
        print(f"{ground.name} {time.monotonic() - started:5.0f} s  {text}", flush=True)

    say(f"seed {size.seed}: {size.kills} kills among {size.steps} steps")
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(LONGEST)
    try:
        outcome = run(ground, size, data, say)
    except BaseException:
        say(f"stopped; the installation is kept in {data}")
        raise
    finally:
        signal.alarm(0)
    for line in outcome.lines():
        say(line)
    if outcome.is_whole:
        shutil.rmtree(data)
    else:
        say(f"the installation is kept in {data}")
    return outcome.is_whole


def ask_everything(seed: int) -> bool:
    """Whether the API answered everything as it is documented. What it said is kept when not."""
    data, started = Path(tempfile.mkdtemp(prefix="jisr-soak-")), time.monotonic()
    print(f"API: seed {seed}", flush=True)
    try:
        survey_everything(data, seed)
    except AssertionError as wrong:
        print(f"API: {wrong}\nthe installation is kept in {data}", flush=True)
        return False
    print(f"API: no server error, nothing undocumented; {time.monotonic() - started:.0f} s")
    shutil.rmtree(data)
    return True


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--on", choices=[*GROUNDS, API], help="this only")
    parser.add_argument("--kills", type=int, default=100, help="on each database")
    parser.add_argument("--steps", type=int, default=10_000, help="acknowledged, on each database")
    parser.add_argument("--seed", type=int, help="of a run to see again: kills come as they came")
    return parser.parse_args()


def main(options: argparse.Namespace) -> int:
    seed = random.randrange(10**6) if options.seed is None else options.seed
    size = Size(options.kills, options.steps, seed)
    grounds = [options.on] if options.on else [*GROUNDS, API]
    whole = [ask_everything(seed) if name == API else soak(GROUNDS[name], size) for name in grounds]
    return 0 if all(whole) else 1


if __name__ == "__main__":
    sys.exit(main(arguments()))
