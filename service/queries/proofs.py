"""What was sealed of the ledger, and proofs of it that stand without the ledger.

An answer names nobody and quotes nothing but hashes, positions and stored names; a case's or a receipt's
goes to who may read that.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import wraps
from typing import ParamSpec, TypeVar

from eventsourcing.persistence import Notification
from pydantic import Field

from domain.errors import Refused
from domain.message import Actor, Message, StreamKind, stream_id
from ledger.proof.log import Kept
from ledger.proof.notes import NoteBroken
from ledger.proof.proofs import NotSealed, Proofs
from ledger.proof.shown import Comes, Shown, compare
from ledger.proof.tiles import TreeDamaged
from ledger.proof.tree import ProofBroken
from service.access.reader import Reading
from service.access.things import SeenCase
from service.queries.me import get_receipt

P = ParamSpec("P")
T = TypeVar("T")

A_HASH = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="


class Sealed(StrEnum):
    """What the tree says of an event."""

    SEALED = "sealed"
    NOT_YET = "not_yet"
    DIFFERS = "differs"
    """Another event was sealed at its place."""


class CheckpointAnswer(Message):
    """A signed note that stays: so many events, under which root."""

    number: int
    size: int
    """Events, from the first on: the position of the last."""
    made_at: datetime
    note: str
    """As C2SP defines a checkpoint, to be kept elsewhere and shown to `jisr audit verify`."""


class CheckpointPage(Message):
    origin: str = Field(examples=["jisr/5b7c8e5c-3d0b-4f6e-9d0a-0d7b7a1b2c3d"])
    verifier_keys: tuple[str, ...]
    """The public halves that ever signed, the oldest first, as C2SP writes verifier keys."""
    recorded: int
    """Events in the ledger now."""
    sealed: int
    """Of these, in the tree."""
    signed_at: datetime | None
    head_note: str | None
    """The newest signed note, which need not stay."""
    last_number: int | None
    """Of the last checkpoint there is."""
    checkpoints: tuple[CheckpointAnswer, ...]
    """By number, the oldest first."""
    next_after: int | None


class ConsistencyAnswer(Message):
    """That the tree of one size begins with that of another (RFC 6962, section 2.1.2)."""

    from_size: int
    to_size: int
    path: tuple[str, ...] = Field(examples=[(A_HASH,)])


class EventProof(Message):
    """Where an event stands in the tree."""

    position: int
    sealed: Sealed
    checkpoint: int | None
    """The first that covers it; none yet where only the newest head does."""
    tlog_proof: str | None
    """A `.tlog-proof` file as C2SP defines it. Its extra data is what of the event is in the tree: the
    leaf is SHA-256 of a zero byte and that."""


class ProofChecked(Message):
    """What comes of a checkpoint, or of the proof of an event, that somebody brought along."""

    comes: Comes
    shown: Shown | None
    position: int | None
    """Of the event that it proves."""
    size: int | None
    """Of the tree that it tells of."""


class CaseProof(Message):
    """That these are all events of a case, up to a checkpoint."""

    stream: str
    version: int
    """The case's now: later ones are not under the checkpoint yet."""
    sealed_version: int
    """How many it had at the checkpoint, and no more."""
    checkpoint: CheckpointAnswer
    bucket: str
    """In base64: the keys and last versions that stand beside the case's own."""
    path: tuple[str, ...] = Field(examples=[(A_HASH,)])


def from_what_is_kept(query: Callable[P, T]) -> Callable[P, T]:
    """Refused with what to do, where somebody garbled what is kept of the tree or of what was signed."""

    @wraps(query)
    def asked(*args: P.args, **given: P.kwargs) -> T:
        try:
            return query(*args, **given)
        except (NoteBroken, TreeDamaged):
            raise Refused("tree_differs") from None

    return asked


