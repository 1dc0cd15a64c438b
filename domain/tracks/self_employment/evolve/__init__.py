"""The fold of the self-employment track's events, into the state of its case."""

from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.tracks.self_employment.evolve.approval import evolve_approval
from domain.tracks.self_employment.evolve.delivery import evolve_delivery
from domain.tracks.self_employment.evolve.follow_up import evolve_follow_up

evolve_self_employment: Evolution[CaseState] = Evolution(
    evolve_approval, evolve_delivery, evolve_follow_up
)
