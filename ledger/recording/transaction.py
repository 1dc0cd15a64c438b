"""The way of commands into one transaction: lock, load, decide, append, commit.

The lock comes first, so what a decision has read cannot change before its events are
stored, and there is nothing to try again. Many commands may share one transaction: each
is decided on the states the ones before it left, and stands or falls alone.
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from eventsourcing.persistence import EventStore

from domain.errors import JisrError, KeyReused, Unavailable
from domain.message import Command, Recorded
from ledger.at_rest.mapper import EventMapper
from ledger.faults import translated
from ledger.ground.clock import Tip
from ledger.keys.marks import Marks
from ledger.keys.store import KeyStore
from ledger.recording.deciding import Deciding, Decision, Receipt
from ledger.recording.loading import Loader
from ledger.recording.states import Folded
from ledger.store import Answer, Change, Store, Transaction


@dataclass(slots=True)
class _Batch:
    """What the commands of one transaction have come to so far."""

    transaction: Transaction
    tip: Tip
    recorded: list[Recorded] = field(default_factory=list)
    answers: dict[UUID, Answer] = field(default_factory=dict)
    folded: dict[str, Folded] = field(default_factory=dict)
    keys_for: set[UUID] = field(default_factory=set)

    def add(self, answer: Answer, decision: Decision, folded: Mapping[str, Folded]) -> None:
        self.tip = replace(self.tip, position=decision.position, recorded_at=decision.recorded_at)
        self.recorded += decision.recorded
        self.answers[answer.id] = answer
        self.folded.update(folded)
        self.keys_for |= decision.keys_for

    def of(self, stream: str) -> list[Recorded]:
        """The events of one stream, recorded and not yet stored."""
        return [recorded for recorded in self.recorded if recorded.envelope.stream == stream]


class Recording:
    """Records commands in one ledger. Raises what its databases raise, as `domain.errors`."""

    def __init__(
        self, store: Store, keys: KeyStore, mapper: EventMapper, loader: Loader, deciding: Deciding
    ) -> None:
        self._store = store
        self._keys = keys
        self._loader = loader
        self._deciding = deciding
        self._events: EventStore[str] = EventStore(mapper, store)  # type: ignore[arg-type]  # a Store is a recorder
        self._marks = Marks(keys, store.id)

    def together(self, commands: Sequence[Command]) -> list[Receipt | JisrError]:
        """In one commit, in their order; raises when one of them cannot be stored."""
        loader, states = self._loader, self._loader.states
        generation = states.generation
        ids = [command.id for command in commands]
        with translated("ledger"):
            loader.warm({command.target for command in commands})
        with (
            translated("ledger"),
            loader.watching(),
            self._store.writing(ids, states.head) as transaction,
        ):
            loader.observe(transaction.change)
            batch = _Batch(transaction, loader.tip(transaction.change))
            results = [self._settle(batch, command) for command in commands]
            if batch.answers:
                self._keys.create_all(batch.keys_for)
                with self._store.committing(transaction):
                    self._events.put(batch.recorded, transaction=transaction)
                    self._store.insert_answers(list(batch.answers.values()), transaction)
        states.observe(Change(transaction.head, batch.folded.keys()))
        for stream, folded in batch.folded.items():
            states.keep(stream, folded, as_of=batch.tip.position, generation=generation)
        return results

    def _settle(self, batch: _Batch, command: Command) -> Receipt | JisrError:
        try:
            known = batch.transaction.answers.get(command.id) or batch.answers.get(command.id)
            fingerprint = self._deciding.fingerprint(command)
            if known is not None:
                return self.same(known, fingerprint)
            decision = self._deciding.decide(
                command, lambda s: self._load(s, batch), lambda s: self._read(s, batch), batch.tip
            )
            folded = self._fold(decision)
        except Unavailable:
            raise
        except JisrError as error:
            return error
        answer = Answer(
            command.id, fingerprint, decision.answer, decision.position, decision.recorded_at
        )
        batch.add(answer, decision, folded)
        return self.receipt(answer)

    def same(self, known: Answer, fingerprint: bytes) -> Receipt:
        """What was recorded before, if it was the same; raises `KeyReused`."""
        if not hmac.compare_digest(known.fingerprint, fingerprint):
            raise KeyReused
        return self.receipt(known)

    def receipt(self, known: Answer) -> Receipt:
        """An answer with the ledger's mark."""
        mark = self._marks.mark(known.id, known.fingerprint, known.answer)
        return Receipt.of(known.answer, mark)

    def _load(self, stream: str, batch: _Batch) -> Folded:
        return batch.folded.get(stream) or self._loader.present(stream, batch.transaction)

    def _read(self, stream: str, batch: _Batch) -> list[Recorded]:
        """All events of a stream, those that are not stored yet too."""
        stored = self._loader.history(stream, transaction=batch.transaction)
        return [*stored, *batch.of(stream)]

    def _fold(self, decision: Decision) -> dict[str, Folded]:
        """The streams that the decision writes, as it leaves them."""

        def grown(stream: str) -> Folded:
            before, new = decision.loaded[stream], decision.of(stream)

            return self._loader.grown(stream, before, new, lambda: [*decision.read(stream), *new])

        return {stream: grown(stream) for stream in {r.envelope.stream for r in decision.recorded}}

    def gave(self, command: Command, answer: str, mark: str) -> bool:
        """Whether this ledger gave that answer to that command, by its mark; reads nothing."""
        fingerprint = self._deciding.fingerprint(command)
        return self._marks.fits(mark, command.id, fingerprint, answer)
