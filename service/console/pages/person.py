"""A person: who it is, and how they are reached."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from uuid import UUID

from starlette.responses import Response

from domain.errors import JisrError, NotFound
from domain.message import StreamKind
from service.access.table import QUERIES
from service.console.navigation import reads_people
from service.console.pages import person_parts as parts
from service.console.showing.case_cards import Fact, Value, reached
from service.console.showing.gaps import Missing, missing_of
from service.console.showing.links import CaseLinks, StepLink, links_on
from service.console.showing.person import age_on, phone_written
from service.console.showing.services import OF_HOUSEHOLD
from service.console.visit import Signed
from service.queries.cases import CaseAnswer, get_case
from service.queries.history import HistoricEvent
from service.queries.people import Beneficiary, get_beneficiary
from service.words import writing
from service.words.store import words

OF_AGE = 18
LAST_DIGITS = 3
"""So many of a paper's number are shown: enough to hold a paper beside it."""
SHOWING = "show-identity-number"
"""What the request log calls it."""


async def person_page(visit: Signed) -> Response:
    person_id = visit.id_of("beneficiary_id")
    if not reads_people(visit.actor.role):
        raise NotFound
    person = await visit.ask(get_beneficiary, person_id)
    own = await parts.told_of(visit, person)
    found = [each async for each in _cases(visit, person, own)]
    lost = any(each.key_lost for each in found)
    told = [each for case in found for each in await parts.told_in(visit, case)]
    erasable = parts.erasable(person)
    erasure = await parts.earliest_erasure(visit, person, found) if erasable else None
    asked = await parts.asked_about_data(visit, person)
    return visit.page(
        "person.html",
        person=person,
        reference=found[0].reference if found else "",
        cases=found,
        names=writing.names(person.name_ar, person.name_latin, visit.language),
        missing=_missing(visit, person, "name_ar", lost=lost),
        reach=list(_reach(visit, person, lost=lost)),
        identity=list(_identity(visit, person, lost=lost)),
        number=person.identity.number if person.identity else "",
        number_shown=await _is_shown(visit, person_id),
        lived=parts.lived_at(own),
        household=list(parts.household(told, found, visit)),
        consents=list(parts.consents(found, visit)),
        papers=[each for case in found for each in await parts.papers(visit, case)],
        erasure=erasure,
        data_requests=asked,
        tells_who_looked=visit.actor.role in QUERIES["list-person-readings"].who,
        sees_erasure=visit.actor.role in QUERIES["get-erasure"].who,
        hands_record=visit.actor.role in QUERIES["print-person-record"].who,
        address_missing=_missing(visit, person, "address", lost=lost),
        case_steps=_on_the_case(visit, found),
        steps=_steps(visit, person, asked) if person.erased_on is None else (),
    )


async def show_number(visit: Signed) -> Response:
    """Show the paper's whole number in this session, for half an hour: the request log keeps who asked."""
    visit.request.scope["operation"] = SHOWING
    person_id = visit.id_of("beneficiary_id")
    if not reads_people(visit.actor.role):
        raise NotFound
    await visit.ask(get_beneficiary, person_id)
    noted = await asyncio.to_thread(
        visit.sign_ins.note, visit.sign_in, SHOWING, str(person_id), datetime.now(UTC)
    )
    return visit.redirect(f"/beneficiaries/{person_id}?shown={noted}#identity")


async def _is_shown(visit: Signed, person_id: UUID) -> bool:
    """Whether whoever looks asked for the number, in this session."""
    asked = visit.request.query_params.get("shown", "")
    if not asked:
        return False
    noted = await asyncio.to_thread(
        visit.sign_ins.noted, visit.sign_in, SHOWING, asked, datetime.now(UTC)
    )
    return noted == str(person_id)


async def _cases(
    visit: Signed, person: Beneficiary, events: Sequence[HistoricEvent]
) -> AsyncIterator[CaseAnswer]:
    """Those that the reader may read: the open one first, then the last opened of the others."""
    linked = [each.fields.get("case_id") for each in events]
    all_ = [UUID(str(each)) for each in reversed(linked) if each]
    for each in dict.fromkeys(filter(None, (person.open_case, person.last_case, *all_))):
        with suppress(JisrError):
            yield await visit.ask(get_case, each)


