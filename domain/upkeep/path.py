"""The step of upkeep: nobody takes it over the network."""

from uuid import UUID

from domain.message import Actor, Role
from domain.steps.roles import UPKEEP as UPKEEP_ROLE
from domain.steps.table import Part, row
from domain.upkeep.events import OperatorActed
from domain.upkeep.steps import RecordAct

STREAM = UPKEEP_ROLE.only
OPERATOR = Actor(id=UUID(int=2), role=Role.OPERATOR)
"""Whoever is at the machine."""

UPKEEP = Part("upkeep", (row(RecordAct, OperatorActed, who=frozenset({Role.OPERATOR})),))
