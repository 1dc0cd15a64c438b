"""What a case is served with, as its page shows it: support items, who of the household, what is awaited."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.case.events import AgreedStep
from domain.case.support.state import ENDED
from domain.case.support.vocabulary import SupportKind
from domain.case.vocabulary import GoalProgress
from service.console.choices.said import parts
from service.console.showing.links import CaseLinks, StepLink
from service.queries.cases import CaseAnswer
from service.queries.services import AwaitedAnswer, MemberAnswer, SupportAnswer
from service.words import writing
from service.words.language import Language
from service.words.store import words

OF_SUPPORT = (
    *("open-support", "progress-support", "complete-support"),
    *("decline-support", "take-up-support"),
)
OF_HOUSEHOLD = ("add-household-member", "record-family-contact", "record-member-left")
TO_DO = frozenset({GoalProgress.PLANNED, GoalProgress.UNDER_WAY})
ANSWERED_BY = "record-third-party-answer"
BESIDE = ("ask-third-party-again", "stop-awaiting")


@dataclass(frozen=True, slots=True)
class Item:
    """A support item: what it is, how it stands, since when, and what else there is to say of it."""

    label: str
    value: str
    place: str
    ended: bool


@dataclass(frozen=True, slots=True)
class Waits:
    """On whom a case waits, for what, since when."""

    who: str
    what: str
    since: date
    days: str
    """In words."""
    step: StepLink | None
    beside: tuple[StepLink, ...]


def items(case: CaseAnswer, language: Language) -> list[Item]:
    """Those that are open first, the last opened of each first."""
    members = {each.member_id: each for each in case.household}
    last_first = reversed(case.supports)
    told = [_item(each, _member(each, members), language) for each in last_first]
    return sorted(told, key=lambda each: each.ended)


def _member(support: SupportAnswer, members: Mapping[UUID, MemberAnswer]) -> MemberAnswer | None:
    return members.get(support.member_id) if support.member_id else None


def _item(support: SupportAnswer, member: MemberAnswer | None, language: Language) -> Item:
    said = words(language)
    what = said.of(support.kind) if support.kind else said.field["support_id"]
    about = [
        f"{said.page['since']} {writing.day(support.turned_on, language)}",
        (member.name or said.of(member.kinship) if member and member.kinship else None),
        support.provider_name,
    ]
    for label, day in (
        ("probably_from", support.probably_from),
        ("look_again_on", None if support.probably_from else support.look_again_on),
    ):
        if day is not None and support.status not in ENDED:
            about.append(f"{said.field[label]} {writing.day(day, language)}")
    return Item(what, said.of(support.status), parts(language, *about), support.status in ENDED)


def support_named(case: CaseAnswer, support_id: str, language: Language) -> str:
    """What an item is, where whoever looks over a shoulder may read it: not a rehabilitation."""
    kinds = (each.kind for each in case.supports if str(each.support_id) == support_id)
    kind = next(kinds, None)
    told = kind is not None and kind is not SupportKind.JUDICIAL_REHABILITATION
    return words(language).of(kind) if kind is not None and told else ""


def by_need(case: CaseAnswer, language: Language) -> dict[str, str]:
    """The items that answer each need, with how they stand."""
    said, found = words(language), dict[str, list[str]]()
    for each in case.supports:
        if each.need is not None and each.kind is not None:
            told = f"{said.of(each.kind)}{writing.COLON[language]} {said.of(each.status)}"
            found.setdefault(each.need, []).append(told)
    return {need: parts(language, *told) for need, told in found.items()}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A step towards a goal of the plan: what it is, how far, by when, and whether it is late."""

    label: str
    value: str
    place: str
    late: bool


def plan_lines(case: CaseAnswer, today: date, language: Language) -> list[PlanLine]:
    """Goal by goal, the late ones first among a goal's."""
    found = list[PlanLine]()
    for goal in case.goals or ():
        steps = [_plan_line(goal.text, step, today, language) for step in goal.steps]
        found += sorted(steps, key=lambda each: not each.late)
        if not steps:
            found.append(PlanLine(goal.text, words(language).page["plan_no_steps"], "", late=False))
    return found


def _plan_line(goal: str, step: AgreedStep, today: date, language: Language) -> PlanLine:
    said = words(language)
    late = step.due_on is not None and step.due_on < today and step.progress in TO_DO
    by = f"{said.page['plan_by_day']} {writing.day(step.due_on, language)}" if step.due_on else ""
    told = [said.of(step.progress), by, said.page["plan_is_late"] if late else ""]
    return PlanLine(goal, step.text, parts(language, *told), late)


def household(case: CaseAnswer, language: Language) -> Iterator[tuple[str, str, str]]:
    """Of each who lives there: what they are to the person, their name, when they were met last."""
    said = words(language)
    for each in case.household:
        if each.left_on is None and each.kinship is not None:
            year = str(each.birth_year) if each.birth_year else ""
            met = writing.day(each.met_on, language) if each.met_on else ""
            seen = f"{said.page['met_last']} {met}" if met else ""
            yield said.of(each.kinship), each.name or "", parts(language, year, seen)


def waits(
    awaited: Iterable[AwaitedAnswer], links: CaseLinks, today: date, language: Language
) -> dict[UUID, Waits]:
    """All that is still awaited, the longest first."""
    still = [each for each in awaited if each.answered_on is None and each.stopped_on is None]
    told = sorted(still, key=lambda each: each.since)
    return {each.awaited_id: _waits(each, links, today, language) for each in told}


def _waits(awaited: AwaitedAnswer, links: CaseLinks, today: date, language: Language) -> Waits:
    beside = (links.find(step, awaited_id=awaited.awaited_id) for step in BESIDE)
    days = max((today - awaited.since).days, 0)
    return Waits(
        who=awaited.party_name or "",
        what=awaited.awaiting or words(language).page["awaited"],
        since=awaited.since,
        days=writing.counted(words(language).count["days"], days, language),
        step=links.find(ANSWERED_BY, awaited_id=awaited.awaited_id),
        beside=tuple(each for each in beside if each is not None),
    )
