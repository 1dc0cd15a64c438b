"""Asking a witness for its signature: what the house that keeps the log does."""

from dataclasses import dataclass
from typing import Protocol

import httpx

from ledger.proof.checkpoint import Checkpoint, is_size
from ledger.proof.notes import MOST_BYTES, Note, NoteBroken, Signature, VerifierKey
from service.witness.judging import CONFLICT, written


class Proving(Protocol):
    """What shows that one tree goes on from another: `ledger.proof.proofs.Proofs`."""

    def consistency(self, old: int, new: int) -> list[bytes]: ...


@dataclass(frozen=True, slots=True)
class Witness:
    """Where one is, and by which key it signs (of type 0x04)."""

    url: str
    key: VerifierKey


class WitnessRefused(Exception):
    """It did not sign, or what it signed with is not its key."""


def witnessed(witness: Witness, note: Note, proofs: Proving, http: httpx.Client) -> Note:
    """The checkpoint with the witness's signature added.

    Asks at first as if the witness had seen nothing: it answers with what it has. Raises
    `WitnessRefused`, with why, and `httpx.HTTPError` where it is away.
    """
    size = Checkpoint.parsed(note.text).size
    answer = _ask(witness, written(0, (), note), http)
    if answer.status_code == CONFLICT and (old := _size(answer.text)) is not None:
        if old > size:
            raise WitnessRefused(f"it has seen {old} entries, and this tells of {size} alone")
        if not old:
            raise WitnessRefused("it has seen nothing, and does not begin")
        proof = proofs.consistency(old, size) if old < size else []
        answer = _ask(witness, written(old, proof, note), http)
    if answer.status_code != httpx.codes.OK:
        raise WitnessRefused(f"{answer.status_code}: {answer.text[:200].strip()}")
    signature = _signature(witness, answer.text, note)
    kept = tuple(each for each in note.signatures if each.key_id != signature.key_id)
    return Note(note.text, (*kept, signature))


def _ask(witness: Witness, body: bytes, http: httpx.Client) -> httpx.Response:
    url = f"{witness.url.rstrip('/')}/add-checkpoint"
    return http.post(url, content=body, follow_redirects=False)


def _size(told: str) -> int | None:
    said = told.strip()
    return int(said) if is_size(said) else None


def _signature(witness: Witness, told: str, note: Note) -> Signature:
    """The line by its key; raises `WitnessRefused` where none is, or it is not of this text."""
    if len(told) > MOST_BYTES:
        raise WitnessRefused("it answered more than signatures")
    try:
        signatures = [Signature.of_line(line) for line in told.splitlines()]
        own = next(
            each
            for each in signatures
            if (each.name, each.key_id) == (witness.key.name, witness.key.key_id)
        )
        witness.key.verify(own, note.text)
    except (NoteBroken, StopIteration):
        raise WitnessRefused(f"its answer is not signed by {witness.key.name}") from None
    return own
