"""The forms of delegations."""

from collections.abc import Mapping

from domain.staff.standing_in.steps import EndDelegation, NameDelegate
from service.console.forms.layout import Layout, Source

LAYOUTS: Mapping[str, Layout] = {
    "name-delegate": Layout(
        NameDelegate,
        ("staff_id", "delegate", "since", "until", "occurred_on"),
        candidates={"staff_id": Source.ABSENTEES, "delegate": Source.CASEWORKERS},
    ),
    "end-delegation": Layout(
        EndDelegation,
        ("delegation_id", "occurred_on"),
        candidates={"delegation_id": Source.DELEGATIONS},
        checked=True,
    ),
}
