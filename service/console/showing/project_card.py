"""The card of a project: what came of it, and behind that its money, its decisions and its visits."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.tracks.training.vocabulary import TrainingStatus
from projections.views.projects import ProjectFacts
from projections.views.timeline import TimelineEntry
from service.console.showing.gaps import Gap, Missing
from service.console.showing.links import CaseLinks, StepLink
from service.console.showing.list_rows import Known
from service.console.showing.money import Step, steps_of
from service.console.showing.outcome import Came, Outcomes
from service.console.showing.story import Fact, facts_of
from service.queries.tracks.self_employment import SelfEmploymentAnswer
from service.words.language import Language
from service.words.store import words

DECIDED = frozenset({"StudyRecorded", "DecisionRecorded", "ApprovalEnded"})
FOUND = frozenset({"VisitRecorded"})
PARTS = ("training", "project_approval", "equipment_delivery", "follow_up")
"""Of the path: what its steps are about."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A decision, or what a visit found: when, what it is called, and what it says."""

    on: date
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """A track, and its project where one was proposed."""

    template: ClassVar[str] = "project_card.html"

    project_id: UUID | None
    trade: str | Missing
    training: str
    agreement_id: UUID | None
    agreement: tuple[str, ...] = ()
    """By what people call it: its season, who pays, where it was signed."""
    agreed_on: date | None = None
    came: tuple[Came, ...] = ()
    money: tuple[Step, ...] = ()
    decided: tuple[Dated, ...] = ()
    found: tuple[Dated, ...] = ()
    ordered: bool = False
    """Whether something was ordered for it."""
    ceremony_id: UUID | None = None
    """On whose list the person stands, or stood when it was held."""
    steps: tuple[StepLink, ...] = ()


def project_card(
    track: SelfEmploymentAnswer,
    entries: Sequence[TimelineEntry],
    names: Known,
    links: CaseLinks,
    language: Language,
) -> ProjectCard:
    said = words(language)
    trade = said.of(track.trade) if track.trade else Missing(Gap.NOT_RECORDED)
    training = said.of(track.training) if track.training is not TrainingStatus.NONE else ""
    steps = links.of_parts(PARTS, track.track_id)
    named = track.agreement
    bare = ProjectCard(
        track.project_id,
        trade,
        training,
        track.agreement_id,
        agreement=(named.season, said.of(named.funding_source), named.signed_at) if named else (),
        agreed_on=named.signed_on if named else None,
        steps=steps,
    )
    if track.project is None:
        return bare
    return _with_project(bare, track, track.project, entries, names, language)


def _with_project(
    bare: ProjectCard,
    track: SelfEmploymentAnswer,
    project: ProjectFacts,
    entries: Sequence[TimelineEntry],
    names: Known,
    language: Language,
) -> ProjectCard:
    came = Outcomes(project, entries, track.track_id, names.staff, language)
    theirs = [each for each in entries if each.details.get("track_id") == str(track.track_id)]
    return replace(
        bare,
        came=came.told(),
        money=tuple(steps_of(track, project, came.paid().on)),
        decided=tuple(dated(theirs, DECIDED, names, language)),
        found=tuple(dated(theirs, FOUND, names, language)),
        ordered=track.ordered_on is not None,
        ceremony_id=track.ceremony_id,
    )


def dated(
    entries: Iterable[TimelineEntry], types: Collection[str], names: Known, language: Language
) -> Iterator[Dated]:
    """The entries of these types, the latest first."""
    said = words(language)
    found = [each for each in entries if each.type in types]
    for each in sorted(found, key=lambda entry: entry.occurred_on, reverse=True):
        yield Dated(each.occurred_on, said.event[each.type], tuple(facts_of(each, names, language)))
