"""When a paper may be attached, and withdrawn.

It was sent for this very stream, and looked at, within the last day: what nobody attached by then is
swept away. One that was withdrawn is still there for some time, and may be attached anew.
"""

from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from domain.errors import Refused
from domain.message import Command, Event, StreamKind, name_of
from domain.papers.events import Attached, Withdrawn
from domain.papers.state import Paper, Papers
from domain.papers.steps import AttachPaper, WithdrawPaper
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Rule, World
from domain.steps.recording import echo
from domain.steps.roles import CASE, TARGETS
from domain.values.papers import KEPT_BY, PaperPlace

WAITS = timedelta(hours=24)
"""So long a paper that was sent can be attached."""


class _Keeps(Protocol):
    papers: Papers


def attaching(event: type[Attached]) -> Rule:
    """The rule of a step that attaches a paper, and is recorded so."""

    def rule(world: World, step: AttachPaper, ctx: Context) -> Event:
        state = _keeper(world, event.stream)
        if step.kind not in KEPT_BY[event.stream]:
            raise Refused("paper_of_another_kind")
        _require_track(state, getattr(step, "track_id", None))
        not_before(step.occurred_on, step.issued_on)
        if step.expires_on is not None:
            not_before(step.expires_on, step.issued_on)
        place = holding(world, ctx.target, step.paper_id)
        return echo(event, step, holder=place.holder, **_facts(world, state, step, ctx))

    return rule


def withdrawing(event: type[Withdrawn]) -> Rule:
    def rule(world: World, step: WithdrawPaper, _: Context) -> Event:
        paper = _keeper(world, event.stream).papers.get(step.paper_id)
        if paper is None:
            raise Refused("paper_not_found")
        if not paper.stands:
            raise Refused("paper_withdrawn")
        not_before(step.occurred_on, paper.attached_on)
        return echo(event, step)

    return rule


def paper_asked(world: World, command: Command) -> PaperPlace | None:
    """Which paper a step is to attach; None for any other step."""
    if not isinstance(command.step, AttachPaper):
        return None
    return holding(world, command.target, command.step.paper_id)


def holding(world: World, stream: str, paper: UUID) -> PaperPlace:
    """Of a case it is kept under its person's key, else under one of the stream's own."""
    holder = UUID(name_of(stream))
    if CASE in world.ids and world.ids[CASE] == stream:
        holder = known(world.case.beneficiary_id)
    return PaperPlace(holder, stream, paper)


def _keeper(world: World, kind: StreamKind) -> _Keeps:
    state: Any = world[TARGETS[kind]]
    return state  # type: ignore[no-any-return]  # each of the five has papers


def _require_track(state: Any, track_id: UUID | None) -> None:
    if track_id is not None and track_id not in state.tracks:
        raise Refused("track_not_open")


def _facts(world: World, state: _Keeps, step: AttachPaper, ctx: Context) -> dict[str, Any]:
    before: Paper | None = state.papers.get(step.paper_id)
    if before is not None and before.stands:
        raise Refused("paper_already_attached")
    facts = world.papers.get(step.paper_id)
    if facts is None:
        raise Refused("paper_not_found")
    if before is None and ctx.now > facts.at + WAITS:
        raise Refused("paper_sent_too_long_ago")
    return facts.model_dump(include={"sha256", "size", "media_type", "pages"})
