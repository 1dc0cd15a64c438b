"""Places, centres, staff and their keys."""

from domain.message import Role
from domain.values.places import places
from domain.values.places import regions as all_regions
from service.access.table import REACH
from service.console.choices.asking import Choosing
from service.console.choices.said import day, parts
from service.console.forms.questions import Options
from service.queries.access_keys import list_access_keys
from service.queries.complaints import Complaint
from service.queries.me import get_me
from service.queries.registry import list_centres
from service.queries.rules import list_rules
from service.queries.staff import StaffMember, list_staff
from service.words import writing
from service.words.language import Language

CASEWORKERS = frozenset({Role.CASEWORKER, Role.COORDINATOR})
HANDLERS = CASEWORKERS | {Role.DIVISION}


async def provinces(asked: Choosing) -> Options:
    """Those that there were on the step's day; the one that is chosen in any case."""
    on, chosen = asked.day, {*asked.said_in(asked.name)}
    named = {
        code: writing.place_name(place, asked.language)
        for code, place in places().items()
        if place.validity.holds_on(on) or code in chosen
    }
    return dict(sorted(named.items(), key=lambda each: each[1]))


async def regions(asked: Choosing) -> Options:
    """Those that there were on the step's day; the one that is chosen in any case."""
    on, chosen = asked.day, {*asked.said_in(asked.name)}
    return {
        code: writing.region(code, asked.language)
        for code, region in all_regions().items()
        if region.validity.holds_on(on) or code in chosen
    }


async def centres(asked: Choosing) -> Options:
    """Who belongs to one has only that to choose."""
    found = (await asked.visit.ask(list_centres)).centres
    own = asked.visit.actor.centre
    arabic = asked.language is Language.ARABIC
    return {
        each.centre: each.name_ar if arabic else each.name_fr
        for each in found
        if own in (None, each.centre)
    }


async def other_centres(asked: Choosing) -> Options:
    """Those that take cases today, without the asker's own."""
    today = asked.visit.today
    arabic = asked.language is Language.ARABIC
    return {
        each.centre: each.name_ar if arabic else each.name_fr
        for each in (await asked.visit.ask(list_centres)).centres
        if each.centre != asked.visit.actor.centre
        and not (each.closed_from and each.closed_from <= today)
    }


async def asking_centres(asked: Choosing) -> Options:
    asking = {each.by_centre for each in asked.case.asked_for} if asked.case else set()
    return {code: name for code, name in (await other_centres(asked)).items() if code in asking}


async def rules(asked: Choosing) -> Options:
    """The last set first, each with its first day for new cases."""
    found = (await asked.visit.ask(list_rules)).versions
    own = asked.case.rules_version if asked.case else None
    return {
        each.version: parts(asked.language, each.version, day(each.since, asked.language))
        for each in reversed(found)
        if each.version != own
    }


async def roles(asked: Choosing) -> Options:
    return {role: asked.said.of(role) for role in REACH}


async def staff(asked: Choosing) -> Options:
    """Each by their post, with their role: those without a key first."""
    found = await asked.visit.ask(list_staff)
    return _posts(asked, sorted(found.staff, key=lambda each: len(each.keys)))


async def caseworkers(asked: Choosing) -> Options:
    found = await asked.visit.ask(list_staff)
    centre = asked.case.centre if asked.case else asked.visit.actor.centre
    return _posts(
        asked,
        [
            each
            for each in found.staff
            if each.role in CASEWORKERS and centre in (None, each.centre) and each.left_on is None
        ],
    )


def _posts(asked: Choosing, staff: list[StaffMember]) -> Options:
    return {
        str(each.staff_id): f"{each.label or each.staff_id} ({asked.said.of(each.role)})"
        for each in staff
    }


async def handlers(asked: Choosing) -> Options:
    """Whoever works here and may handle a complaint, but whom it names."""
    found = await asked.visit.ask(list_staff)
    complaint = asked.about.answer if asked.about else None
    about = complaint.staff_id if isinstance(complaint, Complaint) else None
    able = (each for each in found.staff if each.role in HANDLERS and each.left_on is None)
    return _posts(asked, [each for each in able if each.staff_id != about])


async def keys(asked: Choosing) -> Options:
    found = await asked.visit.ask(list_access_keys)
    return {
        str(each.key_id): parts(
            asked.language,
            each.label or each.staff_id,
            asked.said.of(each.role),
            day(each.issued_on, asked.language),
        )
        for each in found.keys
        if each.opens
    }


async def notices(asked: Choosing) -> Options:
    found = await asked.visit.ask(get_me)
    return {
        str(each.notice_id): parts(asked.language, each.text, each.label)
        for each in found.notices
        if each.notice_id is not None
    }
