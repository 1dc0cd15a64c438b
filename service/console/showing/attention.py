"""What needs somebody in a case, each thing with the step that sees to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.case.schedule import ReviewKind, ReviewStatus
from domain.seeing_to import DONE_BY
from service.console.forms.opening import OPENED_BY
from service.console.showing.answering import answers_to
from service.console.showing.links import CaseLinks, StepLink, form_at
from service.console.showing.reviews import ReviewLine, review_line
from service.console.showing.services import Waits, support_named, waits
from service.queries.cases import CaseAnswer, Review
from service.queries.requests import WaitingRequest
from service.words.language import Language
from service.words.store import words

PRESSING = frozenset({ReviewStatus.DUE, ReviewStatus.OVERDUE})
BEGINNING = ("record-social-enquiry", "rule-on-eligibility", "assess-needs", "agree-plan")
"""What a new case waits for, in this order."""
FIRST = 3
BESIDE = ("reschedule-visit", "reschedule-placement-review", "exempt-review")
MOVES = {
    "reschedule-visit": ReviewKind.VISIT,
    "reschedule-placement-review": ReviewKind.PLACEMENT,
}
"""What gives a review of one kind another day."""
"""What can be done with a review instead of holding it."""
NAMED_BY = {ReviewKind.SUPPORT: "support_id", ReviewKind.AWAITED: "awaited_id"}
"""Of reviews whose name has the id of what they are of: the field by which their step names it."""
ORDERING = "place-order"
FURTHEST = 4
"""So many steps are looked back for one that can be taken."""


@dataclass(frozen=True, slots=True)
class Attention:
    """One thing: its sign, what it is, by when, and its steps."""

    kind: str
    """`late`, `due`, `wait`, or `scheduled` of what only comes next."""
    what: str
    review: ReviewLine | None = None
    asked_on: date | None = None
    """Of what waits for a second person."""
    lapses_on: date | None = None
    step: StepLink | None = None
    beside: tuple[StepLink, ...] = ()
    waits: Waits | None = None
    """Of what is awaited from somebody outside."""
    of: str = ""
    """Of a support item: what it is."""


def attention(
    case: CaseAnswer,
    waiting: Iterable[WaitingRequest],
    links: CaseLinks,
    today: date,
    language: Language,
) -> list[Attention]:
    """The latest first, then what is due, then what waits; of a new case what comes first."""
    pressing = [each for each in case.reviews if each.status in PRESSING]
    ordered = sorted(pressing, key=lambda each: each.window_end)
    outside = waits(case.awaited, links, today, language)
    found = list[Attention]()
    for each in ordered:
        line = _review(each, case, links, today, language)
        awaited = outside.pop(UUID(_named_in(each)), None) if _is_awaited(each) else None
        found.append(line if awaited is None else _overdue(line, awaited))
    found += [_waiting(each, language) for each in waiting]
    found += [_outside(each) for each in outside.values()]
    if not found and case.is_open and case.planned_on is None:
        found += _beginning(links)
    return found


def _is_awaited(review: Review) -> bool:
    return review.kind is ReviewKind.AWAITED and review.key is not None


def _named_in(review: Review) -> str:
    """What a review is of, where its name has the id of a thing: `support/<id>`."""
    return (review.key or "").partition("/")[2]


def _overdue(line: Attention, awaited: Waits) -> Attention:
    steps = tuple(each for each in (line.step, *line.beside) if each is not None)
    return replace(line, step=awaited.step, beside=steps, waits=awaited)


def _outside(awaited: Waits) -> Attention:
    return Attention("wait", awaited.what, step=awaited.step, beside=awaited.beside, waits=awaited)


def _review(
    review: Review, case: CaseAnswer, links: CaseLinks, today: date, language: Language
) -> Attention:
    line = review_line(review, review.status, today, language)
    key, step = review.key, DONE_BY.get(review.kind, "") if review.kind else ""
    about = NAMED_BY.get(review.kind, "") if review.kind else ""
    known = {about: _named_in(review)} if about and key else {"review": key}
    beside = [
        links.find(name, review=key)
        for name in BESIDE
        if key and MOVES.get(name, review.kind) is review.kind
    ]
    beside += [links.find(name, review=key) for name in answers_to(review, today)]
    return Attention(
        kind="late" if review.status is ReviewStatus.OVERDUE else "due",
        what=line.name,
        review=line,
        step=links.find(step, **known)
        or _opening(step, case, links)
        or _elsewhere(step, case, language),
        beside=tuple(each for each in beside if each is not None),
        of=support_named(case, _named_in(review), language)
        if review.kind is ReviewKind.SUPPORT
        else "",
    )


def _opening(step: str, case: CaseAnswer, links: CaseLinks) -> StepLink | None:
    """The step to take first, where the case leaves this one closed; and so on, if need be."""
    closed = {each.step: each.code for each in case.closed_steps}
    for _ in range(FURTHEST):
        step = OPENED_BY.get(closed.get(step, ""), "")
        if (found := links.find(step)) is not None:
            return found
    return None


def _elsewhere(step: str, case: CaseAnswer, language: Language) -> StepLink | None:
    """What is seen to on another page: the orders of the case's project."""
    projects = [track.project_id for track in case.with_projects if track.project_id]
    if step not in (ORDERING, "receive-lines") or not projects:
        return None
    said = words(language)
    if step == ORDERING:
        return StepLink(step, said.step[step], form_at(step))
    return StepLink(step, said.step[step], f"/orders?project={projects[-1]}")


def _waiting(request: WaitingRequest, language: Language) -> Attention:
    said = words(language)
    answer = StepLink(request.confirm, said.page["see_requests"], "/requests")
    return Attention(
        kind="wait",
        what=said.step[request.step],
        asked_on=request.asked_on,
        lapses_on=request.lapses_at.date(),
        step=answer if request.waits_for_you else None,
    )


def _beginning(links: CaseLinks) -> Iterator[Attention]:
    for link in [found for name in BEGINNING if (found := links.find(name))][:FIRST]:
        yield Attention("scheduled", link.text, step=link)
