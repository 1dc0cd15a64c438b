"""What stands on somebody's first page beside its list: what they must see, and what they began."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.console.pages.announced import Announced, announced_to
from service.console.pages.drafts import DraftLine, drafts_of
from service.console.pages.known import known
from service.console.pages.notices import Notice, notices
from service.console.showing.links import StepLink, new
from service.console.visit import Signed
from service.queries.emergencies import OpenedCase, list_emergencies

RECEIVING = ("record-reception",)
OPENING = ("open-in-emergency",)


@dataclass(frozen=True, slots=True)
class Above:
    notices: Sequence[Notice]
    announced: Announced
    drafts: Sequence[DraftLine]
    receives: StepLink | None
    """Of a centre's staff: who came and has no case is told of at once."""
    opens: StepLink | None
    """Of a centre's staff: another centre's case, in an emergency."""
    emergencies: Sequence[OpenedCase]
    """What was opened so, by them, from or in their centre."""
    centres: Mapping[str, str]


async def above(visit: Signed) -> Above | None:
    """None on any page but the first."""
    if visit.here.partition("?")[0] != "/":
        return None
    steps = RECEIVING if visit.actor.centre is not None else ()
    emergencies = (await visit.ask(list_emergencies)).emergencies
    return Above(
        notices=[each async for each in notices(visit)],
        announced=await announced_to(visit),
        drafts=await drafts_of(visit),
        receives=next(iter(new(steps, visit.steps, visit.language)), None),
        opens=next(iter(new(OPENING, visit.steps, visit.language)), None),
        emergencies=emergencies,
        centres=(await known(visit)).centres if emergencies else {},
    )
