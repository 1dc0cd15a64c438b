"""Who of the centre has how much before them, how late, how long: each number leads to its list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from domain.case.schedule import ReviewKind
from domain.case.vocabulary import Stage
from projections.views.tasks import Age, Filters, Group
from projections.views.team import Ageing
from service.console.pages.caseload import PATH as CASES
from service.console.pages.known import known
from service.console.pages.today import address_of
from service.console.showing.filters import EVERYBODY, PAUSED, Asked
from service.console.showing.gaps import Gap, Missing
from service.console.visit import Signed
from service.queries.worklists import TeamTotals, Workload, get_team

PATH = "/team"


@dataclass(frozen=True, slots=True)
class Number:
    """Of what there are so many; where they are listed, if there are any."""

    many: int
    href: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted alike of one caseworker and of all."""

    cases: Number
    groups: Mapping[Group, Number]
    ages: Mapping[Age, Number]
    silent: Number
    paused: Number


@dataclass(frozen=True, slots=True)
class Member:
    label: str | Missing
    left: bool
    oldest: date | None
    counted: Counted


@dataclass(frozen=True, slots=True)
class StageLine:
    stage: Stage
    cases: Number
    days: int | None
    """The median of those that its open cases have stood there."""


async def team_page(visit: Signed) -> Response:
    team = await visit.ask(get_team, Filters())
    names = await known(visit)
    members = [
        Member(
            label=names.staff.get(each.caseworker, Missing(Gap.NOT_SHOWN)),
            left=each.left,
            oldest=each.oldest,
            counted=_counted(each, caseworker=str(each.caseworker)),
        )
        for each in team.members
    ]
    stages = [
        StageLine(
            each.stage,
            Number(each.cases, Asked(CASES, EVERYBODY, stage=each.stage).address()),
            each.median_days,
        )
        for each in team.stages
    ]
    return visit.page(
        "team.html",
        members=members,
        totals=_counted(team.totals),
        unassigned=team.totals.unassigned,
        stages=stages,
        groups=tuple(Group),
        ages=tuple(Age),
    )


def _counted(it: Workload | TeamTotals, **whose: str) -> Counted:
    """`whose`: of one caseworker; of all where it is left out."""
    return Counted(
        cases=_number(it.open_cases, Asked(CASES, EVERYBODY, **whose)),
        groups={each: _listed(getattr(it, each), each, **whose) for each in Group},
        ages=_ages(it.ageing, **whose),
        silent=_listed(it.silent, Group.OVERDUE, kind=ReviewKind.SILENCE, **whose),
        paused=_number(it.paused, Asked(CASES, EVERYBODY, status=PAUSED, **whose)),
    )


def _ages(it: Ageing, **whose: str) -> dict[Age, Number]:
    """Those that there are any of: together they are all that is late."""
    many = {age: getattr(it, age) for age in Age}
    return {
        age: _listed(each, Group.OVERDUE, late=age, **whose) for age, each in many.items() if each
    }


def _listed(many: int, group: Group, **chosen: str) -> Number:
    return Number(many, address_of(EVERYBODY, group, **chosen) if many else None)


def _number(many: int, asked: Asked) -> Number:
    return Number(many, asked.address() if many else None)
