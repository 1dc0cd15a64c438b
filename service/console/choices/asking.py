"""One question's candidates, as they are asked for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from domain.case.vocabulary import TrackKind
from domain.commands import HANDLINGS, STEPS
from domain.tracks.row import TrackHandling
from domain.values.codes import EntryKind
from service.console.choices.about import About
from service.console.forms import typed
from service.console.forms.answers import PARTS_OF_A_DAY
from service.console.visit import Signed
from service.queries.cases import CaseAnswer
from service.queries.tracks import TrackAnswer
from service.queries.tracks.self_employment import SelfEmploymentAnswer
from service.words.language import Language
from service.words.store import Words, words

_ROW = re.compile(r"\.\d+(?=\.|$)", re.ASCII)

MOST = 200
"""So many are offered at most."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """Who asks, for which step on what, with what was typed so far."""

    visit: Signed
    step: str
    about: About | None
    typed: Mapping[str, str]
    name: str
    """Of the question."""
    kinds: tuple[EntryKind, ...] = ()
    """Of the registry's entries that the field takes."""

    @property
    def language(self) -> Language:
        return self.visit.language

    @property
    def said(self) -> Words:
        return words(self.language)

    @property
    def given(self) -> str:
        """What is chosen already."""
        return self.typed.get(self.name, "")

    @property
    def day(self) -> date:
        """The step's own, as far as it is typed; else today."""
        today = self.visit.today
        match self.typed.get("occurred_on"):
            case "yesterday":
                return today - timedelta(days=1)
            case "today":
                return today
        boxes = (self.typed.get(f"occurred_on.{part}", "") for part in PARTS_OF_A_DAY)
        return typed.day(*boxes) or today

    def said_in(self, name: str) -> Iterator[str]:
        """What stands in a question of that name, in each row where there are several."""
        return (text for at, text in self.typed.items() if _ROW.sub("", at) == name)

    @property
    def case(self) -> CaseAnswer | None:
        answer = self.about.answer if self.about else None
        return answer if isinstance(answer, CaseAnswer) else None

    @property
    def tracks(self) -> tuple[TrackAnswer, ...]:
        """Of the case, those that the step can be about."""
        kinds = kinds_of(self.step)
        every = self.case.tracks if self.case else ()
        return tuple(each for each in every if not kinds or each.kind in kinds)

    @property
    def track(self) -> TrackAnswer | None:
        """The one that is chosen, else the last that is not ended."""
        chosen = [each for each in self.tracks if str(each.track_id) == self.typed.get("track_id")]
        going = [each for each in self.tracks if each.ended_on is None] or [*self.tracks]
        found = (chosen or going)[-1:]
        return found[0] if found else None

    @property
    def track_with_project(self) -> SelfEmploymentAnswer | None:
        """The same, where it leads to a project."""
        track = self.track
        return track if isinstance(track, SelfEmploymentAnswer) else None


def kinds_of(step: str) -> tuple[TrackKind, ...]:
    """Of which tracks alone a step is; none: of all, or of none."""
    model = STEPS.get(step)
    row = HANDLINGS.get(model) if model else None
    return row.kinds if isinstance(row, TrackHandling) else ()


def as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
