"""Who of the centre has how much before them: each number leads to its list."""

from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from projections.views.tasks import Filters, Group
from service.console.pages.caseload import PATH as CASES
from service.console.pages.known import known
from service.console.pages.today import address_of
from service.console.showing.filters import EVERYBODY, Asked
from service.console.showing.gaps import Gap, Missing
from service.console.visit import Signed
from service.queries.worklists import Workload, get_team

PATH = "/team"


@dataclass(frozen=True, slots=True)
class Number:
    """Of what there are so many; where they are listed, if there are any."""

    many: int
    href: str | None


@dataclass(frozen=True, slots=True)
class Member:
    label: str | Missing
    left: bool
    cases: Number
    groups: dict[Group, Number]
    oldest: date | None


async def team_page(visit: Signed) -> Response:
    team = await visit.ask(get_team, Filters())
    names = await known(visit)
    members = [
        _member(each, names.staff.get(each.caseworker, Missing(Gap.NOT_SHOWN)))
        for each in team.members
    ]
    return visit.page("team.html", members=members, groups=tuple(Group))


def _member(it: Workload, label: str | Missing) -> Member:
    who = str(it.caseworker)
    cases = Asked(CASES, EVERYBODY, caseworker=who).address()
    return Member(
        label=label,
        left=it.left,
        cases=Number(it.open_cases, cases),
        groups={
            group: Number(many, address_of(EVERYBODY, group, caseworker=who) if many else None)
            for group in Group
            for many in (getattr(it, group),)
        },
        oldest=it.oldest,
    )
