"""The forms of findings."""

from collections.abc import Mapping

from domain.dismissal.steps import DismissFinding, ReopenFinding
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "dismiss-finding": Layout(DismissFinding, ("because", "explanation", "occurred_on")),
    "reopen-finding": Layout(ReopenFinding, ("explanation", "occurred_on")),
}
