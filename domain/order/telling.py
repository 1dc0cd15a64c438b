"""Which line a refusal means, of an order that may have four hundred."""

from uuid import UUID

from domain.case.state import CaseState
from domain.errors import Param, Refused
from domain.message import Event, Step
from domain.order.reads import held
from domain.order.steps import PlaceOrder
from domain.steps.handling import Context, Events, Rule, World


def telling_lines(rule: Rule) -> Rule:
    """The rule; what it refuses of a line says which item that is, and of which case.

    The case stays unsaid to a centre that it is not of.
    """

    def ruled(world: World, step: Step, ctx: Context) -> Event | Events:
        try:
            return rule(world, step, ctx)
        except Refused as refused:
            told = _told(world, step, refused.params.get("line"), ctx)
            refused.params = {**refused.params, **told}
            raise

    return ruled


def _told(world: World, step: Step, line: Param, ctx: Context) -> dict[str, Param]:
    meant = _item(world, step, line)
    if meant is None:
        return {}
    project_id, item = meant
    case: CaseState = held(world, project_id).case
    if ctx.actor.centre not in (None, case.centre):
        return {}
    return {"item": item, "reference": case.reference}


def _item(world: World, step: Step, line: Param) -> tuple[UUID, int] | None:
    """The project and its item on the line; of an order that is being placed, as it is asked."""
    if not isinstance(line, int):
        return None
    if isinstance(step, PlaceOrder):
        asked = step.lines[line - 1]
        return asked.project_id, asked.item
    known = world.order.lines.get(line)
    return None if known is None else (known.project_id, known.item)
