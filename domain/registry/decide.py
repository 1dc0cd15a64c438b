"""The registry's table of steps."""

from domain.handling import Handling
from domain.message import Role, StreamKind
from domain.recording import recorded_as
from domain.registry.events import CentreRegistered
from domain.registry.steps import RegisterCentre

REGISTRY_STEPS = (
    Handling(
        RegisterCentre,
        StreamKind.REGISTRY,
        frozenset({Role.ADMINISTRATOR}),
        recorded_as(CentreRegistered),
    ),
)
