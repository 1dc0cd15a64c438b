"""A ledger as its users have it: what is recorded in it, and what can be read of it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import date, datetime
from functools import cached_property
from itertools import takewhile
from uuid import UUID

from domain.errors import DatabaseNewer, JisrError, LedgerLost, Unavailable
from domain.folds.order import happened_by
from domain.message import Command, Envelope, Recorded, StreamKind, stream_id
from ledger.at_rest.mapper import EventMapper
from ledger.beside.logs import Beside, beside
from ledger.faults import translated
from ledger.following.feed import Feed
from ledger.keys.sealing import CommandSeal, Sealed
from ledger.keys.store import KeyStore
from ledger.level import Level
from ledger.papers.vault import Vault
from ledger.port import Domain, State
from ledger.proof.log import LEDGER, Log
from ledger.proof.noted import NotedKeys
from ledger.proof.signing import is_begun
from ledger.recording.admitting import CERTAIN_AFTER, require_erased, require_level
from ledger.recording.deciding import Deciding, Decision, Receipt
from ledger.recording.loading import Loader
from ledger.recording.transaction import Recording
from ledger.store import Answer, Store
from ledger.upkeep import Upkeep

__all__ = ["Ledger", "Receipt", "Sealed"]


class Ledger:
    """Records commands and reads what was recorded. Safe to use from many threads.

    Every method raises `Unavailable` when a database is away, and works again once it is
    back. Streams are named as by `domain.message.stream_id`.
    """

    def __init__(
        self,
        store: Store,
        keys: KeyStore,
        domain: Domain,
        mapper: EventMapper,
        deciding: Deciding,
        papers: Vault | None = None,
    ) -> None:
        self.papers = papers
        """What is kept beside the events; None where this process keeps none."""
        self._store = store
        self._keys = keys
        self._domain = domain
        self._mapper = mapper
        self._deciding = deciding
        self._seal = CommandSeal(keys, domain, deciding.clock)
        self._loader = Loader(store, keys, domain, mapper)
        self._recording = Recording(store, keys, mapper, self._loader, deciding)
        self.upkeep = Upkeep(store, self._loader)
        self.level = Level(store, self._loader, domain.levels)
        self.feed = Feed(store, mapper, self._loader, self.level)
        """For who follows what is recorded."""
        self._rooms = ExitStack()

    @cached_property
    def sealed(self) -> Log:
        """The ledger as it is sealed and proved. Raises `DatabaseBehind` where it never was."""
        with translated("proof"):
            room = self._rooms.enter_context(closing(self._store.proof()))
        clock, noted = self._deciding.clock, NotedKeys(self._store)
        return Log(LEDGER, f"jisr/{self.id}", self._store, room, self._keys, clock, noted)

    @property
    def beside(self) -> Beside:
        """What stands beside the events, as it is sealed."""
        return beside(self.sealed, self._store)

    @property
    def was_sealed(self) -> bool:
        """Whether its key store has the secret half of what signed first, or its notes say so."""
        return is_begun(self._keys) or bool(NotedKeys(self._store).all())

    @property
    def id(self) -> UUID:
        """The ledger's own, made once: a key store and a ledger of two ids are no pair."""
        return self._store.id

    def event_id(self, position: int) -> UUID | None:
        """Of the event at a position; what others remember the ledger by."""
        return next((it.envelope.event_id for it in self.events(position - 1, 1)), None)

    def require(self, position: int, event_id: UUID, by: str) -> None:
        """Raises `LedgerLost`, here and everywhere, when that event does not stand there.

        To be called with what `by` remembers of the ledger, before it is believed.
        """
        with translated("ledger"):
            if position and self.event_id(position) != event_id:
                self._loader.report_loss(position, by)

    def record(self, command: Command) -> Receipt:
        """Record it, or say what it came to when it was recorded before.

        Raises `Refused` (then nothing is recorded, and it may pass later), `KeyReused`,
        `Unavailable` (then it may be recorded all the same: ask again), `Unexpected`; and
        `NewerReleaseNeeded` and `DatabaseNewer`, which only another release may overcome.
        """
        (result,) = self.record_all([command])
        if isinstance(result, JisrError):
            raise result
        return result

    def record_all(self, commands: Sequence[Command]) -> list[Receipt | JisrError]:
        """As `record`, for many in one commit, in their order; one result for each."""
        if not commands:
            return []
        try:
            return self._recording.together(commands)
        except (Unavailable, LedgerLost, DatabaseNewer) as error:
            return [type(error)(**error.params) for _ in commands]
        except JisrError as error:
            if len(commands) == 1:
                return [error]
        # One of them cannot be stored: find out which, so that the others can.
        return [result for command in commands for result in self.record_all([command])]

    def check(self, command: Command) -> Receipt | None:
        """What it came to, if it was recorded before; else decide it, recording nothing.

        None when it would pass now. Raises as `record` does.
        """
        found = self._looked_at(command)
        return found if isinstance(found, Receipt) else None

    def foretell(self, command: Command) -> str:
        """What it was answered, or would be now, recording nothing. Raises as `record` does."""
        return self._looked_at(command).answer

    def foresee(self, command: Command) -> Sequence[Recorded]:
        """What it would record now; nothing if it was recorded before. Raises as `record` does."""
        found = self._looked_at(command)
        return () if isinstance(found, Receipt) else found.recorded

    def _looked_at(self, command: Command) -> Receipt | Decision:
        with self._reading():
            known = self._known(command)
            if known is not None:
                return known
            tip = self._loader.catch_up()
            try:
                load = self._loader.present
                return self._deciding.decide(command, load, self._read, tip)
            except JisrError:
                # What refuses it may be itself, recorded since we looked.
                known = self._known(command)
                if known is None:
                    raise
            return known

    def _read(self, stream: str) -> list[Recorded]:
        """What its present state was folded from."""
        version = self._loader.present(stream).state.version
        return self._loader.history(stream, up_to=version)

    def known(self, command: Command) -> Receipt | None:
        """What it came to, if it was recorded before; raises `KeyReused`.

        Raises `NewerReleaseNeeded` and `Refused` for one that this release may not record on the
        ledger's level: another release, which takes it up, may not know that.
        """
        with translated("ledger"):
            known, noted = self._store.answer_and_noted(command.id)
        if known is None:
            require_level(command, self._domain, self.level.as_of(noted))
        return self._same(known, command)

    def _known(self, command: Command) -> Receipt | None:
        return self._same(self._store.answer(command.id), command)

    def _same(self, known: Answer | None, command: Command) -> Receipt | None:
        if known is None:
            return None
        return self._recording.same(known, self._deciding.fingerprint(command))

    def receipt(self, command_id: UUID) -> Receipt | None:
        """What became of a command; None if it was never recorded."""
        with translated("ledger"):
            known = self._store.answer(command_id)
        return self._recording.receipt(known) if known else None

    def is_foregone(self, command_id: UUID, sent_by: datetime) -> bool:
        """Whether nothing that was sealed by then is recorded, nor ever will be.

        Under the lock: whoever still holds an order of it finds it expired when their turn comes.
        Raises `Refused` for a clock that cannot be believed.
        """
        loader = self._loader
        with (
            translated("ledger"),
            loader.watching(),
            self._store.writing([command_id], loader.states.head) as transaction,
        ):
            loader.observe(transaction.change)
            now = self._deciding.believed_now(loader.tip(transaction.change))
            return command_id not in transaction.answers and now > sent_by + CERTAIN_AFTER

    def gave(self, command: Command, answer: str, mark: str) -> bool:
        return self._recording.gave(command, answer, mark)

    def require_writable(self) -> None:
        """Raises `Unavailable`, with what it lacks, unless something could be recorded now."""
        with translated("ledger"):
            self._store.require_writable()

    def now(self) -> datetime:
        """The time (UTC) by the clock that dates what is recorded."""
        return self._deciding.clock()

    def state(self, stream: str) -> State:
        """The present state; of version 0 when the stream has no event.

        Raises `KeyLost` for a person whose key is missing and not destroyed, as all that decides
        does; what reads many people's events has theirs as if erased, and `Envelope.lost`.
        """
        with self._reading():
            self._loader.catch_up()
            return self._loader.present(stream).state

    def states(self, streams: Collection[str]) -> dict[str, State]:
        """Of many at once, to be listed: what is not kept of them is read in one go.

        A person whose key is missing is there as if erased: one spoils no list of others.
        """
        with self._reading():
            self._loader.catch_up()
            self._loader.warm(streams)
            return {stream: self._loader.readable(stream).state for stream in streams}

    def glance(self, stream: str) -> State:
        """As `state`, for who looks at many streams once: kept for the next time is only what
        was kept before. Costs little where a step was just taken, and all of the stream elsewhere.
        """
        with self._reading():
            self._loader.catch_up()
            return self._loader.glance(stream).state

    def glances(self, streams: Iterable[str]) -> dict[str, State]:
        """As `glance`, of many that are read in one go; what cannot be folded is not among them."""
        with self._reading():
            return self._loader.glances(streams)

    def lately(self, stream: str) -> State:
        """The state as this process last had it, without a look at the ledger.

        As its own `record` left it, or later; what others have recorded may be missing. So it is
        good enough to let somebody pass whom the ledger judges again, and not to refuse them.
        """
        with self._reading():
            return self._loader.lately(stream).state

    def state_at(
        self,
        stream: str,
        *,
        version: int | None = None,
        occurred_by: date | None = None,
        known_by: datetime | None = None,
    ) -> State:
        """The state of another moment, from the events of that moment; raises as `state`."""
        events = self.history(stream, up_to=version, occurred_by=occurred_by, known_by=known_by)
        return self._loader.whole(stream, self._loader.fold(stream, events)).state

    def fold(self, stream: str, events: Sequence[Recorded]) -> State:
        """What these events of a stream come to, in the order in which its kind folds."""
        return self._loader.fold(stream, events).state

    def history(
        self,
        stream: str,
        *,
        after: int = 0,
        up_to: int | None = None,
        occurred_by: date | None = None,
        known_by: datetime | None = None,
    ) -> list[Recorded]:
        """A stream's events as they were recorded, `after` a version up to one, a day, an instant.

        `occurred_by`: what had happened by that day, whenever it was recorded.
        `known_by`: what had been recorded by that instant (aware), whenever it happened.
        """
        with self._reading():
            events = self._loader.history(stream, after=after, up_to=up_to)
        if known_by is not None:
            epoch = self._loader.watch.standing.epoch
            events = list(takewhile(lambda r: _known(r.envelope, epoch, known_by), events))
        return events if occurred_by is None else happened_by(events, occurred_by)

    def histories(self, streams: Iterable[str], told: Collection[str] = ()) -> list[Recorded]:
        """All events of several streams, as they were recorded; by stream and version.

        `told`: those alone that are stored under one of these names.
        """
        with self._reading():
            stored = self._store.select_tails((stream, 0) for stream in streams)
            if told:
                stored = [each for each in stored if each.topic.partition(":")[0] in told]
            return self._mapper.read(stored)

    def stretches(
        self, first: str, end: str, *, up_to: int, limit: int
    ) -> Iterator[list[Recorded]]:
        """All events from the stream `first` to before `end`, up to a position, as recorded.

        By stream and version, so many at a time: no more of them is in memory.
        """
        after = (first, 0)
        while True:
            with self._reading():
                stored = self._store.select_between(after, end, up_to, limit)
                if not stored:
                    return
                events = self._mapper.read(stored)
            yield events
            after = (str(stored[-1].originator_id), stored[-1].originator_version)

    def events(self, after: int, limit: int) -> list[Recorded]:
        """The next events of all streams, by position. Shorter than `limit` at the head."""
        with self._reading():
            stored = self._store.select_notifications(after, limit, inclusive_of_start=False)
            return self._mapper.read(stored)

    def streams(self, kind: StreamKind) -> list[tuple[str, int]]:
        """Every stream of a kind with its version, by stream id."""
        with translated("ledger"):
            return self._store.streams(kind)

    def head(self) -> int:
        """The position of the last event; 0 when there is none."""
        with translated("ledger"):
            return self._store.max_notification_id() or 0

    def derived(self, use: str) -> bytes:
        """The installation's own key for a use: the same in every process, and never replaced."""
        return self._keys.derived(use)

    def lost_keys(self, subjects: Collection[UUID]) -> Collection[UUID]:
        """Those of whom something was encrypted, and whose key is neither there nor destroyed."""
        return self._keys.lost(subjects)

    def destroyed_keys(self, subjects: Collection[UUID]) -> Collection[UUID]:
        return self._keys.destroyed_among(subjects)

    def oldest_erasure(self) -> datetime | None:
        return self._keys.oldest_erasure()

    def tombstones(self) -> int:
        """The number of the last destroyed key's tombstone; 0 when there is none."""
        return self._keys.tombstones()

    def seal(self, command: Command, subject: UUID) -> Sealed:
        """Hide a whole command under the subject's key. Raises `Erased`."""
        return self._seal.seal(command, subject)

    def open(self, sealed: Sealed) -> Command:
        """Raises `Erased`, or `Refused("seal_broken")` if it was altered or moved."""
        return self._seal.open(sealed)

    def take_as_erased(self, subject: UUID) -> None:
        """Read nothing of a person here from now on, though their key may not be destroyed yet."""
        self._keys.take_as_destroyed(subject)

    def destroy_key(self, subject: UUID, kind: StreamKind = StreamKind.BENEFICIARY) -> None:
        """Let an erased person's fields read None for good, or a forgotten batch's.

        Raises `Unexpected` for another's.
        """
        stream = stream_id(kind, subject)
        # Also of one whose key is lost: a copy of it may be brought back.
        require_erased(self._domain, self.fold(stream, self.history(stream)), subject)
        self._keys.destroy(subject)
        if self.papers is not None:
            self.papers.forget(subject)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with translated("ledger"), self.level.reading():
            yield

    def close(self) -> None:
        self._rooms.close()
        self._store.close()
        self._keys.close()


def _known(envelope: Envelope, epoch: int, by: datetime) -> bool:
    """Whether an event was known by an instant; dates before the epoch say nothing."""
    return envelope.position < epoch or envelope.recorded_at <= by
