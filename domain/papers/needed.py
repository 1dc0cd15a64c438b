"""Which papers a step is usually taken on: who takes it without them is told so, and may.

A list of papers is a help to whoever prepares a file; what must be in it is for people to judge.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from domain.message import Command, kind_of, name_of
from domain.papers.state import Papers, kinds_in
from domain.rules import NEWEST
from domain.rules.shape import Rules
from domain.steps.handling import World
from domain.steps.naming import step_name
from domain.steps.roles import TARGETS
from domain.steps.warning import Warned, WarningCode
from domain.values.papers import KEPT_BY, PaperKind

NONE: Papers = {}


def rules_for(state: Any) -> Rules:
    """A case's own version, else the newest. What other streams keep by that name are no rules."""
    found = getattr(state, "rules", NEWEST)
    return found if isinstance(found, Rules) else NEWEST


def missing_for(step: str, state: Any) -> tuple[PaperKind, ...]:
    """What a step is usually taken on, and is not attached."""
    there = kinds_in(getattr(state, "papers", NONE))
    needed = rules_for(state).papers_needed.get(step, ())
    return tuple(kind for kind in needed if kind not in there)


def still_to_come(kind: str, taken: Iterable[str], state: Any) -> Iterator[tuple[PaperKind, str]]:
    """What the steps taken so far leave and is not attached, each with its step.

    `kind`: of the stream. What a step leaves elsewhere is asked for there.
    """
    there, told = kinds_in(getattr(state, "papers", NONE)), set()
    left: Mapping[str, tuple[PaperKind, ...]] = rules_for(state).papers_left
    for step in taken:
        for each in left.get(step, ()):
            if each not in there and each not in told and each in KEPT_BY.get(kind, ()):
                told.add(each)
                yield each, step


def papers_missing(world: World, command: Command) -> list[Warned]:
    """A warning where there are such."""
    role = TARGETS.get(kind_of(command.target))
    step = step_name(command.step)
    if role is None or role not in world.ids:
        return []
    missing = missing_for(step, world[role])
    if not missing:
        return []
    params = {"step": step, "papers": ",".join(missing)}
    about = UUID(name_of(command.target))
    return [Warned(code=WarningCode.PAPERS_MISSING, about=about, params=params)]
