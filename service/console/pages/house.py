"""The house itself: who works here, and its centres."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from starlette.responses import Response

from domain.message import Role
from service.access.table import QUERIES
from service.console.pages.known import known
from service.console.pages.staff import INVITE
from service.console.showing.gaps import Gap, Missing
from service.console.showing.links import new
from service.console.showing.list_rows import Known
from service.console.visit import Signed
from service.queries.absences import StandingIn, list_delegations, list_left_cases
from service.queries.registry import Centre, get_centre
from service.queries.staff import list_staff
from service.words import writing
from service.words.language import Language
from service.words.store import words

STAFF, CENTRES = "/staff", "/centres"
STAFF_STEPS = ("register-staff", "name-delegate", "revoke-access-key")
END = "end-delegation"


@dataclass(frozen=True, slots=True)
class Post:
    """Somebody who works here, by their post."""

    label: str | Missing
    role: str
    centre: str
    """Empty for who belongs to none."""
    staff_id: UUID
    keys: int
    """That open anything; told to who may know of them, as what follows is."""
    password: bool
    invited_until: date | None
    left_on: date | None


@dataclass(frozen=True, slots=True)
class ShownCentre:
    """A centre, with the provinces that it serves today and those it did."""

    centre: str
    code: str
    name: str
    other: str
    provinces: tuple[str, ...]
    """Today."""
    spans: tuple[tuple[str, date, date | None], ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """Who stands in for whom, by their posts."""

    absent: str | Missing
    delegate: str | Missing
    it: StandingIn
    may_end: bool


async def staff_page(visit: Signed) -> Response:
    """The reader's own colleagues; everybody, to who reaches everywhere."""
    found, names = await visit.ask(list_staff), await known(visit)
    said = words(visit.language)
    posts = [
        Post(
            label=names.staff[each.staff_id],
            role=said.of(each.role),
            centre=names.centres.get(each.centre or "", each.centre or ""),
            staff_id=each.staff_id,
            keys=len(each.keys),
            password=each.password is not None,
            invited_until=each.invited_until,
            left_on=each.left_on,
        )
        for each in found.staff
    ]
    return visit.page(
        "staff.html",
        posts=sorted(posts, key=lambda post: (post.centre, post.role, str(post.label))),
        may_invite=INVITE in visit.steps,
        **await _absences(visit, names),
        sees_keys=visit.actor.role in (Role.ADMINISTRATOR, Role.AUDITOR),
        sees_partners=visit.actor.role in QUERIES["list-partners"].who,
        steps=new(STAFF_STEPS, visit.steps, visit.language),
    )


async def _absences(visit: Signed, names: Known) -> dict[str, Any]:
    """Who stands in for whom, and who left with cases: to whom the reader may know of either."""
    role = visit.actor.role
    standing, left = [], []
    if role in QUERIES["list-delegations"].who:
        standing = [
            Absence(
                names.staff.get(each.staff_id, Missing(Gap.NOT_SHOWN)),
                names.staff.get(each.delegate, Missing(Gap.NOT_SHOWN)),
                each,
                END in visit.steps
                and (role is Role.COORDINATOR or visit.actor.id in (each.staff_id, each.delegate)),
            )
            for each in (await visit.ask(list_delegations)).delegations
        ]
    if role in QUERIES["list-left-cases"].who:
        left = [
            (names.staff.get(each.staff_id, Missing(Gap.NOT_SHOWN)), each)
            for each in (await visit.ask(list_left_cases)).left
        ]
    lists = role in QUERIES["list-cases"].who
    return {"absences": standing, "left": left, "lists_cases": lists}


async def centre_page(visit: Signed) -> Response:
    """Raises `NotFound` for a code that no centre has."""
    found = await visit.ask(get_centre, visit.request.path_params["centre"])
    staff = await visit.ask(list_staff)
    here = Counter(each.role for each in staff.staff if each.centre == found.centre)
    said = words(visit.language)
    return visit.page(
        "centre.html",
        it=shown_centre(found, visit.today, visit.language),
        posts=[(said.of(role), many) for role, many in sorted(here.items())],
        closed_from=found.closed_from,
        remain=await _remaining(visit, found.centre),
        steps=[
            replace(each, href=f"{each.href}?centre={found.centre}")
            for each in new(_steps_of(found), visit.steps, visit.language)
        ],
    )


def _steps_of(found: Centre) -> tuple[str, ...]:
    turns = "close-centre" if found.closed_from is None else "reopen-centre"
    return ("change-catchment", "correct-catchment", turns, "register-centre")


async def _remaining(visit: Signed, centre: str) -> int:
    """How many open cases a centre that closes still has, to whom it is told."""
    if visit.actor.role not in QUERIES["list-left-cases"].who:
        return 0
    closing = (await visit.ask(list_left_cases)).closing
    return sum(each.open_cases for each in closing if each.centre == centre)


def shown_centre(each: Centre, today: date, language: Language) -> ShownCentre:
    arabic = language is Language.ARABIC
    spans = tuple(
        (writing.province(part.province, language), part.since, part.until)
        for part in each.catchment
    )
    serves = (name for name, since, until in spans if since <= today <= (until or today))
    return ShownCentre(
        each.centre,
        each.code,
        each.name_ar if arabic else each.name_fr,
        each.name_fr if arabic else each.name_ar,
        tuple(serves),
        spans,
    )
