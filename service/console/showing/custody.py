"""Where somebody stands towards prison, and each time of being held or bound, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.case.custody.vocabulary import INSIDE, EpisodeKind
from service.console.showing.case_cards import Fact
from service.queries.cases import CustodyAnswer, EpisodeAnswer
from service.words.language import Language
from service.words.store import words


@dataclass(frozen=True, slots=True)
class Episode:
    """One time of being held, or bound in freedom."""

    kind: str
    held: bool
    """Whether the person is somewhere for it; else it binds them in freedom."""
    place: str
    """By its name; empty where none is known."""
    started_on: date | None
    expected_end: date | None
    ended_on: date | None
    end: str


def custody_facts(custody: CustodyAnswer, language: Language) -> Iterator[Fact]:
    said = words(language).page
    if custody.detained_since:
        yield Fact(said["detained_since"], custody.detained_since)
    if custody.expected_release:
        yield Fact(said["expected_release"], custody.expected_release)
    if custody.released_on:
        yield Fact(said["released_on"], custody.released_on)


def episodes_of(episodes: Iterable[EpisodeAnswer], language: Language) -> Iterator[Episode]:
    said = words(language)
    for each in episodes:
        yield Episode(
            kind=said.of(each.kind),
            held=each.kind in INSIDE or each.kind is EpisodeKind.CHILD_PROTECTION,
            place=each.place_name or "",
            started_on=each.started_on,
            expected_end=each.expected_end,
            ended_on=each.ended_on,
            end=said.of(each.end) if each.end else "",
        )
