"""What a step that passed should still be told of, as codes for whoever shows it in words."""

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from domain.message import Message


class WarningCode(StrEnum):
    """What is warned of. It forbids nothing."""

    PAID_ABOVE_IN_HAND = "paid_above_in_hand"
    """The agreement has now spent more than has come in; `in_hand` (MAD) is below zero."""


class Warned(Message):
    """One warning, of the thing it is about."""

    code: WarningCode
    about: UUID
    """The agreement's id."""
    params: Mapping[str, str] = {}
