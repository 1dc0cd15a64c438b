"""Who is of the household, and how often they were met."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from domain.case.household.vocabulary import Kinship
from domain.case.moment import Moment
from domain.message import FieldClass


@dataclass(frozen=True, slots=True)
class Member:
    """One of them; who it is is None once the person is erased."""

    added: Moment
    name: Annotated[str | None, FieldClass.PERSONAL] = None
    kinship: Annotated[Kinship | None, FieldClass.PERSONAL] = None
    birth_year: Annotated[int | None, FieldClass.PERSONAL] = None
    left: Moment | None = None
    met: Moment | None = None
    """The last time somebody was with them."""
    meetings: int = 0


Household = Mapping[UUID, Member]
"""By their ids, those who left too."""


def lives_there(member: Member) -> bool:
    return member.left is None
