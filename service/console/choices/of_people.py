"""People: found by a search on the form, and their cases."""

from contextlib import suppress
from uuid import UUID

from domain.errors import JisrError, NotAllowed
from domain.message import StreamKind
from projections.views.caseload import NEWEST, Case, Filters
from projections.views.pages import Part
from projections.views.people import Filters as Similar
from projections.views.people import PersonRow
from service.access.table import QUERIES
from service.console.choices.asking import Choosing, as_id
from service.console.choices.said import day, parts
from service.console.forms.questions import Options
from service.queries.caseload import search_cases
from service.queries.cases import get_case
from service.queries.people import Beneficiary, find_similar_people, get_beneficiary
from service.words.language import Language

FOUND = 10
"""So many of a search are shown."""
SEARCH = ".find"
"""What a search on the form types into, beside the question's own name."""


async def beneficiaries(asked: Choosing) -> Options:
    """Those found, by their case or without one, and the one that is chosen already."""
    found: dict[str, str] = {}
    if (chosen := as_id(asked.given)) is not None:
        with suppress(JisrError):
            person = await asked.visit.ask(get_beneficiary, chosen)
            found[str(chosen)] = person_label(person, asked.language)
    text = asked.typed.get(f"{asked.name}{SEARCH}", "").strip()
    if text and asked.visit.actor.role in QUERIES["search-cases"].who:
        page = await asked.visit.ask(search_cases, Filters(text=text), Part(NEWEST, limit=FOUND))
        for row in page.cases:
            said = parts(asked.language, *_names(row, asked.language), row.reference)
            found.setdefault(str(row.beneficiary_id), said)
        for each in page.without_case:
            found.setdefault(str(each.beneficiary_id), await _row(asked, each))
    own = asked.about
    if own is not None and own.kind is StreamKind.BENEFICIARY:
        found = {**await _alike(asked, own.answer), **found}
        found.pop(str(own.id), None)
    return found


async def cases(asked: Choosing) -> Options:
    """Those found by a name or a reference, and the one that is chosen already."""
    found: dict[str, str] = {}
    if (chosen := as_id(asked.given)) is not None:
        with suppress(JisrError):
            found[str(chosen)] = await _case(asked, chosen)
    text = asked.typed.get(f"{asked.name}{SEARCH}", "").strip()
    if text and asked.visit.actor.role in QUERIES["search-cases"].who:
        with suppress(NotAllowed):  # who reads no names finds nobody by one
            filters, part = Filters(text=text), Part(NEWEST, limit=FOUND)
            for row in (await asked.visit.ask(search_cases, filters, part)).cases:
                said = parts(asked.language, *_names(row, asked.language), row.reference)
                found.setdefault(str(row.case_id), said)
    return found


async def _alike(asked: Choosing, person: Beneficiary) -> Options:
    """Who may be the same: the names alike, and born on the same day or in the same year."""
    filters = Similar(
        name_ar=person.name_ar,
        name_latin=person.name_latin,
        birth_date=person.birth_date,
        birth_year=person.birth_year,
    )
    if not filters.names:
        return {}
    similar = await asked.visit.ask(find_similar_people, filters)
    return {
        str(each.beneficiary_id): await _row(asked, each)
        for each in similar.people
        if each.merged_into is None
    }


async def _row(asked: Choosing, each: PersonRow) -> str:
    return person_label(each, asked.language, await _reference(asked, each.case_id))


async def _reference(asked: Choosing, case_id: UUID | None) -> str:
    """By which two of one name and birthday are told apart."""
    if case_id is not None:
        with suppress(JisrError):
            return (await asked.visit.ask(get_case, case_id)).reference
    return ""


def person_label(person: PersonRow | Beneficiary, language: Language, reference: str = "") -> str:
    """With the day of their birth, or its year where no more is known."""
    born = day(person.birth_date, language) or person.birth_year
    return parts(language, *_names(person, language), born, reference)


def _names(of: Case | PersonRow | Beneficiary, language: Language) -> tuple[str | None, ...]:
    """That in the reader's own script first."""
    arabic_first = language is Language.ARABIC
    return (of.name_ar, of.name_latin) if arabic_first else (of.name_latin, of.name_ar)


async def cases_of_both(asked: Choosing) -> Options:
    """The open cases of the person, and of the one they go by."""
    own = asked.about
    people = [own.answer] if own is not None and own.kind is StreamKind.BENEFICIARY else []
    if (other := as_id(asked.typed.get("goes_by", ""))) is not None:
        with suppress(JisrError):
            people.append(await asked.visit.ask(get_beneficiary, other))
    cases = [each.open_case for each in people if each.open_case is not None]
    return {str(each): await _case(asked, each) for each in cases}


async def _case(asked: Choosing, case_id: UUID) -> str:
    case = await asked.visit.ask(get_case, case_id)
    opened = day(case.opened_on, asked.language)
    return parts(asked.language, case.reference, asked.said.of(case.stage), opened)
