"""The fold of the self-employment track's events, into the state of its case."""

from domain.case.moment import Moment
from domain.case.state import CaseState
from domain.case.track import Track
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.tracks.self_employment.evolve.approval import evolve_approval
from domain.tracks.self_employment.evolve.delivery import evolve_delivery
from domain.tracks.self_employment.evolve.follow_up import evolve_follow_up
from domain.tracks.self_employment.state import SelfEmployment

evolve_self_employment: Evolution[CaseState] = Evolution(
    evolve_approval, evolve_delivery, evolve_follow_up
)


def opened(before: Track | None, when: Moment, number: int) -> SelfEmployment:
    """The track opened; what happened on it before, by its day, stays."""
    track = before if isinstance(before, SelfEmployment) else SelfEmployment(opened=when)
    return replace(track, opened=when, number=number)
