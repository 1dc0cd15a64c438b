"""Cohorts in which a place is left, and who is in one."""

from projections.views import cohorts as cohorts_view
from projections.views.cohorts import NamedPlace
from projections.views.pages import Part
from service.console.choices.asking import MOST, Choosing
from service.console.choices.said import day, parts
from service.console.forms.questions import Options
from service.queries.cohorts import Cohort, list_cohorts
from service.words.language import Language


async def cohorts(asked: Choosing) -> Options:
    """Those that go on, with the places that are left; the one that is chosen in any case."""
    part = Part(cohorts_view.NEWEST, limit=MOST)
    page = await asked.visit.ask(list_cohorts, cohorts_view.Filters(status="open"), part)
    return {
        str(each.cohort_id): parts(
            asked.language,
            asked.said.of(each.trade),
            each.provider_name or each.provider,
            day(each.starts_on, asked.language),
        )
        for each in page.cohorts
        if each.taken < each.places or str(each.cohort_id) == asked.given
    }


async def in_the_cohort(asked: Choosing) -> Options:
    """By their case."""
    answer = asked.about.answer if asked.about else None
    people = answer.people if isinstance(answer, Cohort) else ()
    return {str(each.case_id): _said(asked, each) for each in people if each.left_on is None}


def _said(asked: Choosing, place: NamedPlace) -> str:
    names = (place.name_latin, place.name_ar)
    in_order = names[::-1] if asked.language is Language.ARABIC else names
    return parts(asked.language, *in_order, place.reference) or str(place.case_id)
