"""Whom somebody that is being registered may be, of those who are registered already."""

from collections.abc import Mapping
from contextlib import suppress

from domain.case.minors import OF_AGE
from domain.errors import JisrError
from projections.views.people import Filters, PersonRow
from service.console.forms import typed
from service.console.forms.answers import PARTS_OF_A_DAY
from service.console.visit import Signed
from service.queries.people import find_similar_people

EARLIEST = 1900


def told(answers: Mapping[str, str]) -> Filters:
    """The names and the birth, as far as they are typed."""
    year = int(typed.number(answers.get("birth_year", "")) or 0)
    return Filters(
        name_ar=answers.get("name_ar", "").strip() or None,
        name_latin=answers.get("name_latin", "").strip() or None,
        birth_date=typed.day(*(answers.get(f"birth_date.{part}", "") for part in PARTS_OF_A_DAY)),
        birth_year=year if year >= EARLIEST else None,
    )


async def alike(visit: Signed, asked: Filters) -> list[PersonRow]:
    """Those that the asker may read; nobody before a name and a birth are typed. It only warns."""
    if asked.year is None or not asked.names:
        return []
    with suppress(JisrError):
        found = await visit.ask(find_similar_people, asked)
        return [each for each in found.people if each.merged_into is None]
    return []


def is_of_age(asked: Filters, visit: Signed) -> bool:
    """For certain: a year alone may end with their birthday."""
    return asked.year is not None and visit.today.year - asked.year > OF_AGE
