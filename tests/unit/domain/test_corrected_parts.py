"""A decision about one part of a project is told otherwise, while others approved theirs."""

from typing import Any

import pytest

from domain.errors import Refused
from domain.message import StreamKind, stream_id
from domain.project.vocabulary import DecisionKind, RejectionReason
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from tests.unit.domain.conftest import House
from tests.unit.domain.test_mending import entry
from tests.unit.domain.test_part import FIVE, NONE, TEN, A, B, Part

APPROVED = {"decision": DecisionKind.APPROVE, "equipment_amount": FIVE}
REJECTED = {"decision": DecisionKind.REJECT, "reason": RejectionReason.OTHER}


def correct(part: Part, **told: Any) -> None:
    """What was decided last."""
    house = part.house
    step = s.CorrectDecision(
        occurred_on=house.way.day(381),
        entry_number=entry(house, e.DecisionRecorded),
        reasons="As in the minutes.",
        explanation="The wrong line.",
        **told,
    )
    house.paper.take(stream_id(StreamKind.CASE, house.case_id), step, house.second)


def refused(part: Part, code: str, **told: Any) -> Refused:
    recorded = len(part.house.paper.events)
    with pytest.raises(Refused, match=code) as caught:
        correct(part, **told)
    assert len(part.house.paper.events) == recorded
    return caught.value


def sums(part: Part) -> tuple[Any, Any]:
    """Of the other source: what there is room for, and what was freed."""
    agreement = part.agreement(B)
    return agreement.room, agreement.money.freed


@pytest.mark.parametrize(("first", "then"), [(None, APPROVED), (FIVE, REJECTED)])
def test_what_was_approved_is_not_told_otherwise_across_its_end(
    house: House, first: Any, then: dict[str, Any]
) -> None:
    """The end would not be of that part: nobody could end it, or its money was freed twice."""
    part = Part.submitted(house)
    part.decide(A, TEN + TEN)
    part.decide(B, first)
    before = sums(part)
    house.by_two(s.EndApproval(occurred_on=house.paper.today, explanation="Another trade."))
    error = refused(part, "rests_on_it", **then)
    assert "confirm-case-request" in str(error.params["entries"])
    assert sums(part)[0] == before[0] + (first or NONE)


def test_of_a_part_that_was_dropped_and_never_approved_nothing_stays_freed(house: House) -> None:
    part = Part.submitted(house)
    envelope = part.agreement(B).room
    part.decide(A, TEN + TEN)
    part.decide(B, FIVE)
    drop = s.DropItems(occurred_on=house.paper.today, items=(2,), explanation="Not wanted.")
    house.take(drop)
    assert sums(part) == (envelope, FIVE)
    correct(part, **REJECTED)
    assert sums(part) == (envelope, NONE)
