"""Referrals: answered with what they say beside the questions; made with who asked for the case."""

from collections.abc import Mapping
from typing import Any

from service.console.hand_made.asking import Asking, HandMade
from service.console.showing.referral import shown_referral
from service.console.visit import Signed
from service.queries.referrals import WaitingReferral
from service.queries.registry import list_centres
from service.words.language import Language


async def _answered(asking: Asking) -> Mapping[str, Any]:
    """What the answer is given on: no more of the case is read."""
    answer = asking.answer
    if not isinstance(answer, WaitingReferral):
        return {}
    return {"referral": shown_referral(answer, asking.visit, await _centres(asking.visit))}


async def _asked(asking: Asking) -> Mapping[str, Any]:
    """Which centres ask for the case, and why."""
    if asking.case is None:
        return {}
    centres = await _centres(asking.visit)
    asked = [(centres.get(each.by_centre, each.by_centre), each) for each in asking.case.asked_for]
    return {"asked": asked}


async def _centres(visit: Signed) -> Mapping[str, str]:
    arabic = visit.language is Language.ARABIC
    found = (await visit.ask(list_centres)).centres
    return {each.centre: each.name_ar if arabic else each.name_fr for each in found}


ANSWERED = HandMade(template="hand_made/referral.html", facts=_answered)
ASKED = HandMade(template="hand_made/referral.html", facts=_asked)
REFERRAL: Mapping[str, HandMade] = {
    **dict.fromkeys(("accept-referral", "refuse-referral"), ANSWERED),
    **dict.fromkeys(("refer-case", "decline-referral-request"), ASKED),
}
