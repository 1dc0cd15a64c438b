"""Which steps of a case are open now, and why the others are not."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from pydantic import Field

from domain.case.state import CaseState
from domain.commands import step_name
from domain.events.levels import LEVELS
from domain.message import Actor, Message
from domain.papers.needed import missing_for
from domain.path import PATH
from domain.tracks.row import seen_by
from domain.values.papers import PaperKind
from service.access.table import STEPS
from service.access.vocabulary import Scope
from service.problems.problem import text_of
from service.words.language import Language


class OpenStep(Message):
    """A step whose conditions hold now."""

    step: str = Field(examples=["record-release"])
    part: str = Field(examples=["custody"])
    href: str
    """Where to POST it."""
    yours: bool
    """Whether your role may take it."""
    track_id: UUID | None
    """The track it concerns, where it concerns one."""
    papers_missing: tuple[PaperKind, ...]
    """What it is usually taken on and is not attached. It can be taken all the same."""


class ClosedStep(Message):
    """A step that cannot be taken now."""

    step: str = Field(examples=["confirm-delivery"])
    part: str = Field(examples=["equipment_delivery"])
    code: str = Field(examples=["not_approved"])
    """What is missing, as a problem's code."""
    reason: str
    """The same in words, saying what to do."""
    track_id: UUID | None
    """The track it concerns, where it concerns one that is open."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a step stands: why it is closed, or None where it is open."""

    part: str
    step: str
    track_id: UUID | None
    code: str | None


def open_steps(case_id: UUID, state: CaseState, actor: Actor, level: int) -> Iterator[OpenStep]:
    """`level`: the ledger's. None is theirs of another centre's case, which they may only read."""
    own = actor.centre in (None, state.centre)
    for found in _standing(state, level):
        if found.code is None:
            yield OpenStep(
                step=found.step,
                part=found.part,
                href=f"/v1/cases/{case_id}/steps/{found.step}",
                yours=own and actor.role in STEPS[found.step].who,
                track_id=found.track_id,
                papers_missing=missing_for(found.step, state),
            )


def closed_steps(state: CaseState, language: Language, level: int) -> Iterator[ClosedStep]:
    for found in _standing(state, level):
        if found.code is not None:
            _, reason = text_of(found.code, {}, language)
            yield ClosedStep(
                step=found.step,
                part=found.part,
                code=found.code,
                reason=reason,
                track_id=found.track_id,
            )


def _standing(state: CaseState, level: int) -> Iterator[_Standing]:
    """Every step people take, in the path's order; a track's for each track of its kind.

    Without the answers to a referral: they are another centre's to give.
    """
    for part in PATH:
        for row in part.rows:
            name = step_name(row.step)
            if name not in STEPS or row.creates or STEPS[name].scope is Scope.REFERRED:
                continue
            closed = LEVELS.closed_because(name, level)
            for track_id, seen in seen_by(row, state):
                yield _Standing(part.name, name, track_id, closed or row.closed_because(seen))
