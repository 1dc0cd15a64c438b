"""Twenty thousand histories in which something was mended, beside those in which it was told rightly."""

import secrets
from random import Random

import pytest

from tests.unit.domain.conftest import furnished
from tests.unit.domain.told_right import compared

pytestmark = pytest.mark.rare  # long; `make test` takes some hundred
PAIRS = 5_000


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(4))
def test_what_was_mended_is_as_if_it_had_been_told_rightly(part: int) -> None:
    seed = secrets.randbelow(10**9)
    print(f"part {part}: JISR_MENDED_SEED={seed} JISR_MENDED_PAIRS={PAIRS}")
    tally = compared(Random(seed), furnished(), PAIRS)
    assert not tally.wrong, (seed, tally.wrong[:5])
    assert not tally.unlike, (seed, tally.unlike)
