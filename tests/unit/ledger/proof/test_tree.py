"""The tree of RFC 6962, against its own definition."""

from functools import cache

import pytest

from ledger.proof.tree import (
    EMPTY_ROOT,
    ProofBroken,
    consistency,
    inclusion,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [leaf_hash(bytes([number])) for number in range(70)]
OTHER = b"\x07" * 32


@cache
def defined(begin: int, end: int) -> bytes:
    """As section 2.1 says it: split at the largest power of two below."""
    if end - begin <= 1:
        return LEAVES[begin] if end > begin else EMPTY_ROOT
    half = 1
    while half * 2 < end - begin:
        half *= 2
    return node_hash(defined(begin, begin + half), defined(begin + half, end))


def hash_of(height: int, place: int) -> bytes:
    return defined(place << height, (place + 1) << height)


def test_known_values() -> None:
    """Of the test data in the first log that was run by this definition."""
    inputs = (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
    leaves = [leaf_hash(bytes.fromhex(each)) for each in inputs]
    assert (
        root_of(leaves[:1]).hex()
        == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )
    assert (
        root_of(leaves).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    )


@pytest.mark.parametrize("size", range(len(LEAVES)))
def test_a_path_leads_to_the_root_and_another_does_not(size: int) -> None:
    root = defined(0, size)
    assert root_of(LEAVES[:size]) == root
    for index in range(size):
        path = inclusion(index, size, hash_of)
        verify_inclusion(LEAVES[index], index, size, path, root)
        wrong = [[*path, OTHER], path[:-1], [OTHER, *path[1:]]] if path else [[OTHER]]
        for each in wrong:
            with pytest.raises(ProofBroken):
                verify_inclusion(LEAVES[index], index, size, each, root)
        with pytest.raises(ProofBroken):
            verify_inclusion(OTHER, index, size, path, root)


@pytest.mark.parametrize("new", range(1, len(LEAVES)))
def test_a_tree_begins_with_each_smaller_one_and_with_no_other(new: int) -> None:
    root = defined(0, new)
    for old in range(1, new + 1):
        path = consistency(old, new, hash_of)
        verify_consistency(old, new, path, defined(0, old), root)
        for older, newer in ((OTHER, root), (defined(0, old), OTHER)):
            with pytest.raises(ProofBroken):
                verify_consistency(old, new, path, older, newer)
        with pytest.raises(ProofBroken):
            verify_consistency(old, new, [*path, OTHER], defined(0, old), root)


def test_there_is_no_path_of_what_is_not_there() -> None:
    for index, size in ((-1, 3), (3, 3), (0, 0)):
        with pytest.raises(ValueError, match="no leaf"):
            inclusion(index, size, hash_of)
        with pytest.raises(ProofBroken):
            verify_inclusion(OTHER, index, size, [], OTHER)
    for old, new in ((0, 3), (4, 3)):
        with pytest.raises(ValueError, match="begins"):
            consistency(old, new, hash_of)
        with pytest.raises(ProofBroken):
            verify_consistency(old, new, [], OTHER, OTHER)
