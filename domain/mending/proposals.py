"""A proposal is taken back before anything is built on it: another project may stand behind it."""

from collections.abc import Iterator, Sequence

from domain.errors import Refused
from domain.mending.entries import Entry
from domain.message import Recorded
from domain.resting import Fallen, listed
from domain.tracks.parts import ENTERED
from domain.tracks.self_employment.conditions import PROJECT
from domain.tracks.self_employment.events import ProjectProposed


def require_nothing_built_on(events: Sequence[Recorded], entry: Entry) -> None:
    """Raises `Refused` with what was recorded of a project whose proposal would go."""
    for proposed in entry.events:
        if isinstance(proposed.event, ProjectProposed):
            built = tuple(_built_on(events, proposed, proposed.event))
            if built:
                raise Refused("rests_on_it", entries=listed(built), count=len(built))


def _built_on(
    events: Sequence[Recorded], proposed: Recorded, proposal: ProjectProposed
) -> Iterator[Fallen]:
    """What follows it on its track, up to the next proposal."""
    for each in events[events.index(proposed) + 1 :] if proposed in events else ():
        if getattr(each.event, "track_id", None) != proposal.track_id:
            continue
        if isinstance(each.event, ProjectProposed):
            return
        row = ENTERED.get(each.envelope.step)
        if row is not None and PROJECT in row.when:
            yield Fallen(each, frozenset({PROJECT.code}))
