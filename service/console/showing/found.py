"""What was found by what somebody typed: why a case, which words of a name agree, and who of those
registered has no case yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.message import Actor, Role
from projections.views.names import keys_of, words_of
from projections.views.people import PersonRow
from projections.views.searching import REFERENCE
from projections.views.sought import Sought, sought
from projections.views.spelling import words
from service.access.table import STEPS
from service.console.showing.gaps import Missing, missing_of
from service.console.showing.links import form_at
from service.console.showing.list_rows import CaseLine
from service.words import writing
from service.words.language import Language


class Why(StrEnum):
    """What agrees."""

    REFERENCE = "reference"
    NAME = "name"
    SOUND = "sound"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a name, and whether it agrees with what was asked."""

    text: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked, ready to be held beside names."""

    asked: tuple[str, ...]
    keys: tuple[Sought, ...]
    is_reference: bool

    @classmethod
    def of(cls, text: str) -> "Search":
        asked = tuple(words(text))
        keys = tuple(dict.fromkeys(sought(words_of(text))))
        return cls(asked, keys, REFERENCE.fullmatch("".join(asked)) is not None)

    def why(self, line: CaseLine) -> Why:
        """Of a case that was found; who may not read the name is found by a reference or number."""
        if self.is_reference:
            return Why.REFERENCE
        said = [word for name in line.names for word in words(name.text)]
        if self.asked and all(any(word.startswith(each) for word in said) for each in self.asked):
            return Why.NAME
        agrees = any(each.agrees for name in line.names for each in self.pieces(name.text))
        return Why.SOUND if agrees else Why.NUMBER

    def pieces(self, name: str) -> Sequence[Piece]:
        return [Piece(word, self._agrees(word)) for word in name.split()]

    def _agrees(self, word: str) -> bool:
        found = keys_of(word)
        return any(key.finds(each) for key in self.keys for each in found)


OPEN = "open-case"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody who is registered, with the step by which their case is opened."""

    names: tuple[writing.Name, ...]
    missing: Missing
    """Why there is no name, where there is none."""
    born: str
    """Their day of birth, or the year; empty where neither is known or shown."""
    href: str
    case_id: UUID | None
    opens: str
    """Where their case is opened; empty where they have one, or that is not the reader's."""


def person_line(row: PersonRow, actor: Actor, language: Language) -> PersonLine:
    may_open = row.case_id is None and actor.role in STEPS[OPEN].who
    return PersonLine(
        names=writing.names(row.name_ar, row.name_latin, language),
        missing=missing_of(PersonRow, "name_ar", actor.role),
        born=born_on(row.birth_date, row.birth_year, language),
        href=f"/beneficiaries/{row.beneficiary_id}",
        case_id=row.case_id,
        opens=opening(row.beneficiary_id, actor) if may_open else "",
    )


def born_on(day: date | None, year: int | None, language: Language) -> str:
    """The day, or what is known of it."""
    return writing.day(day, language) if day else str(year or "")


def opening(person: UUID, actor: Actor) -> str:
    """Where somebody's case is opened, with what is known of it: the centre, and its caseworker."""
    own = actor.id if actor.role is Role.CASEWORKER else None
    return form_at(OPEN, beneficiary_id=person, centre=actor.centre, caseworker=own)
