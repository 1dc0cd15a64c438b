"""The assessment of needs: the seven areas as a list of tasks, and each on a page of its own.

An area that is not answered keeps what was found before; the list and the check say which those are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.case.vocabulary import NeedArea, NeedStatus
from service.console.hand_made.asking import Asking, HandMade
from service.words.store import words

STEP = "assess-needs"
FIRST_PAGE = 1
"""Of the first area: before it the list stands, with the day."""


@dataclass(frozen=True, slots=True)
class Area:
    """One of the seven, as far as it is answered."""

    code: NeedArea
    page: int
    """Of the form, on which it is asked."""
    name: str
    about: str
    """What belongs to it."""
    answer: str
    """In words; empty where there is none yet."""
    before: str
    """What an assessment before this one found."""


@dataclass(frozen=True, slots=True)
class Areas:
    """All of them, in the order they are asked."""

    each: tuple[Area, ...]

    @property
    def answered(self) -> int:
        return sum(1 for area in self.each if area.answer)

    @property
    def last_page(self) -> int:
        """After the areas: remarks, and all that was found."""
        return FIRST_PAGE + len(self.each)

    def on(self, page: int) -> Area:
        return self.each[page - FIRST_PAGE]


async def facts(asking: Asking) -> Mapping[str, Any]:
    return {"areas": Areas(tuple(_areas(asking)))}


def _areas(asking: Asking) -> Iterator[Area]:
    before = (asking.case.needs if asking.case else None) or {}
    said = words(asking.visit.language)
    for page, code in enumerate(NeedArea, FIRST_PAGE):
        told, stood = asking.typed.get(f"areas.{code}", ""), before.get(code)
        yield Area(
            code=code,
            page=page,
            name=said.of(code),
            about=said.page[f"need_{code}"],
            answer=said.of(NeedStatus(told)) if told in set(NeedStatus) else "",
            before=said.of(stood) if stood else "",
        )


MADE = HandMade("hand_made/needs.html", "hand_made/needs_check.html", facts)
FORMS: Mapping[str, HandMade] = {STEP: MADE}
