"""What `jisr doctor` found at one part."""

import time
from collections.abc import Callable
from dataclasses import dataclass

CATCH_UP_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `advice` says what to do when it is not well."""

    part: str
    well: bool
    found: str
    advice: str = ""


def caught_up(behind: Callable[[], int]) -> int:
    """What is left after a moment to catch up."""
    deadline = time.monotonic() + CATCH_UP_SECONDS
    while (lag := behind()) > 0 and time.monotonic() < deadline:
        time.sleep(0.1)
    return lag
