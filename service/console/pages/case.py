"""One case: what needs a hand, what was decided, paid and found, how far it is, what happened."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from uuid import UUID

from starlette.responses import Response

from domain.case.schedule import ReviewStatus
from domain.case.vocabulary import Stage
from domain.errors import NotFound
from domain.values.calendar import local_date
from projections.views.projects import ProjectFacts
from projections.views.timeline import TimelineEntry
from service.access.table import REACH, Reach
from service.console.pages.known import known, naming
from service.console.showing.gaps import Gap, Missing, missing_of
from service.console.showing.list_rows import Known
from service.console.showing.money import Step, steps_of
from service.console.showing.outcome import Came, Outcomes
from service.console.showing.person import Told, person_facts
from service.console.showing.reviews import SETTLED, ReviewLine, review_line
from service.console.showing.story import Fact, facts_of, told
from service.console.visit import Signed
from service.queries import cases, people, timeline
from service.queries.case_steps import ClosedStep, OpenStep
from service.queries.tracks import TrackAnswer
from service.words import writing
from service.words.language import Language
from service.words.store import words

EVENTS = 500
"""The page tells of so many events at most."""
DECIDED = frozenset({"StudyRecorded", "DecisionRecorded", "ApprovalEnded"})
FOUND = frozenset({"VisitRecorded"})
PRESSING = frozenset({ReviewStatus.DUE, ReviewStatus.OVERDUE})
LAST = 5
"""So many of the last entries stand open; the others are folded."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A decision, or what a visit found: when, what it is called, and what it says."""

    on: date
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """A project: what came of it, and behind that its money, its decisions and its visits."""

    project_id: UUID | None
    trade: str | Missing
    came: tuple[Came, ...]
    money: tuple[Step, ...]
    decided: tuple[Dated, ...]
    found: tuple[Dated, ...]
    ordered: bool
    """Whether something was ordered for it."""
    ceremony_id: UUID | None
    """On whose list the person stands, or stood when it was held."""


async def case_page(visit: Signed) -> Response:
    try:
        case_id = UUID(visit.request.path_params["case_id"])
    except ValueError:
        raise NotFound from None
    case = await visit.ask(cases.get_case, case_id)
    told_of = await visit.ask(timeline.get_case_timeline, case_id, 0, EVENTS)
    counting = [each for each in told_of.entries if each.mended is None]
    names, language, today = await known(visit), visit.language, local_date(datetime.now(UTC))
    names = naming(names, told_of.named, language)
    reviews = _reviews(case, today, language)
    lines = list(told(told_of.entries, names, language))
    return visit.page(
        "case.html",
        case=case,
        names=writing.names(case.name_ar, case.name_latin, language),
        missing=missing_of(
            cases.CaseAnswer,
            "name_ar",
            visit.actor.role,
            erased_on=case.erased_on,
            key_lost=case.key_lost,
        ),
        facts=list(
            _together([*await _person(visit, case, today), *_facts(case, names, visit)], language)
        ),
        reached=list(Stage).index(case.stage),
        pressing=[each for each in reviews if each.status in PRESSING],
        later=[each for each in reviews if each.status is ReviewStatus.SCHEDULED],
        settled=[each for each in reviews if each.status in SETTLED],
        projects=[_card(*each, counting, names, language) for each in _projects(case)],
        open_parts=list(_by_part(case.open_steps, language)),
        closed_reasons=list(_by_reason(case.closed_steps, language)),
        lines=lines[:LAST],
        earlier=lines[LAST:],
    )


def _facts(
    case: cases.CaseAnswer, names: Known, visit: Signed
) -> Iterator[tuple[str, str | Missing]]:
    """What stands under the name: each with the name of what it is. A centre's own know whose it is."""
    said, language = words(visit.language), visit.language
    trades = [track.trade for track in case.tracks if track.trade]
    yield said.page["caseworker"], _staff(case, names)
    if REACH[visit.actor.role] is Reach.EVERYWHERE:
        named = names.centres.get(case.centre or "")
        yield said.page["centre"], named or Missing(Gap.NOT_RECORDED)
    province = writing.province(case.province, language)
    yield said.page["province"], province or Missing(Gap.NOT_RECORDED)
    if case.tracks:
        yield said.page["trade"], said.of(trades[-1]) if trades else Missing(Gap.NOT_RECORDED)
    opened = writing.day(case.opened_on, language) if case.opened_on else None
    yield said.page["opened"], opened or Missing(Gap.NOT_RECORDED)
    if case.died_on is not None:
        yield said.page["died"], writing.day(case.died_on, language)


