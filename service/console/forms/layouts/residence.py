"""The form of a move of residence."""

from collections.abc import Mapping

from domain.case.residence.steps import RecordMove
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "record-move": Layout(RecordMove, ("occurred_on", "address", "commune", "province")),
}
