"""How a person is reached, and how old they are, as a page says it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.message import Role
from service.console.showing.gaps import Missing, missing_of
from service.queries.people import Beneficiary
from service.words import writing
from service.words.language import Language
from service.words.store import words


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to call: often a relative's."""

    number: str
    """As a telephone dials it."""
    written: str
    whose: str
    """Whose it is, where it is not the person's own."""


Told = str | Phone | Missing


def person_facts(
    person: Beneficiary, role: Role, today: date, language: Language, *, key_lost: bool
) -> Iterator[tuple[str, Told]]:
    """Each with the name of what it is."""

    def missing(field: str) -> Missing:
        gone = person.erased_on
        return missing_of(Beneficiary, field, role, erased_on=gone, key_lost=key_lost)

    said = words(language)
    yield said.page["phone"], phone_of(person) or missing("phone")
    age = age_on(person, today)
    told = None if age is None else writing.counted(said.count["years"], age, language)
    yield said.page["age"], told or missing("birth_date")
    spoken = said.of(person.language) if person.language else missing("language")
    yield said.page["speaks"], spoken


def phone_of(person: Beneficiary) -> Phone | None:
    """The person's own number, or that of the first who can be called for them."""
    if person.phone:
        return phone_written(person.phone)
    for each in person.contacts or ():
        if each.phone:
            return phone_written(each.phone, each.relation)
    return None


def phone_written(number: str, whose: str = "") -> Phone:
    return Phone(number.replace(" ", ""), writing.phone(number), whose)


def age_on(person: Beneficiary, today: date) -> int | None:
    """Full years; of a year alone as if it were born on its last day."""
    born = person.birth_date
    if born is None and person.birth_year is not None:
        born = date(person.birth_year, 12, 31)
    if born is None:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
