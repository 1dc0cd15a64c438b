"""A hundred thousand pairs of facts, told in either order."""

import secrets
from random import Random

import pytest

from tests.unit.domain.conftest import furnished
from tests.unit.domain.diamond import differing

pytestmark = pytest.mark.rare  # long; `make test` takes 2,000
PAIRS = 10_000


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(10))
def test_pairs_accepted_in_both_orders_come_to_the_same(part: int) -> None:
    seed = secrets.randbelow(10**9)
    print(f"part {part}: JISR_DIAMOND_SEED={seed} JISR_DIAMOND_PAIRS={PAIRS}")
    wrong = differing(Random(seed), furnished(), PAIRS)
    assert not wrong, (seed, wrong[:5])
