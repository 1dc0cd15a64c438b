"""What an auditor takes out: histories for other programs, and numbers, as known now, on a day, on an entry.

By the same queries as the API's, so each is bounded, and written down with the people in it. It is
asked by a form that is sent, for an address stays in browsers; what is typed stands there again
where nothing came of it. The files have names that say nothing of anybody.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ValidationError
from starlette.responses import Response

from domain.errors import JisrError, NotFound
from domain.values.codes import Code
from projections.views.reports import Dimension
from projections.views.reports import Filters as Counted
from service.access.table import QUERIES
from service.api.parameter_kinds import Day, Position, Text
from service.console.failures import told_of
from service.console.pages.known import known
from service.console.visit import Signed
from service.problems.faults import Fault, faults_in, text_of_fault
from service.queries.exchange import Filters, get_case_provenance, get_event_log, get_object_log
from service.queries.known_on import Known
from service.queries.reports import get_report_as_known
from service.words.store import words

PATH = "/exports"
UNFIT = 422


class Kind(StrEnum):
    """What there is to take out."""

    XES = "xes"
    OCEL = "ocel"
    PROV = "prov"
    REPORT = "report"


class When(StrEnum):
    """As known when."""

    NOW = "now"
    DAY = "day"
    ENTRY = "entry"


def _last_part(said: object) -> object:
    """A whole address's last part is an id."""
    return said.rstrip("/").rpartition("/")[2] if isinstance(said, str) else said


class Asked(BaseModel):
    """The form, without what was left empty."""

    kind: Kind
    case: Annotated[UUID, BeforeValidator(_last_part)] | None = None
    dimension: Dimension | None = None
    season: Text | None = None
    centre: Code | None = None
    since: Day | None = None
    until: Day | None = None
    known: When = When.NOW
    day: Day | None = None
    entry: Position | None = None

    @property
    def known_on(self) -> Known | None:
        return {When.NOW: None, When.DAY: self.day, When.ENTRY: self.entry}[self.known]

    def unfit(self) -> Iterator[Fault]:
        """What is asked for by what else was chosen, and days the wrong way round."""
        wanted = {
            "case": self.kind is Kind.PROV,
            "dimension": self.kind is Kind.REPORT,
            "day": self.known is When.DAY,
            "entry": self.known is When.ENTRY,
        }
        for name, is_wanted in wanted.items():
            if is_wanted and getattr(self, name) is None:
                yield Fault(f"/{name}", "missing")
        if self.since and self.until and self.until < self.since:
            yield Fault("/until", "greater_than_equal", {"ge": str(self.since)})


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why nothing came of it: a failure, or what is to be changed, by its field."""

    title: str
    detail: str = ""
    fields: Mapping[str, str] | None = None
    status: int = UNFIT


async def exports_page(visit: Signed) -> Response:
    """The form; `?case=` names a case, as its history links here."""
    case = visit.request.query_params.get("case", "")
    return await _page(visit, {"case": case, "kind": Kind.PROV} if case else {})


async def send_export(visit: Signed) -> Response:
    """The file, or the form again with what is wrong."""
    _only_theirs(visit)
    typed = await visit.form()
    try:
        asked = Asked.model_validate({name: text for name, text in typed.items() if text.strip()})
        unfit = tuple(asked.unfit())
    except ValidationError as error:
        return await _page(visit, typed, _changed(visit, faults_in(error).named))
    if unfit:
        return await _page(visit, typed, _changed(visit, unfit))
    name, media, making = MAKING[asked.kind]
    try:
        content = await making(visit, asked)
    except JisrError as error:
        told = told_of(error, visit.language)
        return await _page(visit, typed, Wrong(told.title, told.help, status=told.status))
    shown = f'attachment; filename="{name}"'
    headers = {"Content-Disposition": shown, "Cache-Control": "no-store"}
    return Response(content.encode(), 200, headers, media)


async def _page(visit: Signed, typed: Mapping[str, str], wrong: Wrong | None = None) -> Response:
    _only_theirs(visit)
    said = words(visit.language).page
    return visit.page(
        "exports.html",
        status=wrong.status if wrong else 200,
        wrong=wrong,
        typed=typed,
        kinds={str(each): said[f"export_{each}"] for each in Kind},
        dimensions={str(each): said[f"export_by_{each}"] for each in Dimension},
        moments={str(each): said[f"export_{each}"] for each in When},
        centres=(await known(visit)).centres,
    )


def _only_theirs(visit: Signed) -> None:
    """Raises `NotFound` for whoever may take nothing out."""
    if visit.actor.role not in QUERIES["get-event-log"].who:
        raise NotFound


def _changed(visit: Signed, faults: tuple[Fault, ...]) -> Wrong:
    fields = {each.field.strip("/"): text_of_fault(each, visit.language) for each in faults}
    return Wrong(words(visit.language).page["export_wrong"], fields=fields)


async def _event_log(visit: Signed, asked: Asked) -> str:
    return await visit.ask(get_event_log, _filters(asked))


async def _object_log(visit: Signed, asked: Asked) -> str:
    return await visit.ask(get_object_log, _filters(asked))


async def _provenance(visit: Signed, asked: Asked) -> str:
    return await visit.ask(get_case_provenance, asked.case, asked.known_on)


async def _report(visit: Signed, asked: Asked) -> str:
    filters = Counted(asked.since, asked.until, season=asked.season, centre=asked.centre)
    known_on = visit.today if asked.known_on is None else asked.known_on
    found = await visit.ask(get_report_as_known, filters, asked.dimension, known_on)
    return found.model_dump_json(indent=1) + "\n"


def _filters(asked: Asked) -> Filters:
    return Filters(asked.known_on, asked.centre, asked.since, asked.until, asked.season)


Making = Callable[[Signed, Asked], Awaitable[str]]
MAKING: Mapping[Kind, tuple[str, str, Making]] = {
    Kind.XES: ("cases.xes", "application/xml", _event_log),
    Kind.OCEL: ("steps.json", "application/json", _object_log),
    Kind.PROV: ("case.json", "application/json", _provenance),
    Kind.REPORT: ("numbers.json", "application/json", _report),
}
"""Under which name each comes, as what, and how it is made."""
