"""The forms of receptions."""

from collections.abc import Mapping

from domain.reception.steps import CancelReception, RecordReception
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "record-reception": Layout(
        RecordReception, ("reason", "sent_to", "sent_elsewhere", "occurred_on", "centre")
    ),
    "cancel-reception": Layout(CancelReception, ("explanation", "occurred_on")),
}
