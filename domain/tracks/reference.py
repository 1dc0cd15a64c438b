"""What an event of a track names must be there, made by another before it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from domain.case.state import CaseState


@dataclass(frozen=True, slots=True)
class Reference:
    """`holds`: whether the case, with that track alone, has what the event names."""

    code: str
    """What is missing."""
    holds: Callable[[CaseState, Any], bool]
