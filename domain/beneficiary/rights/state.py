"""What somebody asked about their data, and by when it is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.beneficiary.rights import events as e
from domain.beneficiary.rights.vocabulary import (
    DataRequestAnswer,
    DataRequestedBy,
    DataRequestKind,
)
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace as replaced
from domain.message import Envelope
from domain.values.calendar import Calendar


@dataclass(frozen=True, slots=True)
class DataRequest:
    """One of them; what was said in it stays in its event."""

    kind: DataRequestKind
    asked_by: DataRequestedBy
    on: date
    answer_days: int
    answered_on: date | None = None
    answer: DataRequestAnswer | None = None

    @property
    def waits(self) -> bool:
        return self.answer is None

    def due_on(self, calendar: Calendar) -> date:
        """The last day for an answer: a working day."""
        return calendar.on_or_after(self.on + timedelta(days=self.answer_days))


DataRequests = Mapping[UUID, DataRequest]
"""By their ids, the answered ones too."""


def waiting_of(requests: DataRequests, kind: DataRequestKind) -> UUID | None:
    """The one of this kind that nobody has answered."""
    return next((name for name, it in requests.items() if it.waits and it.kind is kind), None)


def remember_data_requests(fold: Evolution[Any]) -> None:
    """Have a fold, whose state has `data_requests`, keep them."""
    fold.on(e.DataRequestReceived)(_received)
    fold.on(e.DataRequestAnswered)(_answered)


def _received(state: Any, event: e.DataRequestReceived, envelope: Envelope) -> Any:
    received = DataRequest(event.kind, event.asked_by, envelope.occurred_on, event.answer_days)
    known = {**state.data_requests, event.data_request_id: received}
    return replaced(state, data_requests=known)


def _answered(state: Any, event: e.DataRequestAnswered, envelope: Envelope) -> Any:
    asked = state.data_requests.get(event.data_request_id)
    if asked is None:
        return state
    told = replace(asked, answered_on=envelope.occurred_on, answer=event.answer)
    return replaced(state, data_requests={**state.data_requests, event.data_request_id: told})
