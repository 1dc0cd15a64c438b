"""A part of the plan that was refused, or is nobody's yet, beside what others approved.

The plan is told anew for that part. Nothing changes for whoever approved, and items keep their
numbers: one that is not wanted any more is given up instead.
"""

from collections.abc import Mapping
from decimal import Decimal

from domain.errors import Refused
from domain.project.item import Item
from domain.project.state import ProjectState


def standing_with(
    project: ProjectState, told: Mapping[int, Item], start_up_cash: Decimal
) -> Mapping[int, Item]:
    """The items as they will stand; raises `Refused` where an approved part would change."""
    if not project.approved:
        return told
    if start_up_cash < project.cash_grant:
        raise Refused("approved_cash_lowered", least=str(project.cash_grant))
    for number, before in project.items.items():
        if number not in told:
            raise Refused("approved_item_missing", item=number)
        _require_kept(project, number, before, told[number])
    for number in told.keys() - project.items.keys():
        _require_of_others(project, number, told[number])
    return {
        number: project.items[number].replanned(item) if number in project.items else item
        for number, item in told.items()
    }


def _require_kept(project: ProjectState, number: int, before: Item, after: Item) -> None:
    """Each who approved is asked for as much; what is on order, given or dropped is as it was."""
    moved = before.on_order or before.settled
    if moved and before.replanned(after) != before:
        raise Refused("approved_part_changed", item=number)
    for _, granted in project.standing():
        if before.asked_of(granted.source) != after.asked_of(granted.source):
            raise Refused("approved_part_changed", item=number)


def _require_of_others(project: ProjectState, number: int, added: Item) -> None:
    if any(added.asks(granted.source) for _, granted in project.standing()):
        raise Refused("approved_part_changed", item=number)
