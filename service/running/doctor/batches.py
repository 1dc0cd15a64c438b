"""Batches under way: which move, which rest and why, and which do neither."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import cast

from domain.batch.events import BatchEnded, BatchForgotten, BatchStopped
from domain.batch.state import BatchState
from domain.batch.vocabulary import BatchStatus, Phase
from domain.message import StreamKind, name_of
from ledger.ledger import Ledger
from service.running.doctor.finding import Finding, Part, warning, well

STUCK_AFTER = timedelta(minutes=2)
"""Something is recorded of one under way each second or so; one line may wait for an outage's end."""
FORGOTTEN_AFTER = timedelta(days=7)
OVER = (BatchEnded, BatchStopped, BatchForgotten)
LAST = 2
"""Of the events of a batch: after a stop at most one tells of what was taken before."""
BEGUN_ANEW = (
    "a worker begins its run anew within a minute; if it does not, see whether one is at work and"
    " look into its log"
)
TAKEN_OVER = "somebody of its centre goes on with it or stops it, on the page of batches"


def batches(ledger: Ledger) -> list[Finding]:
    """One finding for each that is stuck or rests too long; else how many are under way."""
    now = datetime.now(UTC)
    standing = [*_standing(ledger)]
    found = [finding for each in standing for finding in _troubled(*each, now)]
    if found:
        return found
    moving = [f"{name}: {_how_far(state)}" for name, state in standing if state.has_work]
    resting = sum(state.status is BatchStatus.PAUSED for _, state in standing)
    under_way = f"{len(moving)} under way" + (f" ({'; '.join(moving)})" if moving else "")
    return [well(Part.BATCHES, f"{under_way}, {resting} paused")]


def _standing(ledger: Ledger) -> Iterator[tuple[str, BatchState]]:
    """Those that are not over; of the others no more is read than their last words."""
    for stream, version in ledger.streams(StreamKind.BATCH):
        last = ledger.history(stream, after=version - LAST)
        if not any(isinstance(each.event, OVER) for each in last):
            yield name_of(stream), cast("BatchState", ledger.glance(stream))


def _troubled(name: str, state: BatchState, now: datetime) -> Iterator[Finding]:
    if state.moved_at is None or state.since is None:
        return
    if state.has_work and now - state.moved_at > STUCK_AFTER:
        stuck = f"{name} is {state.status}, {_how_far(state)}, and stands still since"
        yield warning(Part.BATCHES, f"{stuck} {_at(state.moved_at)}", BEGUN_ANEW)
    elif state.status is BatchStatus.PAUSED and state.halted:
        found = f"{name} came to rest at {_at(state.since)} ({state.halted}), {_how_far(state)}"
        yield warning(Part.BATCHES, found, TAKEN_OVER)
    elif state.status is BatchStatus.PAUSED and now - state.since > FORGOTTEN_AFTER:
        found = f"{name} is paused since {_at(state.since)}, {_how_far(state)}"
        yield warning(Part.BATCHES, found, TAKEN_OVER)


def _how_far(state: BatchState) -> str:
    gone = state.going(state.phase).last
    verb = "taken" if state.phase is Phase.TAKE else "looked at"
    return f"{gone} of {state.count} lines {verb}"


def _at(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"
