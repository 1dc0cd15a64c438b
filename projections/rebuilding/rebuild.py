"""All views made again from the first event, beside the live ones, then swapped in whole.

The live views are read and kept up meanwhile. Whole streams are folded first (`making.py`), by
this process or by others of its own (`hands.py`), and this one writes their rows; only then the
events recorded meanwhile are added, as they came. The position travels with the views, so the
live projector goes on from wherever the new ones have come to.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic, sleep
from uuid import UUID

from domain.message import StreamKind
from domain.values.calendar import Calendar
from ledger.ledger import Ledger
from projections.changes import Changes
from projections.deriving import Funding
from projections.folding import Folding
from projections.reached import BEGINNING, Reached
from projections.rebuilding.hands import Hands
from projections.rebuilding.making import Learnt, Made, Making, few_collections
from projections.rebuilding.pieces import ranges
from projections.store import Fresh, ProjectorBusy, Views

BATCH = 1000
"""Events added at a time."""

RANGE = 10_000
"""Events in a range of streams, or thereabouts: others make another one meanwhile."""

CAPACITY = 1000
"""Folds kept while events are added."""

CLOSE = 200
"""When so few events are missing, the rest is folded while the live projector waits."""

PATIENCE = 5.0
PAUSE = 0.05
"""Seconds."""

STRETCHES = (
    (StreamKind.BENEFICIARY,),
    (StreamKind.AGREEMENT, StreamKind.REGISTRY),
    (
        StreamKind.BATCH,
        StreamKind.SESSION,
        StreamKind.CEREMONY,
        StreamKind.COHORT,
        StreamKind.COMPLAINT,
        StreamKind.RECEPTION,
        StreamKind.FINDING,
        StreamKind.ORDER,
        StreamKind.PROJECT,
        StreamKind.CASE,
    ),
)
"""Kinds of streams, one after the other: who is erased must be known before anything else of
theirs is read, agreements before the cases whose rows show what they come to, and which entries of
the registry are one before what is found by it."""

Progress = Callable[[int, int], None]
"""Called with how many events are folded, and how many there are."""


def rebuild(
    ledger: Ledger,
    views: Views,
    calendar: Calendar,
    progress: Progress | None = None,
    hands: Hands | None = None,
) -> int:
    """Rebuild and swap; the position the new views have come to.

    Without `hands` it folds alone. The live views stay as they are whatever is raised:
    `ProjectorBusy` while another rebuild is at work, `RebuildBroken` when one of the hands ends,
    `Unexpected` at an event that cannot be folded, and `NewerReleaseNeeded`.
    """
    ledger.level.require_read()
    with _building(views) as fresh, few_collections():
        at = _last(ledger)
        if hands is None:
            making: Making | Hands = Making(ledger, calendar, at.position)
        else:
            making = hands
            hands.begin(at.position, calendar)
        _load_all(ledger, fresh, making, at.position, progress or _silent)
        fresh.write(Changes(), before=BEGINNING, after=at, calendar=calendar.version)
        fresh.finish()
        going_on = _GoingOn(ledger, fresh, calendar, at)
        going_on.level(ledger.head(), within=CLOSE)
        fresh.swap(going_on.level)
        return going_on.at.position


@contextmanager
def _building(views: Views) -> Iterator[Fresh]:
    """Fresh views; waits a while, because a projector that cleans up has the place too."""
    deadline = monotonic() + PATIENCE
    with ExitStack() as stack:
        while True:
            try:
                fresh = stack.enter_context(views.building())
                break
            except ProjectorBusy:
                if monotonic() > deadline:
                    raise
                sleep(PAUSE)
        yield fresh


def _load_all(
    ledger: Ledger, fresh: Fresh, making: Making | Hands, up_to: int, progress: Progress
) -> None:
    """The rows of all streams as of a position."""
    done = 0
    for made in all_made(ledger, making, up_to):
        fresh.load(made.rows)
        done += made.events
        progress(min(done, up_to), up_to)
    progress(up_to, up_to)


def all_made(ledger: Ledger, making: Making | Hands, up_to: int) -> Iterator[Made]:
    """What all streams came to as of a position, some at a time, those first that others hang on."""
    for kinds in STRETCHES:
        erased, fundings = list[UUID](), dict[UUID, Funding]()
        merged, entries = dict[UUID, UUID](), dict[str, str]()
        for made in making.of(each for kind in kinds for each in ranges(kind, up_to // RANGE)):
            yield made
            erased += made.learnt.erased
            fundings |= made.learnt.fundings
            merged |= made.learnt.merged
            entries |= made.learnt.entries
        for person in erased:
            ledger.take_as_erased(person)
        making.learn(Learnt(erased, fundings, merged, entries))


class _GoingOn:
    """Fresh views, kept up as the live ones are, until they take their place."""

    def __init__(self, ledger: Ledger, fresh: Fresh, calendar: Calendar, at: Reached) -> None:
        self._ledger = ledger
        self._fresh = fresh
        self._calendar = calendar
        self._folding = Folding(ledger, calendar, CAPACITY)
        self._folding.restart(at.position)
        self.at = at

    def level(self, position: int, within: int = 0) -> None:
        """Come at least to `position`, or as near as `within`, or to the ledger's end."""
        while self.at.position + within < position:
            events = self._ledger.events(self.at.position, BATCH)
            if not events:
                return
            changes = self._folding.take(events)
            after, version = Reached.of(events[-1]), self._calendar.version
            self._fresh.write(changes, before=self.at, after=after, calendar=version)
            self.at = after


def _last(ledger: Ledger) -> Reached:
    """The ledger's last event."""
    head = ledger.head()
    return Reached.of(ledger.events(head - 1, 1)[0]) if head else BEGINNING


def _silent(_done: int, _of: int) -> None:
    """For whoever does not watch."""
