"""What is asked of a paper as it is attached: what it is, its days, its track, who is on it.

What was typed stays, whatever becomes of the file: a browser gives a file only once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from domain.message import StreamKind
from domain.values.papers import KEPT_BY, PaperKind
from service.access.table import centre_bound
from service.console.choices.said import day, parts
from service.console.forms import typed
from service.console.visit import Signed
from service.queries.cases import get_case
from service.queries.ceremonies import get_ceremony
from service.words import writing
from service.words.store import words

CAME, ISSUED, EXPIRES = "occurred_on", "issued_on", "expires_on"
DAYS = (CAME, ISSUED, EXPIRES)
SHOWS = "shows."


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed into the form, and what is wrong with it."""

    key: str = field(default_factory=lambda: uuid4().hex)
    typed: dict[str, str] = field(default_factory=dict)
    complaints: dict[str, str] = field(default_factory=dict)
    refusal: str = ""
    status: int = 200


@dataclass(frozen=True, slots=True)
class OnTheList:
    """Somebody who may be on a ceremony's photograph, or must not."""

    case_id: UUID
    reference: str
    names: tuple[writing.Name, ...]
    readable: bool
    """Whether the reader may open the case: whoever is lent is another centre's."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be chosen, by what the paper is of."""

    tracks: Mapping[str, str] = field(default_factory=dict)
    """Of a case, by their ids."""
    consenting: tuple[OnTheList, ...] = ()
    """Of a ceremony: who may be recognised on a photograph of it."""
    others: tuple[OnTheList, ...] = ()
    """Who must not be."""


async def offered(visit: Signed, kind: StreamKind, name: UUID) -> Offered:
    if kind is StreamKind.CASE:
        return Offered(tracks=await _tracks(visit, name))
    if kind is StreamKind.CEREMONY:
        return await _on_the_list(visit, name)
    return Offered()


async def _tracks(visit: Signed, name: UUID) -> Mapping[str, str]:
    said, language = words(visit.language), visit.language
    case = await visit.ask(get_case, name)
    return {
        str(each.track_id): parts(
            language,
            said.code["TrackKind"][each.kind],
            said.of(each.trade) if each.trade else "",
            day(each.opened_on, language),
        )
        for each in case.tracks
    }


async def _on_the_list(visit: Signed, name: UUID) -> Offered:
    ceremony, centre = await visit.ask(get_ceremony, name), centre_bound(visit.actor)
    people = [
        (
            each.photographs,
            OnTheList(
                each.case_id,
                each.reference,
                writing.names(each.name_ar, each.name_latin, visit.language),
                readable=centre in (None, each.centre),
            ),
        )
        for each in ceremony.lines
        if each.reference is not None
    ]
    return Offered(
        consenting=tuple(who for consents, who in people if consents),
        others=tuple(who for consents, who in people if not consents),
    )


def kinds_of(kind: StreamKind) -> tuple[PaperKind, ...]:
    """What is kept with such a thing."""
    return tuple(each for each in PaperKind if each in KEPT_BY[kind])


def read(filled: Filled, kind: StreamKind, offers: Offered, visit: Signed) -> dict[str, Any]:
    """What the step says of the paper; what is wrong with an answer is among the complaints."""
    said, given = words(visit.language).page, filled.typed
    what = next((each for each in kinds_of(kind) if each == given.get("kind")), None)
    if what is None:
        filled.complaints["kind"] = said["papers_kind_missing"]
    days = {name: _day(filled, name, said) for name in DAYS}
    came, issued, expires = days.values()
    for name, when in ((CAME, came), (ISSUED, issued)):
        if when and when > visit.today:
            filled.complaints[name] = said["papers_day_ahead"]
    if issued and expires and expires < issued:
        filled.complaints[EXPIRES] = said["papers_day_before"]
    if issued and came and came < issued:
        filled.complaints[CAME] = said["papers_came_before"]
    step: dict[str, Any] = {"kind": what, **days, CAME: came or visit.today}
    if given.get("track_id") in offers.tracks:
        step["track_id"] = UUID(given["track_id"])
    if shown := [each.case_id for each in offers.consenting if given.get(f"{SHOWS}{each.case_id}")]:
        step["shows"] = shown
    return step


def _day(filled: Filled, name: str, said: Mapping[str, str]) -> date | None:
    parts = [filled.typed.get(f"{name}.{part}", "").strip() for part in ("day", "month", "year")]
    found = typed.day(*parts) if any(parts) else None
    if any(parts) and found is None:
        filled.complaints[name] = said["papers_day_wrong"]
    return found
