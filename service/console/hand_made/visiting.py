"""Record a visit: a card for each thing that was handed over, and what follows from what was found."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.case.schedule import ReviewKind, ReviewStatus
from domain.project.vocabulary import EquipmentCondition, ProjectCondition
from domain.tracks.self_employment.state import RUNNING
from domain.values.calendar import months_after
from service.console.choices.of_case import ALL, counting, labels_of
from service.console.hand_made.asking import Asking, rules_of
from service.console.hand_made.following import Follows, day_of, options
from service.console.showing.reviews import SETTLED, ReviewLine, review_line
from service.queries.cases import CaseAnswer, Review
from service.queries.history import History, get_project_history
from service.queries.tracks.self_employment import SelfEmploymentAnswer
from service.words.store import words

IN_ORDER = frozenset({EquipmentCondition.IN_USE, EquipmentCondition.RECOVERED})
"""Found so, nothing is to be decided about a thing."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One item that was handed over: what tells it apart, and how it was last found."""

    label: str
    serials: tuple[str, ...] = ()
    last: str = ""
    last_on: date | None = None
    back_on: date | None = None
    """When it came back from the holder, or went on to another."""


async def facts(asking: Asking) -> Mapping[str, Any]:
    case = asking.case
    if case is None:
        return {}
    track = _track(asking, case)
    things = {} if track is None else dict(await _things(asking, track))
    return {
        "reviews": dict(_reviews(asking, case)),
        "things": things,
        "follows": [*_follows(asking, case, things)],
    }


def _track(asking: Asking, case: CaseAnswer) -> SelfEmploymentAnswer | None:
    """The one that is chosen, else the last."""
    chosen = asking.typed.get("track_id", "")
    named = [each for each in case.with_projects if str(each.track_id) == chosen]
    found = (named or [*case.with_projects])[-1:]
    return found[0] if found else None


def _reviews(asking: Asking, case: CaseAnswer) -> Iterator[tuple[str, ReviewLine]]:
    visit = asking.visit
    offered = options(asking, "review")
    for each in case.reviews:
        if each.key in offered:
            yield str(each.key), review_line(each, each.status, visit.today, visit.language)


async def _things(asking: Asking, track: SelfEmploymentAnswer) -> Iterator[tuple[str, Thing]]:
    if track.project_id is None:
        return iter(())
    history = await asking.visit.ask(get_project_history, track.project_id, ALL)
    return _handed_over(asking, track, history)


def _handed_over(
    asking: Asking, track: SelfEmploymentAnswer, history: History
) -> Iterator[tuple[str, Thing]]:
    said, labels = words(asking.visit.language), labels_of(history)
    serials, found = dict(_serials(history)), {each.item: each for each in track.items_found}
    for number, item in history.state.get("items", {}).items():
        if not item["delivered"]:
            continue
        last, back = found.get(int(number)), item["back_on"]
        yield (
            number,
            Thing(
                label=labels.get(int(number), ""),
                serials=serials.get(int(number), ()),
                last=said.of(last.condition) if last else "",
                last_on=last.seen_on if last else None,
                back_on=date.fromisoformat(back) if back else None,
            ),
        )


def _serials(history: History) -> Iterator[tuple[int, tuple[str, ...]]]:
    """As they were typed when the things were handed over."""
    for each in counting(history.events):
        if each.name == "ItemsDelivered":
            for handed in each.fields.get("items") or ():
                yield handed["item"], tuple(handed["serials"])


def _follows(asking: Asking, case: CaseAnswer, things: Mapping[str, Thing]) -> Iterator[Follows]:
    """What a visit that found this comes to."""
    on = day_of(asking)
    yield from _of_reviews(asking, case, on)
    said, project = words(asking.visit.language), asking.typed.get("project", "")
    bad = [*_not_in_order(asking, things)]
    if project == ProjectCondition.STOPPED and not bad:
        yield Follows("visit_stopped_problem")
    for label, condition in bad:
        yield Follows("visit_thing_problem", label, said.of(condition))
    if project in RUNNING and on is not None:
        months = rules_of(case).running_visit_months
        yield Follows("visit_proves_running", on=months_after(on, months))


def _of_reviews(asking: Asking, case: CaseAnswer, on: date | None) -> Iterator[Follows]:
    visits = [each for each in case.reviews if each.kind is ReviewKind.VISIT]
    chosen = asking.typed.get("review", "")
    settled = next((each for each in visits if _settles(each, chosen, on)), None)
    if settled is not None:
        yield Follows("visit_settles", _named(asking, settled), on=settled.due_on)
    elif on is not None:
        yield Follows("visit_settles_none")
    ahead = (each for each in visits if each.status is ReviewStatus.SCHEDULED and each != settled)
    if (following := min(ahead, key=lambda each: each.due_on, default=None)) is not None:
        yield Follows("visit_next", _named(asking, following), on=following.due_on)


def _settles(review: Review, chosen: str, on: date | None) -> bool:
    """The one that is chosen, else that in whose days the visit was made."""
    if chosen:
        return review.key == chosen
    within = on is not None and review.window_start <= on <= review.window_end
    return within and review.status not in SETTLED


def _named(asking: Asking, review: Review) -> str:
    visit = asking.visit
    return review_line(review, review.status, visit.today, visit.language).name


def _not_in_order(
    asking: Asking, things: Mapping[str, Thing]
) -> Iterator[tuple[str, EquipmentCondition]]:
    for number, label in options(asking, "items").items():
        told = asking.typed.get(f"items.{number}.condition", "")
        if told in set(EquipmentCondition) and told not in IN_ORDER:
            thing = things.get(number)
            yield thing.label if thing and thing.label else label, EquipmentCondition(told)
