"""The answers to a referral, with what it says beside the questions: no more of the case is read."""

from collections.abc import Mapping
from typing import Any

from service.console.hand_made.asking import Asking, HandMade
from service.console.showing.referral import shown_referral
from service.queries.referrals import WaitingReferral
from service.queries.registry import list_centres
from service.words.language import Language


async def _facts(asking: Asking) -> Mapping[str, Any]:
    answer = asking.answer
    if not isinstance(answer, WaitingReferral):
        return {}
    arabic = asking.visit.language is Language.ARABIC
    found = (await asking.visit.ask(list_centres)).centres
    centres = {each.centre: each.name_ar if arabic else each.name_fr for each in found}
    return {"referral": shown_referral(answer, asking.visit, centres)}


REFERRAL: Mapping[str, HandMade] = dict.fromkeys(
    ("accept-referral", "refuse-referral"),
    HandMade(template="hand_made/referral.html", facts=_facts),
)
