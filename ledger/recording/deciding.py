"""One command, decided: the events it makes, and its answer."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from domain.errors import Erased, JisrError, KeyLost, NotFound, StaleVersion, Unexpected
from domain.events.veil import outward
from domain.folds.evolution import seen_after
from domain.folds.order import belongs_earlier, in_order
from domain.folds.past import Folds, Past
from domain.message import (
    Command,
    Envelope,
    Event,
    Message,
    Recorded,
    derived_id,
    kind_of,
    name_of,
)
from domain.steps.warning import Warned
from domain.values.calendar import Calendar, Calendars, local_date
from ledger.at_rest.mapper import EventMapper
from ledger.faults import is_outage, unexpected
from ledger.ground.clock import ClockDoubts, Tip
from ledger.keys.store import KeyStore
from ledger.papers.vault import Vault
from ledger.port import Context, Domain, State, StreamRole, World
from ledger.recording.admitting import require_author, require_fresh, require_level
from ledger.recording.states import Folded

Load = Callable[[str], Folded]
Read = Callable[[str], Sequence[Recorded]]
"""The events of a stream that was loaded, as they were recorded up to what was loaded."""

FINGERPRINTS = "fingerprints"
"""The use of the installation's key that makes fingerprints."""
MARKS = "numbers"
"""The use of the installation's key by which people are known by their numbers."""


class Receipt(Message):
    """What became of a command. `answer` is JSON, the same text for every repetition."""

    command_id: UUID
    stream: str
    version: int
    """Of the last event in the stream that a person made: what `If-Match` is compared with."""
    position: int
    """Of the command's last event; a view that has come so far shows its effect."""
    answer: str
    mark: str
    """The ledger's own (`ledger.keys.marks`), by which it knows the answer again."""

    @classmethod
    def of(cls, answer: str, mark: str) -> "Receipt":
        body = json.loads(answer)
        return cls(
            command_id=UUID(body["command_id"]),
            stream=body["stream"],
            version=body["version"],
            position=body["position"],
            answer=answer,
            mark=mark,
        )


@dataclass(slots=True)
class Decision:
    """The outcome of one command, not yet stored."""

    recorded_at: datetime
    position: int
    level: int
    calendar: Calendar
    loaded: dict[str, Folded]
    """The streams it was decided on, as they were before."""
    read: Read
    """Their events; each stream's are read once."""
    recorded: list[Recorded] = field(default_factory=list)
    answer: str = ""
    keys_for: set[UUID] = field(default_factory=set)
    """Whose keys encrypt something in these events."""

    def of(self, stream: str) -> list[Recorded]:
        """Its events in one stream."""
        return [recorded for recorded in self.recorded if recorded.envelope.stream == stream]


