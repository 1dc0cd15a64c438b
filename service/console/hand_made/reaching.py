"""How one is reached begins with what one said last: an address that stays is not typed anew."""

from collections.abc import Mapping

from domain.staff.reach.vocabulary import ReaderLanguage
from service.console.forms.refilled import refilled
from service.console.hand_made.asking import Asking, HandMade
from service.queries.own_reach import get_own_reach


async def _as_said(asking: Asking) -> Mapping[str, str]:
    """Until something is typed. Who never said begins in the language they read."""
    if asking.typed:
        return {}
    own = await asking.visit.ask(get_own_reach)
    if own.language is not None:
        return refilled(asking.questions, own)
    reads = next(each for each in ReaderLanguage if each.tag == asking.visit.language)
    return refilled(asking.questions, {"language": reads})


REACHING: Mapping[str, HandMade] = {"change-reach": HandMade(known=_as_said)}
