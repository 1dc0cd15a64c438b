"""The forms of what people ask about their data."""

from collections.abc import Mapping

from domain.beneficiary.rights.steps import AnswerDataRequest, ReceiveDataRequest
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "receive-data-request": Layout(
        ReceiveDataRequest, ("kind", "asked_by", "in_their_words", "occurred_on")
    ),
    "answer-data-request": Layout(
        AnswerDataRequest,
        ("kind", "answer", "identity_seen", "explanation", "occurred_on"),
        checked=True,
    ),
}
