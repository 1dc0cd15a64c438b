"""A source funds a person once; again, or after a sale, with the division's yes.

All their projects are looked at, of earlier cases too. An approval that was ended before anything
was handed over does not count.
"""

from collections.abc import Iterator
from datetime import date

from domain.agreement.state import AgreementState
from domain.beneficiary.state import BeneficiaryState
from domain.case.moment import day_of
from domain.case.state import CaseState
from domain.errors import Refused
from domain.message import Event, StreamKind, kind_of, stream_id
from domain.project.state import ProjectState
from domain.rules import Rules
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import PROJECT, StreamRole
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide.reads import track_of
from domain.tracks.self_employment.state import SelfEmployment, projects_of
from domain.tracks.self_employment.vocabulary import ProblemKind
from domain.values.calendar import months_after


def follows_fundings(world: World) -> Roles:
    """The person's cases, and the projects of them all."""
    read = set(world.ids.values())
    return {
        StreamRole(stream, kind_of(stream), answered=False): stream
        for stream in _named_in(world)
        if stream not in read
    }


def _named_in(world: World) -> Iterator[str]:
    for state in world.states.values():
        if isinstance(state, BeneficiaryState):
            yield from (stream_id(StreamKind.CASE, case) for case in state.cases)
        elif isinstance(state, CaseState):
            yield from (stream_id(StreamKind.PROJECT, each) for each in projects_of(state))


def allow(world: World, step: s.AllowSecondFunding, _: Context) -> Event:
    not_before(step.occurred_on, day_of(track_of(world.case).proposed))
    return echo(e.SecondFundingAllowed, step)


def require_first_funding(
    world: World, agreement: AgreementState, track: SelfEmployment, on: date, rules: Rules
) -> None:
    """Raises `Refused` where the source funded another project of the person, or what they were
    handed was sold not long before that day, and the division did not allow it.
    """
    source = known(agreement.funding_source)
    if source in track.allowed_again:
        return
    others = [
        state
        for role, state in world.states.items()
        if isinstance(state, ProjectState) and role != PROJECT
    ]
    if any(each.source is source for state in others for _, each in state.funded()):
        raise Refused("funded_before", source=str(source))
    sold = max(_sales(world, others), default=None)
    if sold is not None and on < months_after(sold, 12 * rules.after_sale_years):
        raise Refused("equipment_sold_before", source=str(source), years=rules.after_sale_years)


def _sales(world: World, projects: list[ProjectState]) -> Iterator[date]:
    """The days of those that a visit found, or that were raised as a problem."""
    yield from (each.sold_on for each in projects if each.sold_on is not None)
    for state in world.states.values():
        if isinstance(state, CaseState):
            for track in state.tracks.values():
                if isinstance(track, SelfEmployment):
                    yield from (
                        problem.raised.on
                        for problem in track.problems.values()
                        if problem.kind is ProblemKind.SOLD
                    )
