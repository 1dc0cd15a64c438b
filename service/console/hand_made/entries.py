"""What the entry said that a form of mending is about, in the terms of the form that tells it anew."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from domain.errors import JisrError
from service.console.choices.of_case import ALL, events_of
from service.console.forms.questions import Question
from service.console.forms.refilled import refilled
from service.console.hand_made.asking import Asking
from service.queries.history import HistoricEvent, get_project_history
from service.queries.orders import Order

Says = Mapping[str, Any]
"""By the names of the form's fields."""
ABOUT_THE_MENDING = frozenset({"entry_number", "payment", "explanation", "track_id"})
"""What of such a form is not about the entry."""


async def entry_at(asking: Asking, number: str) -> list[HistoricEvent]:
    """All that the step recorded in the case which recorded this; nothing for what is no entry."""
    if asking.about is None or not number:
        return []
    events = await events_of(asking.visit, asking.about)
    one = next((each for each in events if str(each.version) == number), None)
    if one is None:
        return []
    told = (one.command_id, one.mends)
    return [each for each in events if (each.command_id, each.mends) == told]


async def _decision(asking: Asking) -> Says | None:
    told = await entry_at(asking, asking.typed.get("entry_number", ""))
    return _said(told)


async def _handed_over(asking: Asking) -> Says | None:
    """The serials and cheques stand with the project."""
    told = await entry_at(asking, asking.typed.get("entry_number", ""))
    return {**_said(told), **await _of_project(asking, told)} if told else None


def _said(told: list[HistoricEvent]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in told:
        found |= each.fields | {"occurred_on": each.occurred_on}
    return found


async def _of_project(asking: Asking, told: list[HistoricEvent]) -> dict[str, Any]:
    """What the same step told of the project."""
    about, ours = asking.about, {each.command_id for each in told}
    tracks = {str(each.fields.get("track_id")) for each in told}
    for track in getattr(about.answer if about else None, "tracks", ()):
        if str(track.track_id) in tracks and track.project_id is not None:
            with suppress(JisrError):
                history = await asking.visit.ask(get_project_history, track.project_id, ALL)
                some = [each for each in history.events if each.command_id in ours]
                return {name: value for each in some for name, value in each.fields.items()}
    return {}


async def _payment(asking: Asking) -> Says | None:
    """A payment is known by its place among the order's."""
    number, about = asking.typed.get("payment", ""), asking.about
    if about is None or not isinstance(about.answer, Order):
        return None
    paid = next((each for each in about.answer.payments if str(each.payment) == number), None)
    if paid is None:
        return None
    events = await events_of(asking.visit, about)
    told = [each for each in events if each.name == "InvoicePaid"]
    by_funder = told[paid.payment - 1].fields["by_funder"] if paid.payment <= len(told) else False
    return {**dict(paid), "occurred_on": paid.paid_on, "by_funder": by_funder}


_SAID_BY: Mapping[str, Callable[[Asking], Awaitable[Says | None]]] = {
    "correct-decision": _decision,
    "correct-delivery": _handed_over,
    "correct-recovery": _handed_over,
    "correct-payment": _payment,
}


def about_the_entry(asking: Asking) -> list[Question]:
    """The questions that tell the entry anew."""
    return [each for each in asking.questions if each.name not in ABOUT_THE_MENDING]


async def stood(asking: Asking) -> dict[str, str]:
    """What stands of the entry that is chosen, as it would be typed; nothing while none is."""
    read = _SAID_BY.get(asking.step)
    says = await read(asking) if read else None
    return refilled(about_the_entry(asking), says) if says else {}


async def known(asking: Asking) -> Mapping[str, str]:
    """What the form begins with, where nothing was typed of the entry yet."""
    names = {each.name for each in about_the_entry(asking)}
    if any(name.partition(".")[0] in names for name in asking.typed):
        return {}
    return await stood(asking)