class Deciding:
    """Decides commands on the states it is given; reads and writes nothing itself."""

    def __init__(
        self,
        domain: Domain,
        mapper: EventMapper,
        keys: KeyStore,
        calendars: Calendars,
        clock: Callable[[], datetime],
        doubts: ClockDoubts | None = None,
        papers: Vault | None = None,
    ) -> None:
        """`doubts` are about `clock`; None for one that is known to be invented."""
        self._papers = papers
        self._domain = domain
        self._folds = Folds(domain.initial, domain.evolve)
        self._mapper = mapper
        self._keys = keys
        self._calendars = calendars
        self.clock = clock
        self._doubts = doubts

    def believed_now(self, tip: Tip) -> datetime:
        """The time by a clock that nothing contradicts, the database's where it has one.

        Raises `Refused` as deciding would.
        """
        now = self.clock()
        if self._doubts is None:
            return now
        self._doubts.require_none(now, tip)
        return tip.database or now

    def fingerprint(self, command: Command) -> bytes:
        """What makes two commands of one id the same: target, step, body and actor.

        Keyed, because a plain hash of a name could be guessed at after an erasure. Fields
        at their default take no part, so that a field added later changes no fingerprint.
        """
        step = command.step
        left_out = getattr(type(step), "unfingerprinted", None)
        body = step.model_dump(mode="json", exclude=left_out, exclude_defaults=True)
        parts = [command.target, self._domain.step_name(step), body, str(command.actor.id)]
        text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hmac.digest(self._keys.derived(FINGERPRINTS), text.encode(), hashlib.sha256)

    def decide(self, command: Command, load: Load, read: Read, tip: Tip) -> Decision:
        """`read` is asked where something later is folded already, and by what mends entries.

        Raises `Refused` and `NewerReleaseNeeded`; what else goes wrong becomes `Unexpected`.
        """
        require_level(command, self._domain, tip.level)
        now = self.clock()
        if self._doubts is not None:
            self._doubts.require_none(now, tip)
        require_fresh(command, now)
        today = local_date(now)
        require_author(command, self._domain, load, today)
        secret = self._keys.derived(MARKS)
        command = self._domain.marked(command, secret, lambda stream: load(stream).state)
        loaded: dict[str, Folded] = {}
        read = cache(read)
        world = self._with_paper(command, self._world(command, load, loaded, read))
        calendar = self._calendars.current
        context = Context(
            command_id=command.id,
            now=now,
            today=today,
            actor=command.actor,
            origin=command.origin,
            target=command.target,
            calendar=calendar,
        )
        with guarded(command):
            handling = self._domain.handlings[type(command.step)]
            events = handling.decide(world, command.step, context)
        decision = Decision(tip.date(now), tip.position, tip.level, calendar, loaded, read)
        with guarded(command):
            self._record(decision, command, world, events)
            self._require_standing(decision)
            warned = self._domain.warnings_of(world, command, events)
        decision.answer = _answer(command, decision, world, warned)
        return decision

    def _world(self, command: Command, load: Load, loaded: dict[str, Folded], read: Read) -> World:
        with guarded(command):
            handling = self._domain.handlings[type(command.step)]
        target = command.target
        kind_named, _, name = target.partition("/")
        if kind_named != handling.role.kind or not name:
            raise NotFound
        loaded[target] = load(target)
        state = loaded[target].state
        if command.expected_version not in (None, state.seen):
            raise StaleVersion(expected=command.expected_version, actual=state.seen)

        def state_of(stream: str) -> State:
            if stream not in loaded:
                loaded[stream] = load(stream)
            return loaded[stream].state

        with guarded(command):
            past = Past(read, lambda stream: loaded[stream].latest, self._folds)
            return handling.world(command, state_of, past)

    def _with_paper(self, command: Command, world: World) -> World:
        """With what the store knows of the paper that the step attaches."""
        with guarded(command):
            place = self._domain.paper_asked(world, command)
        facts = self._papers.facts(place) if place and self._papers else None
        return replace(world, papers={place.paper: facts}) if place and facts else world

    def _record(
        self,
        decision: Decision,
        command: Command,
        world: World,
        events: Sequence[tuple[StreamRole[Any], Event]],
    ) -> None:
        step = command.step
        subjects = [self._domain.subject_of(world, step, *event) for event in events]
        rules_version = self._domain.rules_version_of(world)
        anyone = any(subject is not None for subject in subjects)
        for number, (role, event) in enumerate(events):
            if event.stream is not role.kind:
                raise Unexpected(because="event_of_another_kind", type=type(event).__name__)
            stream, subject = world.ids[role], subjects[number]
            told = role.entry.step if role.entry else step
            decision.position += 1
            envelope = Envelope(
                event_id=derived_id(command.id, f"event/{number}"),
                event_type=type(event).stored,
                event_version=self._domain.levels.version_at(event, decision.level),
                stream=stream,
                version=decision.loaded[stream].state.version + len(decision.of(stream)) + 1,
                position=decision.position,
                subject=subject,
                occurred_on=told.occurred_on,
                recorded_at=decision.recorded_at,
                step=self._domain.step_name(told),
                actor=command.actor,
                origin=command.origin,
                command_id=command.id,
                rules_version=rules_version,
                calendar_version=decision.calendar.version,
                # A reason is free text: beside a person's events it is kept with them only,
                # encrypted, and not in the clear on an agreement of many.
                reason=command.reason if subject or not anyone else None,
                mends=role.entry.mends if role.entry else None,
            )
            self._require_key(decision, envelope, event)
            decision.recorded.append(Recorded(envelope, event))

    def _require_standing(self, decision: Decision) -> None:
        """What was recorded of later days must still stand; raises `Refused`."""
        for stream in {each.envelope.stream for each in decision.recorded}:
            require = self._domain.standing.get(kind_of(stream))
            new, latest = decision.of(stream), decision.loaded[stream].latest
            if require is None or not any(belongs_earlier(each, latest) for each in new):
                continue
            before = decision.read(stream)
            require(in_order(before), in_order([*before, *new]))

    def _require_key(self, decision: Decision, envelope: Envelope, event: Event) -> None:
        """Refuse to write about a person whose key is destroyed, or lost.

        Another key in the place of a lost one would leave what is written under it unreadable
        for good, once it is brought back.
        """
        personal = self._mapper.is_personal(event)
        if envelope.subject is None:
            if personal:
                raise Unexpected(because="personal_field_without_subject", type=envelope.event_type)
        elif personal or envelope.reason is not None:
            if self._keys.is_destroyed(envelope.subject):
                raise Erased
            if envelope.subject in decision.loaded[envelope.stream].lost:
                raise KeyLost(subject=str(envelope.subject))
            decision.keys_for.add(envelope.subject)


@contextmanager
def guarded(command: Command) -> Iterator[None]:
    """A fault in a rule is this command's alone: it stops neither the batch nor others.

    An outage is none: a rule asks for streams, which are read while it is decided.
    """
    try:
        yield
    except JisrError:
        raise
    except Exception as error:
        if is_outage(error):
            raise
        raise unexpected(error, type(command.step).__name__) from None


def _answer(command: Command, decision: Decision, world: World, warned: Sequence[Warned]) -> str:
    seen = decision.loaded[command.target].state.seen
    for recorded in decision.of(command.target):
        seen = seen_after(seen, recorded.envelope)
    created = {r.envelope.stream for r in decision.recorded if r.envelope.version == 1}
    body = {
        "command_id": str(command.id),
        "stream": command.target,
        "version": seen,
        "position": decision.position,
        "events": [outward(type(recorded.event)).stored for recorded in decision.recorded],
        "ids": {
            role.name: name_of(stream)
            for role, stream in world.ids.items()
            if stream in created and role.answered
        },
        "warnings": [each.model_dump(mode="json") for each in warned],
    }
    return json.dumps(body, separators=(",", ":"))
