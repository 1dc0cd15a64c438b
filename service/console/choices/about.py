"""What a step is taken on: whose it is, as the asker may know it, and in which version."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.case.minors import OF_AGE
from domain.errors import JisrError, NotAllowed
from domain.message import StreamKind
from domain.rules import NEWEST as RULES
from projections.views.ceremonies import NEWEST, Filters
from projections.views.findings import Filters as Found
from projections.views.pages import Part
from service.console.choices.said import parts, region_or_committee
from service.console.showing.person import age_on
from service.console.visit import Signed
from service.queries.agreements import Agreement, get_agreement
from service.queries.cases import CaseAnswer, get_case
from service.queries.ceremonies import get_ceremony, list_ceremonies
from service.queries.cohorts import get_cohort
from service.queries.complaints import get_complaint
from service.queries.erasing.looking import get_erasure
from service.queries.findings import get_finding
from service.queries.orders import get_order
from service.queries.people import Beneficiary, get_beneficiary
from service.queries.receptions import get_reception
from service.queries.sessions import get_session
from service.words import writing
from service.words.store import words

MOST = 200
"""So many ceremonies are looked through at most, the latest first."""


@dataclass(frozen=True, slots=True)
class About:
    """The thing, with its page and what is said of it above the form."""

    kind: StreamKind
    id: UUID
    version: int
    """As it was read, for `expected_version`."""
    answer: Any
    """What the query said of it."""
    href: str
    reference: str
    names: tuple[writing.Name, ...] = ()
    minor: bool = False
    lent: bool = False
    """Whether only the line of a ceremony is the asker's to read, not the case."""


async def about_of(visit: Signed, kind: StreamKind, name: UUID) -> About:
    """Raises what says that there is no such thing for the asker."""
    return await _OF[kind](visit, name)


async def _case(visit: Signed, name: UUID) -> About:
    case = await visit.ask(get_case, name)
    names = writing.names(case.name_ar, case.name_latin, visit.language)
    minor = await _is_minor(visit, case)
    version, href = case.version, f"/cases/{name}"
    return About(StreamKind.CASE, name, version, case, href, case.reference, names, minor)


async def lent_to(visit: Signed, case_id: UUID) -> About:
    """The case of another centre whose line stands on a ceremony of the asker's: no more of it.

    Raises `NotAllowed` where there is none, or it is lent no more.
    """
    part = Part(NEWEST, limit=MOST)
    page = await visit.ask(list_ceremonies, Filters(), part)
    earliest = visit.today - timedelta(days=RULES.lent_line_days)
    for each in page.ceremonies:
        if each.centre != visit.actor.centre or each.held_on < earliest:
            continue
        lines = (await visit.ask(get_ceremony, each.ceremony_id, (case_id,))).lines
        line = next((line for line in lines if line.case_id == case_id and line.reference), None)
        if line is not None:
            href, said = f"/ceremonies/{each.ceremony_id}", line.reference or ""
            return About(StreamKind.CASE, case_id, 0, line, href, said, lent=True)
    raise NotAllowed("other_centre")


async def _is_minor(visit: Signed, case: CaseAnswer) -> bool:
    """Where the asker may know it."""
    if case.beneficiary_id is None:
        return False
    with suppress(JisrError):
        return is_minor(await visit.ask(get_beneficiary, case.beneficiary_id), visit)
    return False


def is_minor(person: Beneficiary, visit: Signed) -> bool:
    age = age_on(person, visit.today)
    return age is not None and age < OF_AGE


async def _beneficiary(visit: Signed, name: UUID) -> About:
    """Of the restricted, for who does not read of them, how it stands with their erasure, and no name."""
    try:
        person = await visit.ask(get_beneficiary, name)
    except NotAllowed:
        found = await visit.ask(get_erasure, name)
        href = f"/beneficiaries/{name}/erasure"
        return About(StreamKind.BENEFICIARY, name, found.version, found, href, "")
    case_id, reference = person.open_case or person.last_case, ""
    if case_id is not None:
        with suppress(NotAllowed):
            reference = (await visit.ask(get_case, case_id)).reference
    names = writing.names(person.name_ar, person.name_latin, visit.language)
    href = f"/cases/{case_id}" if case_id else "/"
    minor = is_minor(person, visit)
    return About(
        StreamKind.BENEFICIARY, name, person.version, person, href, reference, names, minor
    )


async def _agreement(visit: Signed, name: UUID) -> About:
    found = await visit.ask(get_agreement, name)
    said = agreement_named(found, visit)
    return About(StreamKind.AGREEMENT, name, found.version, found, f"/agreements/{name}", said)


def agreement_named(found: Agreement, visit: Signed) -> str:
    on = writing.day(found.signed_on, visit.language)
    return parts(visit.language, found.season, found.signed_at, on)


async def _order(visit: Signed, name: UUID) -> About:
    found = await visit.ask(get_order, name)
    said = parts(visit.language, found.contract, found.supplier_name or found.supplier)
    return About(StreamKind.ORDER, name, found.version, found, f"/orders/{name}", said)


async def _session(visit: Signed, name: UUID) -> About:
    found = await visit.ask(get_session, name)
    on = writing.day(found.meets_on, visit.language)
    said = parts(visit.language, region_or_committee(found, visit.language), on)
    return About(StreamKind.SESSION, name, found.version, found, f"/sessions/{name}", said)


async def _ceremony(visit: Signed, name: UUID) -> About:
    found = await visit.ask(get_ceremony, name)
    on = writing.day(found.held_on, visit.language)
    said = parts(visit.language, found.city, found.site_name, on)
    return About(StreamKind.CEREMONY, name, found.version, found, f"/ceremonies/{name}", said)


async def _cohort(visit: Signed, name: UUID) -> About:
    found = await visit.ask(get_cohort, name)
    begins = writing.day(found.starts_on, visit.language)
    trade, provider = words(visit.language).of(found.trade), found.provider_name or found.provider
    said = parts(visit.language, trade, provider, begins)
    return About(StreamKind.COHORT, name, found.version, found, f"/cohorts/{name}", said)


async def _complaint(visit: Signed, name: UUID) -> About:
    found = await visit.ask(get_complaint, name)
    href = f"/complaints/{name}"
    return About(StreamKind.COMPLAINT, name, found.version, found, href, found.number)


async def _reception(visit: Signed, name: UUID) -> About:
    found = await visit.ask(get_reception, name)
    said = parts(
        visit.language,
        words(visit.language).of(found.reason),
        writing.day(found.occurred_on, visit.language),
    )
    return About(StreamKind.RECEPTION, name, found.version, found, "/receptions", said)


async def _finding(visit: Signed, name: UUID) -> About:
    found = await visit.ask(get_finding, Found(finding_id=name))
    said = words(visit.language).of(found.finding.code)
    return About(StreamKind.FINDING, name, found.version, found, f"/findings/{name}", said)


_OF: Mapping[StreamKind, Callable[[Signed, UUID], Awaitable[About]]] = {
    StreamKind.CASE: _case,
    StreamKind.BENEFICIARY: _beneficiary,
    StreamKind.AGREEMENT: _agreement,
    StreamKind.ORDER: _order,
    StreamKind.SESSION: _session,
    StreamKind.CEREMONY: _ceremony,
    StreamKind.COHORT: _cohort,
    StreamKind.COMPLAINT: _complaint,
    StreamKind.RECEPTION: _reception,
    StreamKind.FINDING: _finding,
}
