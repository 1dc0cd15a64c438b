"""The receipt of a visit: the problems that what was found asks to raise, and where its papers go."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from domain.project.vocabulary import EquipmentCondition, ProjectCondition
from domain.tracks.self_employment.vocabulary import OF_ITEMS
from service.console.choices.about import About
from service.console.choices.of_case import ALL, labels_of
from service.console.showing.links import form_at
from service.console.visit import Signed
from service.queries.cases import CaseAnswer
from service.queries.history import get_project_history
from service.queries.tracks.self_employment import FoundAnswer, SelfEmploymentAnswer
from service.words.store import words

RAISING = "raise-problem"
KINDS = {each.value for each in OF_ITEMS}
"""Found so, a thing is a problem of the same name."""


@dataclass(frozen=True, slots=True)
class ToRaise:
    """A problem that nobody raised yet, with what it is about, and its form filled so far."""

    kind: str
    things: tuple[str, ...]
    href: str


async def after(visit: Signed, about: About | None) -> Mapping[str, Any]:
    case = about.answer if about else None
    if not isinstance(case, CaseAnswer):
        return {}
    may = any(each.step == RAISING and each.yours for each in case.open_steps)
    found = [each async for each in _of_case(visit, case)] if may else []
    return {"to_raise": found, "papers": f"/cases/{case.case_id}/papers#attach"}


async def _of_case(visit: Signed, case: CaseAnswer) -> AsyncIterator[ToRaise]:
    for track in case.with_projects:
        missing = [*_without_problem(track)]
        labels: Mapping[int, str] = {}
        if missing and track.project_id:
            labels = labels_of(await visit.ask(get_project_history, track.project_id, ALL))
        for condition, some in groupby(missing, key=lambda each: each.condition):
            yield _to_raise(visit, case, track, condition, [*some], labels)
        stopped = track.last_visit is ProjectCondition.STOPPED and not track.problems
        if stopped and not missing:
            address = form_at(RAISING, "cases", case.case_id, track_id=track.track_id)
            said = words(visit.language).code["ProjectCondition"]["stopped"]
            yield ToRaise(said, (), address)


def _without_problem(track: SelfEmploymentAnswer) -> Iterator[FoundAnswer]:
    """What was last seen sold, stolen, broken or given away, and stands in no problem."""
    told = {item for each in track.problems for item in each.items}
    bad = (each for each in track.items_found if each.condition in KINDS and each.item not in told)
    yield from sorted(bad, key=lambda each: each.condition)


def _to_raise(
    visit: Signed,
    case: CaseAnswer,
    track: SelfEmploymentAnswer,
    condition: EquipmentCondition,
    found: Sequence[FoundAnswer],
    labels: Mapping[int, str],
) -> ToRaise:
    ticked = {f"items.{each.item}": each.item for each in found}
    known = {"track_id": track.track_id, "kind": condition.value, **ticked}
    address = form_at(RAISING, "cases", case.case_id, **known)
    things = tuple(labels.get(each.item) or str(each.item) for each in found)
    return ToRaise(words(visit.language).of(condition), things, address)
