"""Any history, entry by entry: as it stood at any moment, what each entry changed, two moments compared.

The same queries as of the histories, so nobody reads more here than there. Addresses hold days and
numbers of entries alone.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from starlette.responses import Response

from domain.errors import NotFound, Refused
from domain.message import StreamKind
from service.access.table import QUERIES
from service.console.pages.known import known
from service.console.showing.gaps import Missing
from service.console.showing.list_rows import Known
from service.console.showing.replayed import ChangedRow, rows_of
from service.console.visit import Signed
from service.queries import histories, history, ledger_histories
from service.queries.cases import get_case
from service.queries.complaints import get_complaint_history
from service.queries.exchange import get_case_provenance
from service.queries.history import HistoricEvent, History, Moment, Stretch
from service.queries.replaying import NamedCode, end_of
from service.words import writing
from service.words.language import Language
from service.words.store import words

PATH = "/replay"
PAGE = 20
DIGITS = 9
FIRST_YEAR, LAST_YEAR = 1900, 2100
OF: Mapping[StreamKind, tuple[Callable[..., History], str]] = {
    StreamKind.CASE: (history.get_case_history, "cases"),
    StreamKind.BENEFICIARY: (history.get_beneficiary_history, "beneficiaries"),
    StreamKind.PROJECT: (history.get_project_history, ""),
    StreamKind.AGREEMENT: (histories.get_agreement_history, "agreements"),
    StreamKind.ORDER: (histories.get_order_history, "orders"),
    StreamKind.SESSION: (histories.get_session_history, "sessions"),
    StreamKind.CEREMONY: (histories.get_ceremony_history, "ceremonies"),
    StreamKind.COHORT: (histories.get_cohort_history, "cohorts"),
    StreamKind.COMPLAINT: (get_complaint_history, "complaints"),
    StreamKind.BATCH: (histories.get_batch_history, "batches"),
    StreamKind.STAFF: (histories.get_staff_history, ""),
    StreamKind.REGISTRY: (histories.get_registry_history, ""),
    StreamKind.RECEPTION: (ledger_histories.get_reception_history, ""),
    StreamKind.FINDING: (ledger_histories.get_finding_history, "findings"),
    StreamKind.REFERENCE: (ledger_histories.get_reference_history, ""),
    StreamKind.NUMBERS: (ledger_histories.get_numbers_history, ""),
    StreamKind.UPKEEP: (ledger_histories.get_upkeep_history, ""),
}
"""Whose history is asked by which query, and in which collection its own page is."""
ALONE: Mapping[StreamKind, str] = {
    StreamKind.STAFF: "/staff",
    StreamKind.REGISTRY: "/registry",
    StreamKind.UPKEEP: "/checks",
}
"""Of which there is one; and its page."""
NAMED: Mapping[StreamKind, re.Pattern[str]] = {
    StreamKind.REFERENCE: re.compile(ledger_histories.SERIES, re.ASCII),
    StreamKind.NUMBERS: re.compile(ledger_histories.BEGIN, re.ASCII),
}
"""Those that go by a name, and how it is written; all others have an id."""
MOMENT = ("version", "as_of", "known")


@dataclass(frozen=True, slots=True)
class Point:
    """A moment as the address says it."""

    version: int | None
    as_of: date | None
    known: date | None

    @classmethod
    def of(cls, query: Mapping[str, str], prefix: str = "") -> "Point":
        """Raises `Refused("filter_unknown")` for a value that is none."""
        version, *days = (query.get(f"{prefix}{name}", "") for name in MOMENT)
        try:
            as_of, known_on = (_day(day) if day else None for day in days)
        except ValueError:
            raise Refused("filter_unknown") from None
        return cls(_number(version) if version else None, as_of, known_on)

    @property
    def moment(self) -> Moment:
        known_by = end_of(self.known) if self.known else None
        return Moment(version=self.version, occurred_by=self.as_of, known_by=known_by)

    @property
    def is_now(self) -> bool:
        return self == NOW

    def said(self, prefix: str = "") -> dict[str, str]:
        values = {name: getattr(self, name) for name in MOMENT}
        return {f"{prefix}{name}": str(each) for name, each in values.items() if each is not None}


NOW = Point(None, None, None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, as the page tells it."""

    version: int
    on: date
    title: str
    who: str | Missing
    told: HistoricEvent
    made_by: str
    recorded: str
    mended: str
    rows: list[ChangedRow]


async def any_history_page(visit: Signed) -> Response:
    """Which history it should be."""
    query = visit.request.query_params
    kind, name = query.get("kind", ""), query.get("id", "").strip()
    if kind and name:
        of = _kind(kind)
        return visit.redirect(f"{PATH}/{of}/{_name(of, name)}")
    spoken = words(visit.language).page
    kinds = {
        str(each): spoken[f"replay_{each}"]
        for each, (asked, _) in OF.items()
        if each not in ALONE and _may(visit, asked)
    }
    alone = [
        (f"{PATH}/{each}", spoken[f"replay_{each}"])
        for each, (asked, _) in OF.items()
        if each in ALONE and _may(visit, asked)
    ]
    return visit.page("any_history.html", kinds=kinds, alone=alone, kind=kind)


