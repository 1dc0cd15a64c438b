"""What the card of a schooling track says: the school of now, the year and its result, what was given."""

from collections.abc import Iterator

from service.console.showing.case_cards import Fact
from service.console.showing.gaps import Gap, Missing
from service.queries.tracks.schooling import SchoolingAnswer, SchoolYearAnswer
from service.words.language import Language
from service.words.store import words

TOLD = frozenset({"SchoolEnrolled", "SchoolChanged", "SchoolResultRecorded", "SchoolLeft"})
"""The entries that the card unfolds."""


def schooling_facts(track: SchoolingAnswer, missing: Missing, language: Language) -> Iterator[Fact]:
    """Of the latest year; `missing`: why a school has no name here, where it has none."""
    said, last = words(language), next(iter(track.years), None)
    if last is None:
        yield Fact(said.field["school"], Missing(Gap.NOT_RECORDED))
    else:
        yield Fact(said.field["school_year"], last.school_year, place=said.of(last.level))
        yield Fact(said.field["school"], last.school_name or last.school or missing)
        yield from _ended(last, language)
    for kit in track.kits:
        yield Fact(said.of(kit.kit), kit.given_on, place=said.of(kit.signed_by))


def _ended(year: SchoolYearAnswer, language: Language) -> Iterator[Fact]:
    said = words(language)
    if year.left and year.ended_on is not None:
        yield Fact(said.event["SchoolLeft"], year.ended_on)
    elif year.result is not None and year.ended_on is not None:
        yield Fact(said.of(year.result), year.ended_on)
    if year.diploma is not None:
        yield Fact(said.field["diploma"], said.of(year.diploma))
