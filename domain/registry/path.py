"""The steps that keep the registry."""

from domain.message import Role
from domain.registry.decide import register_centre
from domain.registry.events import CentreRegistered
from domain.registry.steps import RegisterCentre
from domain.steps.table import Part, row

CENTRES = Part(
    "centres",
    (
        row(
            RegisterCentre,
            CentreRegistered,
            who=frozenset({Role.ADMINISTRATOR}),
            by=register_centre,
        ),
    ),
)
