"""What the items of projects are called: from the ledger, for a view keeps no words about a person."""

from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel

from domain.message import Recorded, StreamKind, name_of, stream_id
from domain.project.events import ItemReplaced, PlanRevised, PlanTold, ProjectRegistered
from service.access.reader import Reading
from service.access.scope import reads_restricted

Labels = Mapping[int, str]
"""By the number of the item."""
TELLING = frozenset(each.stored for each in (ProjectRegistered, PlanRevised, ItemReplaced))
"""Under which name is stored what `labels_told` looks for."""


def item_labels(reading: Reading, projects: Collection[UUID]) -> Mapping[UUID, Labels]:
    """Of each of the projects."""
    streams = sorted(stream_id(StreamKind.PROJECT, each) for each in projects)
    recorded = reading.ledger.histories(streams, TELLING) if streams else []
    by_stream = groupby(recorded, lambda each: each.envelope.stream)
    return {UUID(name_of(stream)): labels_told(events) for stream, events in by_stream}


def labels_told(events: Iterable[Recorded]) -> Labels:
    """As the project's last plan calls them, and what came in their place since."""
    labels: dict[int, str] = {}
    for each in events:
        match each.event:
            case PlanTold() as plan:
                labels = dict(enumerate(plan.labels or (), 1))
            case ItemReplaced(label=str(label)) as replaced:
                labels[replaced.number] = label
    return labels


L = TypeVar("L", bound=BaseModel)
UNTOLD = ("reference", "restricted_until", "erased_on", "label")
"""What a line does not say of whom it is for."""


def told_of(reading: Reading, line: L) -> L:
    """The line; of whom it is for nothing where the reader does not read of the restricted."""
    if getattr(line, "restricted_until", None) is None or reads_restricted(reading):
        return line
    return line.model_copy(update=dict.fromkeys(UNTOLD))
