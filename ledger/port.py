"""What the ledger must know of the rules it records for, and nothing more.

The ledger takes its rules as an argument, so that its own promises can be tested with a
domain of a few lines. `programme()` is the real one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any, Protocol
from uuid import UUID

from domain import commands
from domain.batch.believing import believe
from domain.errors import Refused
from domain.events import stored
from domain.events.levels import LEVELS, Levels
from domain.events.stored import Part, Upcast
from domain.folds.order import BY_DAY
from domain.folds.past import Past
from domain.message import Actor, Command, Envelope, Event, Recorded, Step, StreamKind
from domain.papers.decide import paper_asked
from domain.resting import require_standing
from domain.staff.state import DIRECTORY, StaffState
from domain.steps.handling import Context, Events, State, World
from domain.steps.roles import StreamRole
from domain.steps.warning import Warned
from domain.values.papers import PaperPlace

__all__ = [
    "Context",
    "Decider",
    "Domain",
    "Part",
    "State",
    "StreamRole",
    "Upcast",
    "World",
    "programme",
]


class Decider(Protocol):
    """How one type of step is decided: `domain.steps.handling.Handling` is one."""

    @property
    def role(self) -> StreamRole[Any]:
        """What the stream is that the step is taken on."""

    def world(self, command: Command, load: Callable[[str], State], past: Past, /) -> World:
        """The states of its own stream and of the others it needs, by the roles they play.

        `past` reads a stream's events, for what is decided on more than they come to.
        """

    def decide(
        self, world: World, step: Any, ctx: Context, /
    ) -> Sequence[tuple[StreamRole[Any], Event]]: ...


def asks_for_no_paper(_world: World, _command: Command) -> PaperPlace | None:
    """Most rules know of no papers."""
    return None


def warns_of_nothing(_world: World, _command: Command, _events: Events) -> Sequence[Warned]:
    """Most rules have nothing to add to a step that passes."""
    return ()


def marks_nothing(command: Command, _key: bytes, _state_of: Callable[[str], Any]) -> Command:
    """Most rules know nothing by a hash."""
    return command


def believes_no_batch(_command: Command, _state_of: Callable[[str], Any]) -> None:
    """Most rules know of no batches."""
    raise Refused("seal_broken")


Stands = Callable[[Sequence[Recorded], Sequence[Recorded]], None]
"""Given a stream's events as they fold, before and after a change."""


@dataclass(frozen=True, slots=True)
class Domain:
    """The rules, as tables and functions."""

    handlings: Mapping[type[Step], Decider]
    steps: Mapping[str, type[Step]]
    events: Mapping[str, type[Event]]
    by_day: frozenset[StreamKind]
    """The kinds that fold by the day things happened; the others fold as recorded."""
    initial: Callable[[StreamKind], State]
    evolve: Callable[[StreamKind, Any, Event, Envelope], State]
    upcasts: Mapping[tuple[str, int], Upcast]
    step_name: Callable[[type[Step] | Step], str]
    subject_of: Callable[[World, Step, StreamRole[Any], Event], UUID | None]
    """Whose key encrypts what that event, in that role, says of a person."""
    rules_version_of: Callable[[World], str]
    directory: str
    """The stream that says who holds which credential."""
    holds: Callable[[Any, Actor, date, type[Step]], bool]
    """Whether an actor holds theirs for a step on a day (Africa/Casablanca's), by the state of that
    stream."""
    is_erased: Callable[[Any], bool]
    """Whether a person's erasure is recorded, by the state of their stream, and all with it that
    must be known of them when their key is destroyed."""
    standing: Mapping[StreamKind, Stands] = field(default_factory=dict)
    """By the kind of stream, what raises `Refused` where events do not stand any more."""
    levels: Levels = field(default_factory=Levels)
    """What came with which level of the ledger."""
    of_many: frozenset[StreamKind] = frozenset()
    """The kinds whose streams are of many people: they go on without what is lost of one."""
    marked: Callable[[Command, bytes, Callable[[str], Any]], Command] = marks_nothing
    """A command with the keyed hashes of what its step tells of, by the installation's own key, and
    what streams have come to."""
    believe: Callable[[Command, Callable[[str], Any]], None] = believes_no_batch
    """Raises `Refused` for a command that says it is a line of a batch, and is none of one that
    runs, by what the batch's stream has come to."""
    paper_asked: Callable[[World, Command], PaperPlace | None] = asks_for_no_paper
    """Which paper a step is to attach, of those that were sent before."""
    warnings_of: Callable[[World, Command, Events], Sequence[Warned]] = warns_of_nothing
    """What the answer tells of besides, by the states before the step and its events."""


def programme() -> Domain:
    """The rules of the programme."""
    return Domain(
        handlings=commands.HANDLINGS,
        steps=commands.STEPS,
        events=stored.EVENTS,
        by_day=BY_DAY,
        initial=commands.initial,
        evolve=commands.evolve,
        upcasts=stored.UPCASTS,
        step_name=commands.step_name,
        subject_of=commands.subject_of,
        rules_version_of=commands.rules_version_of,
        directory=DIRECTORY,
        holds=StaffState.holds,
        is_erased=attrgetter("erased"),
        standing={StreamKind.CASE: require_standing},
        levels=LEVELS,
        of_many=frozenset({StreamKind.STAFF, StreamKind.NUMBERS}),
        marked=commands.marked,
        believe=believe,
        paper_asked=paper_asked,
        warnings_of=commands.warnings_of,
    )