def _together(facts: Iterable[tuple[str, Told]], language: Language) -> Iterator[tuple[str, Told]]:
    """What is not there for one and the same reason is named together."""
    gaps: dict[Missing, list[str]] = {}
    for label, value in facts:
        if isinstance(value, Missing):
            gaps.setdefault(value, []).append(label)
        else:
            yield label, value
    for missing, labels in gaps.items():
        yield f"{writing.COMMA[language]} ".join(labels), missing


def _staff(case: cases.CaseAnswer, names: Known) -> str | Missing:
    if case.caseworker is None:
        return Missing(Gap.NOT_RECORDED)
    return names.staff.get(case.caseworker, Missing(Gap.NOT_SHOWN))


def _reviews(case: cases.CaseAnswer, today: date, language: Language) -> list[ReviewLine]:
    yours = {step.step for step in case.open_steps if step.yours}
    lines = [review_line(each, each.status, today, language, yours) for each in case.reviews]
    return sorted(lines, key=lambda line: line.window_end)


def _projects(case: cases.CaseAnswer) -> Iterator[tuple[TrackAnswer, ProjectFacts]]:
    for track in case.tracks:
        if track.project is not None:
            yield track, track.project


def _card(
    track: TrackAnswer,
    project: ProjectFacts,
    entries: Sequence[TimelineEntry],
    names: Known,
    language: Language,
) -> ProjectCard:
    came = Outcomes(project, entries, track.track_id, names.staff, language)
    theirs = [each for each in entries if each.details.get("track_id") == str(track.track_id)]
    return ProjectCard(
        project_id=track.project_id,
        trade=words(language).of(track.trade) if track.trade else Missing(Gap.NOT_RECORDED),
        came=came.told(),
        money=tuple(steps_of(track, project, came.paid().on)),
        decided=tuple(_dated(theirs, DECIDED, names, language)),
        found=tuple(_dated(theirs, FOUND, names, language)),
        ordered=track.ordered_on is not None,
        ceremony_id=track.ceremony_id,
    )


def _dated(
    entries: Iterable[TimelineEntry], types: Collection[str], names: Known, language: Language
) -> Iterator[Dated]:
    """The entries of these types, the latest first."""
    said = words(language)
    found = [each for each in entries if each.type in types]
    for each in sorted(found, key=lambda entry: entry.occurred_on, reverse=True):
        yield Dated(each.occurred_on, said.event[each.type], tuple(facts_of(each, names, language)))


async def _person(visit: Signed, case: cases.CaseAnswer, today: date) -> list[tuple[str, Told]]:
    """How the person is reached; nothing where the case has come to no person yet."""
    if case.beneficiary_id is None:
        return []
    person = await visit.ask(people.get_beneficiary, case.beneficiary_id)
    role, lost = visit.actor.role, case.key_lost
    return list(person_facts(person, role, today, visit.language, key_lost=lost))


def _by_part(steps: Iterable[OpenStep], language: Language) -> Iterator[tuple[str, list[str]]]:
    """The reader's own steps that are open, by the part of the path."""
    said = words(language)
    yours = [step for step in steps if step.yours]
    for part, some in groupby(yours, key=lambda step: step.part):
        yield said.code["Part"][part], list(dict.fromkeys(said.step[each.step] for each in some))


def _by_reason(steps: Iterable[ClosedStep], language: Language) -> Iterator[tuple[str, list[str]]]:
    """The steps that are closed, by what they wait for."""
    said, reasons = words(language), dict[str, list[str]]()
    for step in steps:
        reasons.setdefault(step.reason, []).append(said.step[step.step])
    for reason, some in reasons.items():
        yield reason, list(dict.fromkeys(some))
