"""The forms of needs and plan."""

from collections.abc import Mapping

from domain.case.plan.steps import UpdateGoal
from domain.case.steps import AgreePlan, AssessNeeds
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
        ("occurred_on", "revised_because", "goals", "trade_wished", "qualifications"),
        breaks=("trade_wished",),
        checked=True,
    ),
    "update-goal": Layout(
        UpdateGoal,
        ("goal", "occurred_on", "progress", "note"),
        together={"goal": ("goal_step",)},
    ),
}
