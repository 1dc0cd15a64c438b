"""What was asked for and waits for a second person: who may answer finds it here."""

from typing import Any, cast
from uuid import UUID

from pydantic import Field

from domain.asking.rows import require_second
from domain.asking.steps import ConfirmRequest, RefuseRequest
from domain.asking.waiting import Asked, Requests
from domain.commands import HANDLINGS, step_name
from domain.errors import KeyLost, NotAllowed
from domain.message import Actor, Command, Message, Origin, OriginKind, stream_id
from domain.steps.handling import Handling
from projections.views import requests
from projections.views.pages import Part
from service.access.masking import shown_of_event
from service.access.reader import Reading
from service.queries.cursors import opened, sealed

ANSWERS = {
    answer: {row.kind: row for row in HANDLINGS.values() if issubclass(row.step, answer)}
    for answer in (ConfirmRequest, RefuseRequest)
}
"""Each kind of stream's pair of steps."""


class WaitingRequest(requests.RequestRow):
    """A request with what it says, and whether it waits for you."""

    asked_by_label: str | None = Field(examples=["taza-coordinator-1"])
    """Of the post of whoever asked."""
    says: dict[str, Any]
    """The fields of the step that was asked for, as far as your role may see them."""
    confirm: str = Field(examples=["confirm-agreement-request"])
    """The step that confirms it, to be taken on what it is about."""
    refuse: str = Field(examples=["refuse-agreement-request"])
    waits_for_you: bool
    """Whether you may answer it, with the key you came with."""


class RequestPage(Message):
    requests: tuple[WaitingRequest, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


def list_requests(
    reading: Reading, filters: requests.Filters, part: Part | None = None
) -> RequestPage:
    """The first asked first; those that lapsed are not among them."""
    part = opened(reading, part or Part(requests.FIRST_ASKED))
    with reading.views.reading() as conn:
        page = requests.find(conn, filters, reading.clock(), part)
    found = (_waiting(reading, row) for row in page.rows)
    return RequestPage(
        requests=tuple(each for each in found if each is not None),
        next_cursor=sealed(reading, page.next_cursor),
        total=page.total,
    )


def _waiting(reading: Reading, row: requests.RequestRow) -> WaitingRequest | None:
    """None for what was answered since the views were made, and where nothing can be decided."""
    target = stream_id(row.kind, row.about)
    try:
        known = cast("Requests", getattr(reading.ledger.state(target), "requests", {}))
    except KeyLost:
        return None
    asked = known.get(row.request_id)
    if asked is None:
        return None
    confirm, refuse = (ANSWERS[answer][row.kind] for answer in (ConfirmRequest, RefuseRequest))
    actor = reading.reader.actor
    asker = reading.directory.staff().staff.get(asked.by)
    says = shown_of_event(asked.what, actor.role)
    if says.get("ground") is None:
        says.pop("ground", None)
    return WaitingRequest(
        **dict(row),
        asked_by_label=asker.label if asker else None,
        says={name: value for name, value in says.items() if name != "request_id"},
        confirm=step_name(confirm.step),
        refuse=step_name(refuse.step),
        waits_for_you=_waits_for(reading, actor, confirm, target, asked),
    )


def _waits_for(reading: Reading, actor: Actor, row: Handling, target: str, asked: Asked) -> bool:
    """By the rules of the answer itself."""
    if actor.role not in row.who:
        return False
    step = ConfirmRequest(occurred_on=reading.today, request_id=asked.what.request_id)
    command = Command(
        id=UUID(int=0), target=target, step=step, actor=actor, origin=Origin(kind=OriginKind.API)
    )
    world = row.world(command, reading.ledger.state)
    try:
        row.whose(world, world[row.role], actor, reading.today)
        require_second(world.staff, asked, actor, reading.today)
    except NotAllowed:
        return False
    return True
