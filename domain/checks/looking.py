"""What a rule looks at, and what it says."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from domain.message import BY_PEOPLE, Event, Recorded
from domain.rules import NEWEST, Rules
from domain.values.findings import FindingCode


@dataclass(frozen=True, slots=True)
class Looked:
    """One stream's events that count, in the order in which they fold."""

    history: Sequence[Recorded]
    rules: Rules = NEWEST
    """Those that the stream goes by."""
    readable: bool = True
    """Whether what is personal can be read: an erased person's silence is none of anybody's."""
    mark: Callable[[str], str] = str
    """By which a number is known again, and which does not tell it."""

    def of(self, *types: type[Event]) -> list[Recorded]:
        return [each for each in self.history if isinstance(each.event, types)]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Something to be asked about, with the events that say it."""

    events: Sequence[Recorded]
    what: tuple[str, ...] = ()
    """What it is told apart by: the same in every stream that has a part in it. Empty: the stream."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One check: what it reads of a stream, and what it finds there."""

    code: FindingCode
    find: Callable[[Looked], Iterator[Suspicion]]
    reads: frozenset[type[Event]] = field(default_factory=frozenset)
    """The types of events that it looks at."""


def by_people(recorded: Recorded) -> bool:
    """Whether somebody recorded it by a step of theirs, or a list of theirs did."""
    return recorded.envelope.origin.kind in BY_PEOPLE
