"""What later entries name must be there as they say: an item, a member, what is awaited.

By the event: the code of what is missing, and whether it is there. `domain/resting.py` asks it of every
change of what was told before.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from domain.case.awaiting import events as awaiting
from domain.case.awaiting.state import still_awaited
from domain.case.household import events as household
from domain.case.household.state import lives_there
from domain.case.plan import events as plan
from domain.case.plan.decide import is_of_the_plan
from domain.case.state import CaseState
from domain.case.support import events as support
from domain.case.support.state import ended, running
from domain.message import Event

Named = Callable[[CaseState, Any], bool]


def _supports(case: CaseState) -> Mapping[UUID, Any]:
    return case.supports


def _household(case: CaseState) -> Mapping[UUID, Any]:
    return case.household


def _awaited(case: CaseState) -> Mapping[UUID, Any]:
    return case.awaited


def _one(
    things: Callable[[CaseState], Mapping[UUID, Any]], name: str, which: Callable[[Any], bool]
) -> Named:
    """Whether the thing that the event names, if it names one, is there and is one of these."""

    def holds(case: CaseState, event: Event) -> bool:
        named = getattr(event, name)
        thing = things(case).get(named)
        return named is None or (thing is not None and which(thing))

    return holds


def _any(_: object) -> bool:
    return True


NAMED: Mapping[type[Event], tuple[str, Named]] = {
    support.SupportOpened: ("member_not_found", _one(_household, "member_id", lives_there)),
    **dict.fromkeys(
        (support.SupportProgressed, support.SupportCompleted, support.SupportDeclined),
        ("support_not_found", _one(_supports, "support_id", running)),
    ),
    support.SupportTakenUp: ("support_not_ended", _one(_supports, "support_id", ended)),
    awaiting.ThirdPartyAwaited: ("support_not_found", _one(_supports, "support_id", _any)),
    **dict.fromkeys(
        (
            awaiting.ThirdPartyAskedAgain,
            awaiting.ThirdPartyAnswered,
            awaiting.AwaitingStopped,
        ),
        ("awaited_not_found", _one(_awaited, "awaited_id", still_awaited)),
    ),
    plan.GoalStepMoved: ("goal_step_not_found", is_of_the_plan),
    **dict.fromkeys(
        (household.HouseholdMemberLeft, household.FamilyContactRecorded),
        ("member_not_found", _one(_household, "member_id", lives_there)),
    ),
}
