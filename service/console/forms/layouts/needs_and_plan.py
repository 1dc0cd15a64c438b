"""The forms of needs and plan."""

from collections.abc import Mapping

from domain.case.steps import AgreePlan, AssessNeeds, EndTrack, OpenTrack
from domain.case.vocabulary import NeedArea
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "assess-needs": Layout(
        AssessNeeds,
        ("occurred_on", "areas", "remarks"),
        breaks=(*(f"areas.{area}" for area in NeedArea), "remarks"),
        left={"form": "there is one form of assessment"},
    ),
    "agree-plan": Layout(
        AgreePlan,
        ("occurred_on", "goals", "trade_wished", "qualifications"),
        breaks=("trade_wished",),
        checked=True,
    ),
    "open-track": Layout(OpenTrack, ("occurred_on", "track")),
    "end-track": Layout(
        EndTrack, ("track_id", "occurred_on", "ended_as", "explanation"), checked=True
    ),
}
