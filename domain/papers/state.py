"""What papers there are, folded from what was attached and withdrawn."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope, FieldClass
from domain.papers.events import Attached, Withdrawn
from domain.values.papers import MediaType, PaperKind, PaperPlace


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it was attached; what is told of a person's is None once they are erased."""

    holder: UUID
    kind: Annotated[PaperKind | None, FieldClass.JUDICIAL]
    issued_on: Annotated[date | None, FieldClass.PERSONAL]
    expires_on: Annotated[date | None, FieldClass.PERSONAL]
    track_id: UUID | None
    sha256: str
    size: int
    media_type: MediaType
    pages: int
    attached_on: date
    known: datetime
    """Since when we know of it (UTC)."""
    by: UUID
    withdrawn_on: date | None = None

    @property
    def stands(self) -> bool:
        return self.withdrawn_on is None

    def place(self, stream: str, paper: UUID) -> PaperPlace:
        """Where it is kept."""
        return PaperPlace(self.holder, stream, paper)


Papers = Mapping[UUID, Paper]
"""By their ids, in the order in which they fold; those withdrawn too."""


def remember_papers(
    fold: Evolution[Any], attached: type[Attached], withdrawn: type[Withdrawn]
) -> None:
    """Have a fold, whose state has `papers`, keep them."""
    fold.on(attached)(_attached)
    fold.on(withdrawn)(_withdrawn)


def _attached(state: Any, event: Any, envelope: Envelope) -> Any:
    paper = Paper(
        holder=event.holder,
        kind=event.kind,
        issued_on=event.issued_on,
        expires_on=event.expires_on,
        track_id=getattr(event, "track_id", None),
        sha256=event.sha256,
        size=event.size,
        media_type=event.media_type,
        pages=event.pages,
        attached_on=envelope.occurred_on,
        known=envelope.recorded_at,
        by=envelope.actor.id,
    )
    # Last where it was attached anew.
    others = {name: each for name, each in state.papers.items() if name != event.paper_id}
    return replace(state, papers={**others, event.paper_id: paper})


def _withdrawn(state: Any, event: Withdrawn, envelope: Envelope) -> Any:
    paper = state.papers.get(event.paper_id)
    if paper is None:
        return state
    gone = dataclasses.replace(paper, withdrawn_on=envelope.occurred_on)
    return replace(state, papers={**state.papers, event.paper_id: gone})


def valid(papers: Papers) -> dict[UUID, Paper]:
    """Those that stand, the last of each kind on each track: it takes the place of those before."""
    last = {(paper.kind, paper.track_id): name for name, paper in papers.items() if paper.stands}
    return {name: papers[name] for name in last.values()}


def kinds_in(papers: Papers) -> frozenset[PaperKind]:
    """What kinds there are."""
    return frozenset(each.kind for each in papers.values() if each.stands and each.kind)
