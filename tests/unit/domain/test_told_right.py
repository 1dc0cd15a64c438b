"""Whatever was mended, the present is as if the right thing had been told at first.

At random reachable states some entries are corrected or retracted, one or several at once; beside it the
same history is told with those as they should have been. `JISR_MENDED_PAIRS` tries so many pairs
instead, `JISR_MENDED_SEED` repeats a run. Twenty thousand are tried with the soak.
"""

import os
import secrets
from random import Random

import pytest

from tests.unit.domain.conftest import House
from tests.unit.domain.told_right import compared

PAIRS = int(os.environ.get("JISR_MENDED_PAIRS", "200"))


@pytest.mark.timeout(300 + PAIRS // 10)
def test_what_was_mended_is_as_if_it_had_been_told_rightly(house: House) -> None:
    seed = int(os.environ.get("JISR_MENDED_SEED") or secrets.randbelow(10**6))
    print(f"JISR_MENDED_SEED={seed}")  # noqa: T201 - pytest shows it when the test fails
    tally = compared(Random(seed), house, PAIRS)
    assert not tally.wrong, tally.wrong[:3]
    assert tally.agreed.total() >= PAIRS
