"""All that a form offers, by its questions: one table says where each source's candidates come from."""

from collections.abc import Awaitable, Callable, Mapping

from service.console.choices import (
    absences,
    house,
    of_case,
    of_cohorts,
    of_jobs,
    of_lists,
    of_money,
    of_orders,
    of_people,
    of_school,
    of_services,
    partners,
    registry,
)
from service.console.choices.about import About
from service.console.choices.asking import Choosing
from service.console.choices.corrections import Told
from service.console.forms.answers import BETWEEN, PARTS_OF_A_DAY
from service.console.forms.layout import Layout, Source
from service.console.forms.layouts import LAYOUTS
from service.console.forms.making import THE_DAY, chosen_in
from service.console.forms.questions import Candidates, Options
from service.console.visit import Signed

READ_ONCE = frozenset({Source.ITEMS})
"""The same for every question of a form, out of a whole history."""


async def candidates(
    visit: Signed, step: str, layout: Layout, about: About | None, typed: Mapping[str, str]
) -> Candidates:
    """By the name of each question that is chosen."""
    found: dict[str, Options] = {}
    once: dict[Source, Options] = {}
    for name, (source, marks) in chosen_in(layout).items():
        kinds = tuple(dict.fromkeys(kind for mark in marks for kind in mark.kinds))
        if source not in once or source not in READ_ONCE:
            once[source] = await _OF[source](Choosing(visit, step, about, typed, name, kinds))
        found[name] = once[source]
    return found


async def corrected(
    visit: Signed, told: Told, about: About | None, typed: Mapping[str, str]
) -> Candidates:
    """What the form of an entry's own step offers, where it stands inside the correction."""
    above, layout = f"{told.row}.content.", LAYOUTS[told.step]
    own = {name.removeprefix(above): text for name, text in typed.items() if name.startswith(above)}
    offered = await candidates(visit, told.step, layout, about, own or _chosen_by(told, layout))
    return {told.row: {told.step: told.step}} | {
        f"{above}{name}": options for name, options in offered.items()
    }


def _chosen_by(told: Told, layout: Layout) -> Mapping[str, str]:
    """What the entry chose: it is offered though it would not be chosen any more. And its own day, on
    which all else that is offered was there.
    """
    says = {name: str(value) for name, value in told.says.items() if isinstance(value, str | int)}
    for name, beside in layout.together.items():
        if name in says:
            says[name] = BETWEEN.join((says[name], *(says.get(each, "") for each in beside)))
    on = told.says[THE_DAY]
    return says | {f"{THE_DAY}.{part}": str(getattr(on, part)) for part in PARTS_OF_A_DAY}


_OF: Mapping[Source, Callable[[Choosing], Awaitable[Options]]] = {
    Source.PROVINCES: house.provinces,
    Source.REGIONS: house.regions,
    Source.CENTRES: house.centres,
    Source.OTHER_CENTRES: house.other_centres,
    Source.ASKING_CENTRES: house.asking_centres,
    Source.ENTRIES_OF_REGISTRY: registry.entries,
    Source.ENTRIES_THAT_ARE_ONE: registry.entries_that_are_one,
    Source.RULES: house.rules,
    Source.ROLES: house.roles,
    Source.STAFF: house.staff,
    Source.CASEWORKERS: house.caseworkers,
    Source.ABSENTEES: absences.absentees,
    Source.DELEGATIONS: absences.delegations,
    Source.KEYS: house.keys,
    Source.PARTNERS: partners.partners,
    Source.NOTICES: house.notices,
    Source.BENEFICIARIES: of_people.beneficiaries,
    Source.CASES: of_people.cases,
    Source.HANDLERS: house.handlers,
    Source.CASES_OF_BOTH: of_people.cases_of_both,
    Source.TRACKS: of_case.tracks,
    Source.TRACK_KINDS: of_case.track_kinds,
    Source.SUPPORTS: of_services.supports,
    Source.ATTESTATIONS: of_services.attestations,
    Source.AWAITED: of_services.awaited,
    Source.GOALS: of_services.goals,
    Source.MEMBERS: of_services.members,
    Source.SCHOOL_YEARS: of_school.school_years,
    Source.APPLICATIONS: of_jobs.applications,
    Source.REVIEWS: of_case.reviews,
    Source.PROBLEMS: of_case.problems,
    Source.ITEMS: of_case.items,
    Source.ENTRIES: of_case.entries,
    Source.REQUESTS: of_case.requests,
    Source.CRITERIA: of_case.criteria,
    Source.FUNDING_SOURCES: of_money.funding_sources,
    Source.AGREEMENTS: of_money.agreements,
    Source.MOVEMENTS: of_money.movements,
    Source.TRANCHES: of_money.tranches,
    Source.SESSIONS: of_lists.sessions,
    Source.CEREMONIES: of_lists.ceremonies,
    Source.COHORTS: of_cohorts.cohorts,
    Source.IN_THE_COHORT: of_cohorts.in_the_cohort,
    Source.ON_THE_CEREMONY: of_lists.on_the_ceremony,
    Source.OFF_THE_CEREMONY: of_lists.off_the_ceremony,
    Source.APPROVED_ITEMS: of_orders.approved_items,
    Source.LINES: of_orders.lines,
    Source.PAYMENTS: of_orders.payments,
    Source.REFUNDS: of_orders.refunds,
    Source.INCIDENTS: of_orders.incidents,
}
