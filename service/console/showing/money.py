"""The money of a project, step by step: each its sum and its day, or why there is none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from projections.views.projects import ProjectFacts
from service.console.showing.gaps import Gap, Missing
from service.queries.tracks.self_employment import SelfEmploymentAnswer

NOT_YET = Missing(Gap.NOT_RECORDED)
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a project's money: what it is called, how much, and when."""

    name: str
    """Of the words of pages."""
    amount: Decimal | Missing
    cash: Decimal
    """The cash grant beside the equipment; 0 for none."""
    on: date | Missing


def steps_of(
    track: SelfEmploymentAnswer, project: ProjectFacts, paid_on: date | None
) -> Iterator[Step]:
    """In the order of the path; what has not come to pass says so."""
    yield _step("asked", project.estimated, track.proposed_on)
    yield _step("own_part", project.own_contribution, track.proposed_on)
    granted = project.equipment_amount if track.approved_on else NOT_YET
    yield _step("granted", granted, track.approved_on, project.cash_grant)
    yield _step("ordered", _if_any(project.ordered), track.ordered_on)
    yield _step("paid", _if_any(project.paid), paid_on)
    delivered = _if_any(project.goods_delivered)
    yield _step("delivered", delivered, track.delivered_on, project.cash_delivered)


def _step(name: str, amount: Decimal | Missing, on: date | None, cash: Decimal = NOTHING) -> Step:
    return Step(name, amount, cash, on or NOT_YET)


def _if_any(sum_: Decimal) -> Decimal | Missing:
    return sum_ or NOT_YET
