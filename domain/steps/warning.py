"""What a step that passed should still be told of, as codes for whoever shows it in words."""

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from domain.message import Message


class WarningCode(StrEnum):
    """What is warned of. It forbids nothing."""

    PAID_ABOVE_IN_HAND = "paid_above_in_hand"
    """The agreement has now spent more than has come in; `in_hand` (MAD) is below zero."""
    SIMILAR_PERSON = "similar_person"
    """Somebody is registered under a name like it, born on that day or in that year."""

    PAPERS_MISSING = "papers_missing"
    """Papers that the step is usually taken on are not attached: `papers` names their kinds."""

    ANOTHER_CENTRE_SERVES = "another_centre_serves"
    """Where the person lives now is served by `centre`, and not by the case's own."""
    CASES_LEFT = "cases_left"
    """Open cases are still with whoever leaves: `cases` says how many."""


class Warned(Message):
    """One warning, of the thing it is about."""

    code: WarningCode
    about: UUID
    """The id of the agreement, of the other person, or of what the papers belong to."""
    params: Mapping[str, str] = {}
