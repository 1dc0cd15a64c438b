"""The steps of people's requests about their data."""

from typing import Annotated

from domain.beneficiary.rights.vocabulary import (
    DataRequestAnswer,
    DataRequestedBy,
    DataRequestKind,
)
from domain.message import FieldClass, LongText, Step


class ReceiveDataRequest(Step):
    """Record that the person asks to see their data, to have it corrected or erased, or the like."""

    kind: DataRequestKind
    asked_by: DataRequestedBy
    in_their_words: Annotated[LongText | None, FieldClass.PERSONAL] = None
    """What they ask, in their own words."""


class AnswerDataRequest(Step):
    """Record how what the person asked about their data was answered.

    A request to erase is granted by the erasure itself, which two people agree on.
    """

    kind: DataRequestKind
    """Of the request; of a kind one waits at a time."""
    answer: DataRequestAnswer
    identity_seen: bool
    """Whether they showed who they are: nobody else is handed what is kept of them."""
    explanation: Annotated[LongText | None, FieldClass.PERSONAL] = None
    """Why it is refused, or what of it; who may be complained to."""
