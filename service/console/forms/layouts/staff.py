"""The forms of staff."""

from collections.abc import Mapping

from domain.staff.steps import (
    AcknowledgeNotices,
    EndCredentials,
    RecordDeparture,
    RegisterStaff,
    RevokeAccessKey,
)
from service.console.forms.layout import Layout
from service.identity.issuing import AccessKeyRequest

LAYOUTS: Mapping[str, Layout] = {
    "register-staff": Layout(RegisterStaff, ("role", "centre", "label", "occurred_on")),
    "issue-access-key": Layout(
        AccessKeyRequest, ("staff_id", "occurred_on", "purpose", "expires_on")
    ),
    "acknowledge-notices": Layout(AcknowledgeNotices, ("notices", "occurred_on")),
    "revoke-access-key": Layout(RevokeAccessKey, ("key_id", "occurred_on"), checked=True),
    "end-credentials": Layout(EndCredentials, ("staff_id", "occurred_on"), checked=True),
    "record-departure": Layout(RecordDeparture, ("staff_id", "occurred_on"), checked=True),
}
