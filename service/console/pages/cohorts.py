"""Cohorts, and one: how many places are left, and who is in it."""

from dataclasses import dataclass
from uuid import UUID

from starlette.responses import Response

from domain.message import StreamKind
from projections.views.cohorts import NEWEST, Filters
from projections.views.pages import Part
from service.console.showing.attendance import list_at
from service.console.showing.gaps import Missing, missing_of
from service.console.showing.links import links_on, new
from service.console.visit import Signed
from service.queries.cohorts import NamedCohort, Trainee, get_cohort, list_cohorts
from service.words import writing
from service.words.store import words

PATH = "/cohorts"
PAGE = 50


@dataclass(frozen=True, slots=True)
class CohortCard:
    """A cohort as a list says it."""

    row: NamedCohort
    trade: str
    provider: str
    left: int

    @classmethod
    def of(cls, row: NamedCohort, visit: Signed) -> "CohortCard":
        trade = words(visit.language).of(row.trade)
        return cls(row, trade, row.provider_name or row.provider, row.places - row.taken)


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """Somebody in it, or who left."""

    case_id: UUID
    reference: str | None
    names: tuple[writing.Name, ...]
    missing: Missing
    """Why there is no name, where there is none."""
    place: Trainee
    standing: str
    """How far they are, where that is told."""

    @classmethod
    def of(cls, place: Trainee, visit: Signed) -> "PlaceLine":
        role, erased, lost = visit.actor.role, place.erased_on, place.key_lost
        return cls(
            case_id=place.case_id,
            reference=place.reference,
            names=writing.names(place.name_ar, place.name_latin, visit.language),
            missing=missing_of(Trainee, "name_ar", role, erased_on=erased, key_lost=lost),
            place=place,
            standing=words(visit.language).of(place.training) if place.training else "",
        )


async def cohorts_page(visit: Signed) -> Response:
    part = Part(NEWEST, visit.request.query_params.get("after"), PAGE)
    page = await visit.ask(list_cohorts, Filters(), part)
    return visit.page(
        "cohorts.html",
        cohorts=[CohortCard.of(row, visit) for row in page.cohorts],
        next=f"{PATH}?after={page.next_cursor}" if page.next_cursor else None,
        steps=new(("plan-cohort",), visit.steps, visit.language),
    )


async def cohort_page(visit: Signed) -> Response:
    cohort = await visit.ask(get_cohort, visit.id_of("cohort_id"))
    lines = sorted(
        (PlaceLine.of(each, visit) for each in cohort.people),
        key=lambda line: (line.place.left_on is not None, line.reference or ""),
    )
    steps = visit.steps_of(StreamKind.COHORT)
    theirs = visit.actor.centre in (None, cohort.centre)
    may = steps if cohort.status == "open" and theirs else ()
    inside = [line for line in lines if line.place.left_on is None]
    return visit.page(
        "cohort.html",
        cohort=CohortCard.of(cohort, visit),
        inside=inside,
        gone=[line for line in lines if line.place.left_on is not None],
        others=cohort.taken - len(inside),
        attendance=_attendance(cohort, visit) if inside else None,
        steps=links_on(may, steps, "cohorts", cohort.cohort_id, visit.language),
    )


def _attendance(cohort: NamedCohort, visit: Signed) -> str | None:
    """Where it is said who came, for who records it: today, or on the last day."""
    if "record-attendance" not in visit.steps or visit.today < cohort.starts_on:
        return None
    return list_at(cohort.cohort_id, min(visit.today, cohort.ends_on))
