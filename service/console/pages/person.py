"""A person: who it is, and how they are reached."""

from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import date

from starlette.responses import Response

from domain.errors import JisrError, NotFound
from domain.message import StreamKind
from service.console.navigation import reads_people
from service.console.showing.case_cards import Fact, Value, reached
from service.console.showing.gaps import Gap, Missing, missing_of
from service.console.showing.links import StepLink, links_on
from service.console.showing.person import age_on, phone_written
from service.console.visit import Signed
from service.queries.cases import CaseAnswer, get_case
from service.queries.people import Beneficiary, get_beneficiary
from service.words import writing
from service.words.store import words

OF_AGE = 18
LAST_DIGITS = 3
"""So many of a paper's number are shown: enough to hold a paper beside it."""


async def person_page(visit: Signed) -> Response:
    person_id = visit.id_of("beneficiary_id")
    if not reads_people(visit.actor.role):
        raise NotFound
    person = await visit.ask(get_beneficiary, person_id)
    found = [each async for each in _cases(visit, person)]
    lost = any(each.key_lost for each in found)
    return visit.page(
        "person.html",
        person=person,
        reference=found[0].reference if found else "",
        cases=found,
        names=writing.names(person.name_ar, person.name_latin, visit.language),
        missing=_missing(visit, person, "name_ar", lost=lost),
        reach=list(_reach(visit, person, lost=lost)),
        identity=list(_identity(visit, person, lost=lost)),
        steps=_steps(visit, person) if person.erased_on is None else (),
    )


async def _cases(visit: Signed, person: Beneficiary) -> AsyncIterator[CaseAnswer]:
    """Those that the reader may read: the open one, or the last."""
    for each in dict.fromkeys(filter(None, (person.open_case, person.last_case))):
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
    message = said.page["message_may_be_left" if person.may_leave_message else "no_message_left"]
    if person.phone or person.contacts:
        yield Fact(said.page["messages"], message)
    spoken = said.of(person.language) if person.language else none("language")
    yield Fact(said.page["speaks"], spoken)
    yield Fact(said.field["address"], person.address or none("address"))


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
    paper = person.identity
    if paper is None:
        yield Fact(said.field["identity"], none("identity"))
    else:
        number = f"…{paper.number[-LAST_DIGITS:]}" if paper.number else Missing(Gap.NOT_RECORDED)
        yield Fact(said.field["identity"], said.of(paper.kind), place=str(number))
    yield Fact(said.field["sex"], said.of(person.sex) if person.sex else none("sex"))
    if person.restricted_until is not None:
        yield Fact(said.page["restricted_until"], person.restricted_until)


def _years_after(day: date, years: int) -> date:
    """The birthday; of one born on 29 February, 1 March in a year without it."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _steps(visit: Signed, person: Beneficiary) -> tuple[StepLink, ...]:
    """Those on the person, by the reader's role and by how the person's record stands."""
    merged = bool(person.aliases) or person.merged_into is not None
    room = {
        "undo-merge": merged,
        "request-erasure": not person.erasure_requested,
        "restrict-person": person.restricted_until is None,
        "lift-restriction": person.restricted_until is not None,
        "confirm-beneficiary-request": person.erasure_requested,
        "refuse-beneficiary-request": person.erasure_requested,
    }
    own = [each for each in visit.steps_of(StreamKind.BENEFICIARY) if room.get(each, True)]
    return links_on(own, own, "beneficiaries", person.beneficiary_id, visit.language)