async def replay_page(visit: Signed) -> Response:
    """Raises what the history's query raises."""
    kind = _kind(visit.request.path_params["kind"])
    asked, collection = OF[kind]
    thing = () if kind in ALONE else (_name(kind, visit.request.path_params["name"]),)
    query = visit.request.query_params
    at, since = Point.of(query), Point.of(query, "from_")
    upto = query.get("upto")
    compared = None if since.is_now else since.moment
    whole = await visit.ask(asked, *thing, Stretch(at.moment, 0, 1, stated=False, since=compared))
    last = min(_number(upto), whole.version) if upto else whole.version
    first = max(last - PAGE, 0)
    told, named = await _told(visit, asked, thing, at, first, last)
    names = _with(await known(visit), (*whole.named, *named), visit.language)
    here = visit.request.url.path.removeprefix(visit.at(""))
    telling = partial(rows_of, known=names, language=visit.language, hides_names=visit.hides_names)
    entries = [_entry(each, names, visit.language, telling(each.changes or ())) for each in told]
    about = await _about(visit, kind, collection, thing)
    return visit.page(
        "replay.html",
        about=about,
        kind=kind,
        here=here,
        at=at,
        since=since,
        version=whole.version,
        entries=entries[::-1],
        compared=whole.compared,
        differs=telling(whole.compared.changes) if whole.compared else [],
        link=lambda point, other=since, **more: _link(here, point, other, **more),
        step=lambda version: replace(at, version=version),
        now=NOW,
        export=_export(visit, here) if kind is StreamKind.CASE else "",
        later=_link(here, at, since, upto=str(last + PAGE)) if last < whole.version else "",
        earlier=_link(here, at, since, upto=str(first)) if first else "",
    )


async def _told(
    visit: Signed,
    asked: Callable[..., History],
    thing: tuple[UUID | str, ...],
    at: Point,
    first: int,
    last: int,
) -> tuple[list[HistoricEvent], list[NamedCode]]:
    """The entries after the first up to the last, in as many parts as they come in."""
    told, named, after = list[HistoricEvent](), list[NamedCode](), first
    while after < last:
        stretch = Stretch(at.moment, after, last - after, stated=False, changes=True)
        part = await visit.ask(asked, *thing, stretch)
        told += [each for each in part.events if each.version <= last]
        named += part.named
        if part.next_after is None:
            break
        after = part.next_after
    return told, named


def _with(names: Known, named: Iterable[NamedCode], language: Language) -> Known:
    """With the names of these entries of the registry."""
    arabic = language is Language.ARABIC
    entries = {
        each.code: [(it.since, it.name_ar if arabic else it.name_fr) for it in each.names]
        for each in named
    }
    return replace(names, entries=entries)


def _link(here: str, at: Point, since: Point, **more: str) -> str:
    said = at.said() | since.said("from_") | more
    return f"{here}?{urlencode(said)}" if said else here


@dataclass(frozen=True, slots=True)
class About:
    """Whose history it is: a case by its reference, all else by what kind of thing it is."""

    title: str
    back: str
    """Where its own page is."""
    beside: tuple[tuple[str, str], ...] = ()
    """Kinds of things whose histories a case's goes with, and where each is."""


async def _about(
    visit: Signed, kind: StreamKind, collection: str, thing: tuple[UUID | str, ...]
) -> About:
    if kind in ALONE:
        return About("", ALONE[kind])
    back = f"/{collection}/{thing[0]}" if collection else PATH
    if kind is not StreamKind.CASE:
        return About(str(thing[0]) if kind in NAMED else "", back)
    case = await visit.ask(get_case, thing[0])
    beside = [(StreamKind.BENEFICIARY, case.beneficiary_id)]
    beside += [(StreamKind.PROJECT, track.project_id) for track in case.with_projects]
    return About(
        case.reference,
        back,
        tuple((str(each), f"{PATH}/{each}/{name}") for each, name in beside if name is not None),
    )


def _entry(each: HistoricEvent, names: Known, language: Language, rows: list[ChangedRow]) -> Entry:
    said = words(language)
    return Entry(
        version=each.version,
        on=each.occurred_on,
        title=said.event.get(each.name, each.name),
        who=names.staff.get(each.actor.id) or said.of(each.actor.role),
        told=each,
        made_by=said.of(each.made_by),
        recorded=writing.moment(each.recorded_at, language),
        mended=_mended(each, language),
        rows=rows,
    )


def _mended(each: HistoricEvent, language: Language) -> str:
    if each.mended is None:
        return ""
    if each.mended.corrected:
        return words(language).page["corrected_on"]
    return words(language).page["wrong_person_on" if each.mended.wrong_person else "retracted_on"]


def _number(said: str) -> int:
    """Raises `Refused("filter_unknown")` for none that an entry can have."""
    if not (said.isascii() and said.isdigit() and len(said) <= DIGITS):
        raise Refused("filter_unknown")
    return int(said)


def _day(said: str) -> date:
    """Raises `ValueError` for none, and for those at the end of all days."""
    day = date.fromisoformat(said)
    if not FIRST_YEAR <= day.year < LAST_YEAR:
        raise ValueError(said)
    return day


def _kind(said: str) -> StreamKind:
    """Raises `NotFound` for none whose history is asked for by itself."""
    kind = next((each for each in OF if each == said), None)
    if kind is None:
        raise NotFound
    return kind


def _name(kind: StreamKind, said: str) -> UUID | str:
    """Raises `NotFound` for what is no name of that kind; a whole address's last part is an id."""
    if kind in NAMED:
        if not NAMED[kind].fullmatch(said) or len(said) > ledger_histories.LONGEST_NAME:
            raise NotFound
        return said
    try:
        return UUID(said.rstrip("/").rpartition("/")[2])
    except ValueError:
        raise NotFound from None


def _export(visit: Signed, here: str) -> str:
    """Where a case's provenance is exported; nowhere for who may not."""
    name = here.rpartition("/")[2]
    return f"/exports?case={name}" if _may(visit, get_case_provenance) else ""


def _may(visit: Signed, query: Callable[..., Any]) -> bool:
    return visit.actor.role in QUERIES[query.__name__.replace("_", "-")].who
