"""The forms of requests."""

from collections.abc import Mapping

from domain.case.steps import ConfirmCaseRequest, RefuseCaseRequest
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "confirm-case-request": Layout(ConfirmCaseRequest, ("request_id", "occurred_on"), checked=True),
    "refuse-case-request": Layout(
        RefuseCaseRequest, ("request_id", "explanation", "occurred_on"), checked=True
    ),
}
