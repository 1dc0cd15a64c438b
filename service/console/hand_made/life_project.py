"""The plan agreed with the person: its goals and their steps, beside the needs that were found.

Where a plan stands, the form begins with it: what is agreed anew takes its place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.case.vocabulary import NeedStatus
from service.console.choices.of_case import counting, events_of
from service.console.forms.answers import Complaint
from service.console.forms.refilled import refilled
from service.console.hand_made.asking import Asking, HandMade
from service.words.store import words

STEP = "agree-plan"
OPEN_NEEDS = (NeedStatus.NOT_STARTED, NeedStatus.IN_PROGRESS)
BECAUSE = "revised_because"
BEGUN = "goals.begun"
"""Sent by the page itself, no answer: that what stands was in the form already."""


@dataclass(frozen=True, slots=True)
class Found:
    """A need that is to be met, and how far that is."""

    area: str
    status: str


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What stands beside the questions of the plan."""

    needs: tuple[Found, ...]
    agreed_on: date | None
    """When the plan that stands was agreed."""


async def facts(asking: Asking) -> Mapping[str, Any]:
    case = asking.case
    if case is None:
        return {"plan": PlanFacts((), None)}
    said = words(asking.visit.language)
    needs = tuple(
        Found(said.of(area), said.of(status))
        for area, status in (case.needs or {}).items()
        if status in OPEN_NEEDS
    )
    plan = PlanFacts(needs, case.planned_on)
    because = next((each for each in asking.questions if each.name == BECAUSE), None)
    needed = because and replace(because, optional=False)
    return {"plan": plan, "because": needed, "amiss": tuple(_amiss(asking, plan))}


def _amiss(asking: Asking, plan: PlanFacts) -> Iterator[Complaint]:
    """What takes the place of a plan says why."""
    if plan.agreed_on is not None and BEGUN in asking.typed and not asking.typed.get(BECAUSE):
        yield Complaint(BECAUSE, words(asking.visit.language).page["plan_why_missing"])


async def known(asking: Asking) -> Mapping[str, str]:
    """The plan as it was agreed last, where nothing was typed yet."""
    case = asking.case
    if asking.about is None or BEGUN in asking.typed or case is None or case.planned_on is None:
        return {}
    events = counting(await events_of(asking.visit, asking.about))
    told = [each.fields for each in events if each.name == "PlanAgreed"]
    asked = [each for each in asking.questions if each.name != "occurred_on"]
    return refilled(asked, told[-1]) if told else {}


MADE = HandMade("hand_made/plan.html", "hand_made/plan_check.html", facts, known=known)
FORMS: Mapping[str, HandMade] = {STEP: MADE}