def _missing(visit: Signed, person: Beneficiary, field: str, *, lost: bool) -> Missing:
    return missing_of(
        Beneficiary, field, visit.actor.role, erased_on=person.erased_on, key_lost=lost
    )


def _reach(visit: Signed, person: Beneficiary, *, lost: bool) -> Iterator[Fact]:
    said = words(visit.language)

    def none(field: str) -> Missing:
        return _missing(visit, person, field, lost=lost)

    if person.phone:
        yield Fact(said.page["phone"], "", phone_written(person.phone))
    else:
        yield Fact(said.page["phone"], none("phone"))
    for each in person.contacts or ():
        yield reached(each.relation, each)
    if not person.contacts:
        yield Fact(said.field["contacts"], none("contacts"))
    if person.best_time:
        yield Fact(said.field["best_time"], person.best_time)
    message = said.page["message_may_be_left" if person.may_leave_message else "no_message_left"]
    if person.phone or person.contacts:
        yield Fact(said.page["messages"], message)
    if person.reads is not None:
        yield Fact(said.field["reads"], said.page["form_yes" if person.reads else "form_no"])
    spoken = said.of(person.language) if person.language else none("language")
    yield Fact(said.page["speaks"], spoken)


def _identity(visit: Signed, person: Beneficiary, *, lost: bool) -> Iterator[Fact]:
    said, today = words(visit.language), visit.today

    def none(field: str) -> Missing:
        return _missing(visit, person, field, lost=lost)

    born: Value = person.birth_date or none("birth_date")
    if person.birth_date is None and person.birth_year is not None:
        born = str(person.birth_year)
    yield Fact(said.field["birth_date"], born)
    age = age_on(person, today)
    if age is not None:
        yield Fact(said.page["age"], writing.counted(said.count["years"], age, visit.language))
        if age < OF_AGE and person.birth_date is not None:
            yield Fact(said.page["comes_of_age"], _years_after(person.birth_date, OF_AGE))
    if person.guardian is not None:
        yield reached(said.field["guardian"], person.guardian)
    if person.identity is None:
        yield Fact(said.field["identity"], none("identity"))
    yield Fact(said.field["sex"], said.of(person.sex) if person.sex else none("sex"))


def _years_after(day: date, years: int) -> date:
    """The birthday; of one born on 29 February, 1 March in a year without it."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _steps(visit: Signed, person: Beneficiary, asked: Sequence[Fact]) -> tuple[StepLink, ...]:
    """Those on the person, by the reader's role and by how the person's record stands."""
    put_away = person.restricted_until is not None and person.restricted_for is None
    merged = bool(person.aliases) or person.merged_into is not None
    room = {
        "undo-merge": merged and person.restricted_until is None,
        "request-erasure": not person.erasure_requested,
        "restrict-person": not put_away and person.open_case is None,
        "restrict-on-request": not put_away,
        "change-details": person.restricted_until is None,
        "correct-identity": not put_away,
        "merge-person": person.restricted_until is None,
        "lift-restriction": person.restricted_until is not None,
        "receive-data-request": person.merged_into is None,
        "answer-data-request": bool(asked),
        "confirm-beneficiary-request": person.erasure_requested,
        "refuse-beneficiary-request": person.erasure_requested,
    }
    own = [each for each in visit.steps_of(StreamKind.BENEFICIARY) if room.get(each, True)]
    return links_on(own, own, "beneficiaries", person.beneficiary_id, visit.language)


def _on_the_case(visit: Signed, cases: Sequence[CaseAnswer]) -> dict[str, StepLink]:
    """Those of the open case by which its person is known better; of a closed one what stays theirs."""
    found = dict[str, StepLink]()
    for case in cases:
        links = CaseLinks(case.case_id, case.open_steps, visit.language)
        for step in ("record-social-enquiry", "give-consent", "withdraw-consent", *OF_HOUSEHOLD):
            link = links.find(step)
            if link is not None:
                found.setdefault(step, link)
    return found
