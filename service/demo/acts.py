"""What a story of the demo is made of: acts, one after another, and where it is seen."""

from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass
from uuid import UUID

from domain.message import Role, Step

Names = MutableMapping[str, UUID]
"""Ids by what they are called here: `case/64`, `agreement/saving`; the caseworker's too."""


@dataclass(frozen=True, slots=True)
class Act:
    """A step, what it is taken on, and by whom."""

    on: str
    step: Step
    by: Role


Script = Callable[[Names], Iterator[Act]]


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a story is seen at the console."""

    story: str
    page: str
    """With the place of the name's id."""
    name: str

    def address(self, names: Names) -> str:
        return self.page.format(names[self.name])
