"""What was public money's is proved for years: until then nobody's data is erased.

Accounts of public goods are kept so long (`public_proof_years`), with whoever received them; the
person can be restricted meanwhile (`restricting.py`).
"""

from collections.abc import Iterable
from datetime import date

from domain.case.state import CaseState
from domain.errors import Refused
from domain.message import StreamKind, stream_id
from domain.project.state import ProjectState
from domain.rules import Rules
from domain.steps.handling import Roles, World
from domain.steps.roles import numbered
from domain.tracks.self_employment.state import projects_of
from domain.values.calendar import months_after


def follows_projects(world: World) -> Roles:
    """The projects of the cases that were read."""
    cases = (state for state in world.states.values() if isinstance(state, CaseState))
    projects = [project for case in cases for project in projects_of(case)]
    return {
        numbered(StreamKind.PROJECT, number): stream_id(StreamKind.PROJECT, project)
        for number, project in enumerate(projects, 1)
    }


def proved_until(world: World) -> date | None:
    """The first day on which the person may be erased; None for who received nothing public.

    Of the projects and cases that were read: all of the person's.
    """
    states = world.states.values()
    moved = (each.money_moved_on for each in states if isinstance(each, ProjectState))
    return kept_until(moved, (each.rules for each in states if isinstance(each, CaseState)))


def kept_until(moved: Iterable[date | None], rules: Iterable[Rules]) -> date | None:
    """By the days on which money moved, and the rules of the person's cases."""
    last = max((day for day in moved if day is not None), default=None)
    if last is None:
        return None
    return months_after(last, 12 * max(each.public_proof_years for each in rules))


def require_proof_outlived(world: World, today: date) -> None:
    """Raises `Refused`, with the earliest day, while the proof is kept.

    Asked when an erasure is requested, and again when it is confirmed.
    """
    earliest = proved_until(world)
    if earliest is not None and today < earliest:
        raise Refused("public_proof_kept", earliest=str(earliest))