@from_what_is_kept
def list_checkpoints(reading: Reading, after: int, limit: int) -> CheckpointPage:
    """The checkpoints after a number."""
    log = reading.ledger.sealed
    head, kept = log.head(), log.checkpoints(after, limit + 1)
    last = log.last_checkpoint()
    return CheckpointPage(
        origin=log.origin,
        verifier_keys=tuple(str(key) for key in log.verifier_keys()),
        recorded=reading.ledger.head(),
        sealed=head.size if head else 0,
        signed_at=head.signed_at if head else None,
        head_note=str(head.note) if head else None,
        last_number=last.number if last else None,
        checkpoints=tuple(_answer(each) for each in kept[:limit]),
        next_after=kept[limit - 1].number if len(kept) > limit else None,
    )


@from_what_is_kept
def get_checkpoint(reading: Reading, number: int) -> CheckpointAnswer:
    """Raises `Refused`."""
    found = reading.ledger.sealed.checkpoints(number - 1, 1) if number else []
    if not found or found[0].number != number:
        raise Refused("checkpoint_unknown")
    return _answer(found[0])


@from_what_is_kept
def get_consistency(reading: Reading, from_size: int, to_size: int | None) -> ConsistencyAnswer:
    """To the newest head where no size is named. Raises `Refused` for sizes that no tree had."""
    head = reading.ledger.sealed.head()
    sealed = head.size if head else 0
    to_size = sealed if to_size is None else to_size
    try:
        path = Proofs(reading.ledger.sealed).consistency(from_size, to_size)
    except NotSealed:
        raise Refused("tree_size_unknown", sealed=sealed) from None
    return ConsistencyAnswer(from_size=from_size, to_size=to_size, path=_encoded(path))


@from_what_is_kept
def get_event_proof(reading: Reading, position: int) -> EventProof:
    """Raises `Refused` for a position that the ledger has not."""
    stored = reading.ledger.feed.stored(position) if position else None
    if stored is None:
        raise Refused("event_unknown")
    return proof_of(reading, stored)


@from_what_is_kept
def check_proof(reading: Reading, text: str) -> ProofChecked:
    """Compared with what stands here now."""
    found = compare(reading.ledger.sealed, text)
    return ProofChecked(
        comes=found.comes, shown=found.shown, position=found.position, size=found.size
    )


@from_what_is_kept
def get_receipt_proof(reading: Reading, actor: Actor, key: str) -> EventProof:
    """Of the last event of what the actor asked under this key. Raises `Refused`."""
    answer = get_receipt(reading, actor, key, None)
    return get_event_proof(reading, json.loads(answer)["position"])


@from_what_is_kept
def get_case_proof(reading: Reading, case: SeenCase) -> CaseProof:
    """Raises `Refused` before the first checkpoint, and where what is kept of it is damaged."""
    stream = stream_id(StreamKind.CASE, case.id)
    try:
        found = Proofs(reading.ledger.sealed).all_of(stream)
    except NotSealed:
        raise Refused("nothing_sealed_yet") from None
    except ProofBroken:
        raise Refused("tree_differs") from None
    return CaseProof(
        stream=stream,
        version=case.state.version,
        sealed_version=found.version,
        checkpoint=_answer(found.kept),
        bucket=b64encode(found.proof.bucket).decode(),
        path=_encoded(found.proof.path),
    )


def proof_of(reading: Reading, stored: Notification) -> EventProof:
    """Under the first checkpoint that covers it, else under the newest head."""
    proofs = Proofs(reading.ledger.sealed)
    kept = proofs.log.covering(stored.id)
    try:
        found = proofs.inclusion(stored, kept)
    except NotSealed:
        state, text = Sealed.NOT_YET, None
    except (ProofBroken, TreeDamaged):
        state, text = Sealed.DIFFERS, None
    else:
        state, text = Sealed.SEALED, found.text
    return EventProof(
        position=stored.id,
        sealed=state,
        checkpoint=kept.number if kept else None,
        tlog_proof=text,
    )


def _answer(kept: Kept) -> CheckpointAnswer:
    return CheckpointAnswer(
        number=kept.number, size=kept.size, made_at=kept.made_at, note=str(kept.note)
    )


def _encoded(path: Sequence[bytes]) -> tuple[str, ...]:
    return tuple(b64encode(each).decode() for each in path)
