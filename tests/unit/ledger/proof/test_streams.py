"""How many events a stream has, under one root."""

import pytest

from ledger.proof.streams import ROW_BYTES, StreamsProof, StreamVersions, stream_key, verify_version
from ledger.proof.tree import ProofBroken

STREAMS = {f"case/{number}": number % 50 + 1 for number in range(70_000)}
TREE = StreamVersions(sorted((stream_key(name), version) for name, version in STREAMS.items()))


@pytest.mark.parametrize("stream", ["case/0", "case/7", "case/69999"])
def test_a_stream_has_so_many_events_and_no_more(stream: str) -> None:
    proof = TREE.proof(stream)
    assert verify_version(stream, proof, TREE.root) == STREAMS[stream]
    raised = proof.bucket.replace(
        stream_key(stream) + STREAMS[stream].to_bytes(8, "big"),
        stream_key(stream) + (STREAMS[stream] + 1).to_bytes(8, "big"),
    )
    without = proof.bucket.replace(stream_key(stream), b"")
    for bucket in (raised, without, proof.bucket[:-1], proof.bucket + proof.bucket[:ROW_BYTES]):
        with pytest.raises(ProofBroken):
            verify_version(stream, StreamsProof(bucket, proof.path), TREE.root)
    with pytest.raises(ProofBroken):
        verify_version(stream, StreamsProof(proof.bucket, proof.path[::-1]), TREE.root)


def test_a_stream_that_is_not_there_has_none() -> None:
    assert verify_version("case/none", TREE.proof("case/none"), TREE.root) == 0


def test_a_bucket_of_another_place_says_nothing() -> None:
    other = next(name for name in STREAMS if stream_key(name)[:2] != stream_key("case/7")[:2])
    with pytest.raises(ProofBroken):
        verify_version("case/7", TREE.proof(other), TREE.root)
