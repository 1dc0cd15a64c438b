"""One person of a ceremony's list a screen: what they are handed, or that they did not come.

It is the form of `confirm-delivery`, with the day, the track and what comes next said by the
ceremony; without a ceremony in its address it is drawn as any other.
"""

import asyncio
import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from domain.errors import JisrError
from service.console.choices.about import About
from service.console.choices.asking import as_id
from service.console.forms.questions import Question
from service.console.forms.refilled import refilled
from service.console.hand_made.asking import Asking, HandMade
from service.console.hand_made.marks import marks_of
from service.console.showing.ceremony import ListLine, at_the_table, list_lines
from service.console.showing.holding import Place, Queue, list_at
from service.console.showing.listing import PLACING, people_at
from service.console.visit import Signed
from service.queries.cases import CaseAnswer
from service.queries.ceremonies import Ceremony, ItemStanding, Line, ListedItem, get_ceremony
from service.queries.me import get_receipt

PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class Table:
    """A ceremony that is held, as somebody at its table reads it."""

    ceremony: Ceremony
    queue: Queue
    unsent: int
    """Forms of its lines that this reader began and left."""

    @property
    def lines(self) -> Mapping[UUID, Line]:
        return {each.case_id: each for each in self.ceremony.lines}


@dataclass(frozen=True, slots=True)
class Held:
    """The line that is told."""

    table: Table
    place: Place
    line: ListLine
    items: tuple[ListedItem, ...]
    """Those that are there, to be handed over or not."""
    others: tuple[ListedItem, ...]
    cash_grant: Decimal
    """What was approved in cash, in MAD."""
    photographs: bool | None
    """Whether they may be recognised on a photograph, where that is known."""
    asked: Mapping[str, Question]
    """The form's questions, by name; without what is said under them, which others would read."""
    entry: int | None
    """Of what was recorded just before."""
    sent: str
    early: bool
    """Whether the day has not come yet."""
    instead: str | None
    """Where somebody else is put in their place, while they wait."""

    @property
    def list(self) -> str:
        """Where the whole list is, and where who did not come is sent."""
        return list_at(self.table.ceremony.ceremony_id)


async def table_of(visit: Signed, ceremony_id: UUID, called: Collection[UUID] = ()) -> Table:
    """`called`: whose line is told whole. Raises what says that there is no such ceremony."""
    ceremony = await visit.ask(get_ceremony, ceremony_id, called)
    marks = await marks_of(visit, ceremony)
    queue = Queue.of(ceremony.lines, marks, visit.language)
    drafts, now = visit.sign_ins.drafts, datetime.now(UTC)
    begun = await asyncio.to_thread(drafts.of, visit.actor.id, now)
    paths = {str(each.content["path"]) for each in begun if each.content.get("listed")}
    return Table(ceremony, queue, queue.unsent(paths))


async def entry_of(visit: Signed, key: str) -> int | None:
    """The number of what was recorded under a key."""
    if not key:
        return None
    with suppress(JisrError):
        return int(json.loads(await visit.ask(get_receipt, key, None))["position"])
    return None


async def _facts(asking: Asking) -> Mapping[str, Any]:
    held = await _held(asking)
    return {} if held is None else {"held": held}


async def _held(asking: Asking) -> Held | None:
    found = await _line(asking)
    if found is None or asking.about is None:
        return None
    table, line = found
    place = table.queue.of_case(line.case_id)
    if place is None:
        return None
    visit = asking.visit
    whose = visit.actor.role, visit.actor.centre
    (told,) = list_lines([line], *whose, visit.language, visit.steps)
    there = [each for each in line.items if each.standing is ItemStanding.RECEIVED]
    sent = visit.request.query_params.get("sent", "")
    return Held(
        table=table,
        place=place,
        line=told,
        items=tuple(there),
        others=tuple(each for each in line.items if each not in there),
        cash_grant=line.cash_grant or Decimal(0),
        photographs=line.photographs,
        asked={each.name: replace(each, hint=None) for each in asking.questions},
        entry=await entry_of(visit, sent),
        sent=sent,
        early=visit.today < table.ceremony.held_on,
        instead=people_at(line.ceremony_id, line.case_id) if PLACING in visit.steps else None,
    )


async def _line(asking: Asking) -> tuple[Table, Line] | None:
    """Of the ceremony that the address names, where the case is on its list."""
    ceremony_id = as_id(asking.typed.get("ceremony", ""))
    if ceremony_id is None or asking.about is None:
        return None
    table = await _asked_once(asking.visit, ceremony_id, asking.about.id)
    line = table.lines.get(asking.about.id)
    return None if line is None else (table, line)


async def _asked_once(visit: Signed, ceremony_id: UUID, case_id: UUID) -> Table:
    """While a page is only asked for, nothing changes between what is known and what is shown."""
    if visit.request.method != "GET":
        return await table_of(visit, ceremony_id, (case_id,))
    asked: dict[UUID, Table] = visit.request.scope.setdefault("tables", {})
    if ceremony_id not in asked:
        asked[ceremony_id] = await table_of(visit, ceremony_id, (case_id,))
    return asked[ceremony_id]


async def _known(asking: Asking) -> Mapping[str, str]:
    """The ceremony's day, and the track that the line is of."""
    if "occurred_on" in asking.typed or (found := await _line(asking)) is None:
        return {}
    table, line = found
    known = {"occurred_on": table.ceremony.held_on, "track_id": _track(asking, line)}
    return refilled(asking.questions, known)


def _track(asking: Asking, line: Line) -> UUID | None:
    case = asking.about.answer if asking.about else None
    tracks = case.with_projects if isinstance(case, CaseAnswer) else ()
    mine = (each.track_id for each in tracks if each.project_id == line.project_id)
    return next(mine, None)


async def _next(asking: Asking, key: str) -> str | None:
    """To whoever waits next; behind the last to the list."""
    found = await _line(asking)
    if found is None:
        return None
    table, line = found
    following = table.queue.next_after(line.case_id)
    if following is None:
        return list_at(line.ceremony_id, key)
    return at_the_table(following.case_id, line.ceremony_id, sent=key, form=uuid4().hex)


def _says_all(typed: Mapping[str, str]) -> bool:
    """Goods are ticked one by one before the person; money and a proxy are looked at once more."""
    money = any(text.strip() for name, text in typed.items() if name.startswith("cash."))
    return bool(typed.get("ceremony")) and not money and typed.get("received_by") != PROXY


async def _after(visit: Signed, about: About | None) -> Mapping[str, Any]:
    """On the receipt: who waits at the ceremony where this was handed over, while it is held."""
    case = about.answer if about else None
    for track in case.with_projects if isinstance(case, CaseAnswer) else ():
        with suppress(JisrError):
            table = await table_of(visit, track.ceremony_id) if track.ceremony_id else None
            if table is not None and table.ceremony.status == "scheduled":
                return {"table": table, "list": list_at(table.ceremony.ceremony_id)}
    return {}


HOLD = HandMade(
    template="hand_made/hold.html",
    receipt="hand_made/held_sent.html",
    after=_after,
    facts=_facts,
    known=_known,
    leads_to=_next,
    says_all=_says_all,
)
