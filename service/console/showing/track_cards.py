"""The card of each track of a case, by its kind: what a kind shows is one line of a table here.

A self-employment track has a card of its own, its project's. All others say the facts that matter of
them now, what came of them day by day, and their steps.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from pydantic import BaseModel

from domain.case.vocabulary import Stage, TrackKind
from projections.views.timeline import TimelineEntry
from service.console.showing.case_cards import Fact
from service.console.showing.gaps import Gap, Missing
from service.console.showing.links import CaseLinks, StepLink
from service.console.showing.list_rows import Known
from service.console.showing.project_card import Dated, ProjectCard, dated, project_card
from service.console.showing.schooling_card import TOLD, schooling_facts
from service.console.showing.training_card import TOLD as TOLD_OF_TRAINING
from service.console.showing.training_card import training_facts
from service.queries.tracks import TrackAnswer
from service.queries.tracks.employment import EmploymentAnswer, JobAnswer
from service.queries.tracks.schooling import SchoolingAnswer, SchoolYearAnswer
from service.queries.tracks.vocational_training import VocationalTrainingAnswer
from service.words.language import Language
from service.words.store import words

WhyNone = Callable[[type[BaseModel], str], Missing]
"""Why a field of an answer is None for the reader."""

OF_A_PROJECT = frozenset({Stage.PROJECT_APPROVAL, Stage.EQUIPMENT_DELIVERY})
"""Stages that a track of self-employment alone comes to."""


@dataclass(frozen=True, slots=True)
class TrackCard:
    """A track that leads to no project."""

    template: ClassVar[str] = "track_card.html"

    kind: str
    """As it is called."""
    facts: tuple[Fact, ...]
    told: tuple[Dated, ...] = ()
    """What came of it, the latest first."""
    steps: tuple[StepLink, ...] = ()
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class OnRail:
    """A track in the row under the rail: where it stands, or when it ended."""

    kind: str
    stage: str
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class _Showing:
    """What a card is made of, beside the track."""

    entries: Sequence[TimelineEntry]
    names: Known
    links: CaseLinks
    language: Language
    why_none: WhyNone

    def card(
        self, track: TrackAnswer, facts: Iterable[Fact], told: Collection[str], *parts: str
    ) -> TrackCard:
        """With the entries of these types, and the steps of these parts of the path."""
        mine = [
            each for each in self.entries if each.details.get("track_id") == str(track.track_id)
        ]
        return TrackCard(
            kind=words(self.language).of(track.kind),
            facts=tuple(facts),
            told=tuple(dated(mine, told, self.names, self.language)),
            steps=self.links.of_parts(parts, track.track_id),
            ended_on=track.ended_on,
        )


def _project(track: Any, it: _Showing) -> ProjectCard:
    return project_card(track, it.entries, it.names, it.links, it.language)


def _employment(track: EmploymentAnswer, it: _Showing) -> TrackCard:
    return it.card(track, _job(track, it), OF_JOBS, "employment")


OF_JOBS = frozenset(
    {"ApplicationMade", "ApplicationAnswered", "Hired", "PlacementReviewed", "PlacementEnded"}
)


def _job(track: EmploymentAnswer, it: _Showing) -> Iterator[Fact]:
    """The placement that stands, or the last one; before it the applications that wait."""
    said = words(it.language)
    last = next(iter(track.placements), None)
    if last is None:
        yield Fact(said.page["employer"], Missing(Gap.NOT_RECORDED))
    else:
        yield Fact(said.page["employer"], _employer(last, it))
        yield Fact(said.field["contract_kind"], said.of(last.contract_kind))
        yield Fact(said.page["hired_on"], last.hired_on)
        if last.found_on is not None:
            yield Fact(said.page["found_on"], last.found_on)
        if last.ended_on is not None:
            yield Fact(said.page["placement_ended_on"], last.ended_on)
    for each in track.applications:
        if each.answer is None:
            yield Fact(said.page["application_waits"], _employer(each, it))


def _employer(job: JobAnswer, it: _Showing) -> str:
    """By its name, where that is known; else how it was found."""
    named = job.company_name or job.employer_name
    return named or words(it.language).of(job.employer)


def _schooling(track: SchoolingAnswer, it: _Showing) -> TrackCard:
    missing = it.why_none(SchoolYearAnswer, "school")
    return it.card(track, schooling_facts(track, missing, it.language), TOLD, "school")


def _training(track: VocationalTrainingAnswer, it: _Showing) -> TrackCard:
    facts = training_facts(track, it.language)
    return it.card(track, facts, TOLD_OF_TRAINING, "vocational_training", "training")


SHOWN: Mapping[TrackKind, Callable[[Any, _Showing], ProjectCard | TrackCard]] = {
    TrackKind.SELF_EMPLOYMENT: _project,
    TrackKind.VOCATIONAL_TRAINING: _training,
    TrackKind.EMPLOYMENT: _employment,
    TrackKind.SCHOOLING: _schooling,
}


def track_cards(
    tracks: Iterable[TrackAnswer],
    entries: Sequence[TimelineEntry],
    names: Known,
    links: CaseLinks,
    language: Language,
    why_none: WhyNone,
) -> list[ProjectCard | TrackCard]:
    """Those that are open first."""
    it = _Showing(entries, names, links, language, why_none)
    ordered = sorted(tracks, key=lambda each: each.ended_on is not None)
    return [SHOWN[each.kind](each, it) for each in ordered]


def rail_of(tracks: Sequence[TrackAnswer]) -> list[Stage]:
    """The stages of the case; without a project's where all its tracks are of other kinds."""
    kinds = {each.kind for each in tracks}
    own = not kinds or TrackKind.SELF_EMPLOYMENT in kinds
    return [each for each in Stage if own or each not in OF_A_PROJECT]


def on_rail(tracks: Sequence[TrackAnswer], language: Language) -> list[OnRail]:
    """Nothing of one alone: the rail says where it stands."""
    said = words(language)
    if len(tracks) < MANY:
        return []
    return [OnRail(said.of(each.kind), stands(each, language), each.ended_on) for each in tracks]


def stands(track: TrackAnswer, language: Language) -> str:
    """Where it stands, as its own kind calls that stage, where the case's word would mislead."""
    said = words(language)
    return said.page.get(f"stands_{track.kind}_{track.stage}") or said.of(track.stage)


MANY = 2
