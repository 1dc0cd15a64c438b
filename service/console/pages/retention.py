"""What is to be erased in a year, for it was kept long enough: who distrusts us looks here first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from domain.errors import Refused
from domain.message import StreamKind
from projections.views.retention import Filters
from service.console.navigation import reads_people
from service.console.pages.known import known
from service.console.showing.gaps import Missing, missing_of
from service.console.showing.links import StepLink, form_at
from service.console.visit import Signed
from service.queries.retention import RetentionRow, list_retention
from service.words import writing
from service.words.store import words

PATH = "/privacy/retention"
PAGE, DIGITS = 50, 6
FIRST, LAST = 2000, 2100
ERASE, ERASE_COMPLAINT = "request-erasure", "erase-complaint"


@dataclass(frozen=True, slots=True)
class Line:
    """A person or a complaint."""

    names: tuple[writing.Name, ...]
    missing: Missing | None
    """Why there is no name; None of a complaint, which has none."""
    reference: str | None
    href: str
    kept: str
    since: date
    until: date
    overdue: bool
    centre: str
    step: StepLink | None


async def retention_page(visit: Signed) -> Response:
    query = visit.request.query_params
    year, after = (_number(query.get(name, "")) for name in ("year", "after"))
    year = year or visit.today.year
    if not FIRST <= year <= LAST:
        raise Refused("filter_unknown")
    page = await visit.ask(list_retention, Filters(year), after, PAGE)
    centres = (await known(visit)).centres
    said = words(visit.language)
    address = f"{PATH}?year={year}"
    return visit.page(
        "retention.html",
        year=year,
        years=[year - 1, year, year + 1],
        counts={said.page[f"kept_{kept}"]: count for kept, count in page.counts.items()},
        rules={said.page[f"kept_{kept}"]: count for kept, count in page.years.items()},
        lines=[*_lines(visit, page.rows, centres)],
        path=PATH,
        several=visit.actor.centre is None,
        next=f"{address}&after={page.next_after}" if page.next_after else None,
    )


def _number(given: str) -> int:
    """Raises `Refused("filter_unknown")` for what is none."""
    if given and not (given.isascii() and given.isdigit() and len(given) <= DIGITS):
        raise Refused("filter_unknown")
    return int(given or 0)


def _lines(
    visit: Signed, rows: tuple[RetentionRow, ...], centres: Mapping[str, str]
) -> Iterator[Line]:
    said, role = words(visit.language), visit.actor.role
    for each in rows:
        person = each.beneficiary_id
        href = f"/complaints/{each.complaint_id}" if person is None else ""
        if person is not None and reads_people(role):
            href = f"/beneficiaries/{person}"
        elif person is not None:
            href = f"/beneficiaries/{person}/erasure"
        yield Line(
            names=writing.names(each.name_ar, each.name_latin, visit.language),
            missing=missing_of(RetentionRow, "name_ar", role) if person else None,
            reference=each.reference,
            href=href,
            kept=said.page[f"kept_{each.kept}"],
            since=each.since,
            until=each.until,
            overdue=each.overdue,
            centre=centres.get(each.centre, each.centre) if each.centre else "",
            step=_step(visit, each),
        )


def _step(visit: Signed, row: RetentionRow) -> StepLink | None:
    """By which it goes, for whoever may take it."""
    if row.beneficiary_id is not None:
        step, kind, collection = ERASE, StreamKind.BENEFICIARY, "beneficiaries"
    else:
        step, kind, collection = ERASE_COMPLAINT, StreamKind.COMPLAINT, "complaints"
    if step not in visit.steps_of(kind):
        return None
    on = row.beneficiary_id or row.complaint_id
    return StepLink(step, words(visit.language).step[step], form_at(step, collection, on or ""))
