"""Why there is nothing to show: the empties, which are never mixed, and never a blank."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from domain.message import Role
from service.access.masking import hidden_fields


class Gap(StrEnum):
    """The reasons; each has its words and its sign."""

    NOT_RECORDED = "not_recorded"
    NOT_SHOWN = "not_shown"
    """The reader's role does not get to see it: nothing is said of whether it is there."""
    ERASED = "erased"
    KEY_LOST = "key_lost"
    """Unreadable for now: a copy of the key brings it back."""
    DOES_NOT_APPLY = "does_not_apply"


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing, and why."""

    why: Gap
    on: date | None = None
    """The day of the erasure."""


def missing_of(
    model: type[BaseModel],
    field: str,
    role: Role,
    *,
    erased_on: date | None = None,
    key_lost: bool = False,
) -> Missing:
    """Why a field of an answer is None for a reader of this role.

    What is hidden from the role comes first: it must not tell an erased person from another.
    """
    if field in hidden_fields(model, role):
        return Missing(Gap.NOT_SHOWN)
    if key_lost:
        return Missing(Gap.KEY_LOST)
    if erased_on is not None:
        return Missing(Gap.ERASED, erased_on)
    return Missing(Gap.NOT_RECORDED)
