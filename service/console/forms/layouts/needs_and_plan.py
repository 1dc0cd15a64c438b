"""The forms of needs and plan."""

from collections.abc import Mapping

from domain.case.steps import AgreePlan, AssessNeeds, EndTrack, OpenTrack
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "assess-needs": Layout(
        AssessNeeds,
        ("areas", "remarks", "occurred_on"),
        left={"form": "there is one form of assessment"},
    ),
    "agree-plan": Layout(AgreePlan, ("trade_wished", "qualifications", "goals", "occurred_on")),
    "open-track": Layout(OpenTrack, ("track", "occurred_on")),
    "end-track": Layout(
        EndTrack, ("track_id", "ended_as", "explanation", "occurred_on"), checked=True
    ),
}
