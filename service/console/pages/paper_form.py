"""What is asked of a paper as it is attached: what it is, its days, its track, who is on it.

What was typed stays, whatever becomes of the file: a browser gives a file only once. It is kept sealed,
as other forms are, and shown again at an address of its own; it goes with its person.
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from domain.errors import JisrError, Refused
from domain.message import StreamKind
from domain.values.papers import KEPT_BY, PaperKind
from service.access.table import centre_bound
from service.console.choices.said import track_label
from service.console.failures import ISOLATED, told_of
from service.console.forms import typed
from service.console.pages.form import CONFLICT, UNPROCESSABLE
from service.console.pages.kept import raised
from service.console.visit import Signed
from service.problems.problem import Rejected, text_of
from service.queries.cases import get_case
from service.queries.ceremonies import get_ceremony
from service.words import writing
from service.words.store import words

CAME, ISSUED, EXPIRES = "occurred_on", "issued_on", "expires_on"
DAYS = (CAME, ISSUED, EXPIRES)
SHOWS = "shows."
KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed into the form, and what is wrong with it."""

    key: str = field(default_factory=lambda: uuid4().hex)
    typed: dict[str, str] = field(default_factory=dict)
    complaints: dict[str, str] = field(default_factory=dict)
    refusal: str = ""
    status: int = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent and not recorded."""

    typed: dict[str, str] = field(default_factory=dict)
    why: Mapping[str, Any] | None = None
    """What it was refused with."""
    withdrawing: str = ""
    """The paper that was to be withdrawn."""
    kept: str = ""
    """The key it is kept under: of a withdrawal its paper's, else one that the form carries."""

    @property
    def carried(self) -> str:
        """By the form that attaches, so that its next mistake takes the place of this one."""
        return "" if self.withdrawing else self.kept

    async def keep(self, visit: Signed, about: UUID) -> None:
        """In the place of what was kept of it before. Raises `Unavailable`."""
        content = {"typed": self.typed, "why": self.why, "withdrawing": self.withdrawing}
        save, author = visit.sign_ins.drafts.save, visit.actor.id
        await asyncio.to_thread(save, author, self.kept, content, datetime.now(UTC), about)

    def shown(self, kind: StreamKind, offers: "Offered", visit: Signed) -> Filled:
        """The form as it was sent, with what is wrong, in whatever language it is read now."""
        filled = Filled(typed=self.typed)
        if self.why is not None:
            return _stopped(filled, raised(self.why), visit)
        if self.typed:
            read(filled, kind, offers, visit)
        if self.withdrawing:
            why = words(visit.language).page["papers_why_missing"]
            filled.complaints[f"why-{self.withdrawing}"] = why
        return replace(filled, status=UNPROCESSABLE if filled.complaints else 200)


async def last_sent(visit: Signed, key: str) -> Sent:
    """What is kept under a key, if it is the asker's; else nothing was sent."""
    if not key:
        return Sent()
    found = visit.sign_ins.drafts.one
    draft = await asyncio.to_thread(found, visit.actor.id, key, datetime.now(UTC))
    if draft is None or "withdrawing" not in draft.content:
        return Sent()
    return Sent(**draft.content, kept=draft.key)


def kept_under(carried: str) -> str:
    """What a form carries, if it may be such a key; else a new one, for a form's first mistake."""
    return carried if KEY.fullmatch(carried) else uuid4().hex


def _stopped(filled: Filled, error: JisrError, visit: Signed) -> Filled:
    """What is wrong with the file is said at its field. Under the key that was refused nothing else
    can be sent; where the answer is not known, it is the one to send again with.
    """
    language = visit.language
    if isinstance(error, Rejected) and error.code.startswith("paper_"):
        title, why = text_of(error.code, error.params, language, ISOLATED)
        return replace(filled, complaints={"file": f"{title}. {why}"}, status=UNPROCESSABLE)
    if isinstance(error, Refused):
        _, why = text_of(error.code, error.params, language, ISOLATED)
        return replace(filled, refusal=why, status=CONFLICT)
    told = told_of(error, language)
    why = " ".join(filter(None, (f"{told.title}.", told.help, told.reference)))
    return replace(
        filled, key=filled.typed.get("key") or filled.key, refusal=why, status=told.status
    )


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
    case = await visit.ask(get_case, name)
    return {str(each.track_id): track_label(each, visit.language) for each in case.tracks}


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
