"""What is chosen of a case: its tracks, reviews, problems, items, entries; and what waits on it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.case.schedule import ReviewKind, ReviewStatus
from domain.case.vocabulary import Criterion, TrackKind
from domain.message import StreamKind
from projections.views.pages import Part
from projections.views.requests import FIRST_ASKED, Filters
from service.console.choices.about import About
from service.console.choices.asking import MOST, Choosing
from service.console.choices.said import day, money, parts, track_label
from service.console.forms.answers import BETWEEN, PARTS_OF_A_DAY
from service.console.forms.questions import Options
from service.console.forms.typed import day as day_typed
from service.console.showing.answering import ANSWERS, can_be_said
from service.console.showing.reviews import review_line
from service.console.visit import Signed
from service.queries.cases import Review
from service.queries.ceremonies import ItemStanding, Line
from service.queries.complaints import get_complaint_history
from service.queries.histories import (
    get_agreement_history,
    get_ceremony_history,
    get_cohort_history,
    get_order_history,
    get_session_history,
)
from service.queries.history import (
    HistoricEvent,
    History,
    Moment,
    Stretch,
    get_beneficiary_history,
    get_case_history,
    get_project_history,
)
from service.queries.requests import list_requests
from service.queries.tracks import TrackAnswer
from service.words.language import Language

MOST_EVENTS = 500
ALL = Stretch(Moment(), 0, MOST_EVENTS)
CORRECTS = {
    "correct-decision": frozenset({"record-decision"}),
    "correct-delivery": frozenset({"confirm-delivery"}),
    "correct-recovery": frozenset({"record-recovery"}),
}
"""What each step corrects; the others any entry."""
PAGES = 20
"""So many pages of a history are read at most."""
HISTORIES: Mapping[StreamKind, Callable[..., History]] = {
    StreamKind.CASE: get_case_history,
    StreamKind.BENEFICIARY: get_beneficiary_history,
    StreamKind.AGREEMENT: get_agreement_history,
    StreamKind.ORDER: get_order_history,
    StreamKind.SESSION: get_session_history,
    StreamKind.CEREMONY: get_ceremony_history,
    StreamKind.COHORT: get_cohort_history,
    StreamKind.COMPLAINT: get_complaint_history,
}
OF_A_KIND = {
    "record-visit": ReviewKind.VISIT,
    "reschedule-visit": ReviewKind.VISIT,
    "record-pre-release-review": ReviewKind.PRE_RELEASE,
    "review-placement": ReviewKind.PLACEMENT,
    "reschedule-placement-review": ReviewKind.PLACEMENT,
}
HELD_FROM_ITS_DAYS_ON = frozenset({"record-visit", "review-placement"})
ENTRIES_INTO_DETENTION = frozenset({"begin-detention", "return-to-detention"})
OF_THINGS_IN_HAND = frozenset({"record-visit", "raise-problem"})
"""Steps about what was handed over: nothing else of the project is offered."""
CLEARED = frozenset({"clear-exemption"})
"""Steps on a review that is exempt, or was on the day that they tell of: those come first."""


async def criteria(asked: Choosing) -> Options:
    return {each: asked.said.of(each) for each in Criterion}


async def tracks(asked: Choosing) -> Options:
    """Those that are open; of an entry into detention those that were on its day."""
    on = _day_of_entry(asked)
    return {
        str(each.track_id): track_label(each, asked.language)
        for each in asked.tracks
        if _open_on(each, on) or asked.given == str(each.track_id)
    }


async def track_kinds(asked: Choosing) -> Options:
    """Those of which a track can be opened; a minor's and a grown-up's differ."""
    offered = (asked.case.tracks_to_open if asked.case else None) or ()
    return {
        each: asked.said.of(each) for each in TrackKind if each in offered or asked.given == each
    }


def _day_of_entry(asked: Choosing) -> date | None:
    """As it was typed so far, where tracks are asked for as of a day."""
    if asked.step not in ENTRIES_INTO_DETENTION:
        return None
    when = [asked.typed.get(f"occurred_on.{part}", "").strip() for part in PARTS_OF_A_DAY]
    told = asked.typed.get("occurred_on", "") not in ("today", "yesterday") and all(when)
    return day_typed(*when) if told else None


def _open_on(track: TrackAnswer, on: date | None) -> bool:
    if on is None:
        return track.ended_on is None
    begun = track.opened_on is None or track.opened_on <= on
    return begun and (track.ended_on is None or track.ended_on > on)


async def reviews(asked: Choosing) -> Options:
    case = asked.case
    if case is None:
        return {}
    standing = [
        each
        for each in case.reviews
        if each.key and (each.key == asked.given or _can_be_held(asked, each))
    ]
    if asked.step in CLEARED:
        standing.sort(key=lambda each: each.status is not ReviewStatus.EXEMPT)
    lines = [review_line(each, each.status, asked.visit.today, asked.language) for each in standing]
    return {
        str(each.key): parts(asked.language, line.name, line.said, day(line.due_on, asked.language))
        for each, line in zip(standing, lines, strict=True)
    }


def _can_be_held(asked: Choosing, review: Review) -> bool:
    """Some steps are on reviews of one kind; a visit is made from its days on."""
    if review.status is ReviewStatus.COMPLETED:
        return False
    if asked.step in HELD_FROM_ITS_DAYS_ON and review.window_start > asked.visit.today:
        return False
    if asked.step in ANSWERS and not can_be_said(review, asked.step, asked.visit.today):
        return False
    return asked.step not in OF_A_KIND or review.kind is OF_A_KIND[asked.step]


async def problems(asked: Choosing) -> Options:
    """By the day on which each was raised, and its number on that day."""
    track = asked.track_with_project
    return {
        f"{each.raised_on}{BETWEEN}{each.number}": parts(
            asked.language,
            asked.said.of(each.kind) if each.kind else "",
            day(each.raised_on, asked.language),
            asked.said.of(each.decision) if each.decision else "",
        )
        for each in (track.problems if track else ())
        if each.resolved_on is None or asked.given == f"{each.raised_on}{BETWEEN}{each.number}"
    }


async def items(asked: Choosing) -> Options:
    """Of the project of the track: by their numbers, with what each is and costs."""
    line = asked.about.answer if asked.about else None
    if isinstance(line, Line):
        return {
            str(each.item): f"{each.item}. {each.label or ''}".strip()
            for each in line.items
            if each.standing is ItemStanding.RECEIVED or _is_ticked(asked, each.item)
        }
    track = asked.track_with_project
    if track is None or track.project_id is None:
        return {}
    return await items_of(asked, track.project_id)


def _is_ticked(asked: Choosing, item: int) -> bool:
    """Whether it is told of in this very form, which may be sent a second time."""
    return any(name.startswith(f"{asked.name}.{item}.") for name in asked.typed)


async def items_of(asked: Choosing, project_id: UUID) -> Options:
    return items_in(asked, await asked.visit.ask(get_project_history, project_id, ALL))


def items_in(asked: Choosing, history: History) -> Options:
    """Of a project as its history has it, what is not dropped."""
    labels = labels_of(history)
    in_hand = asked.step in OF_THINGS_IN_HAND
    return {
        number: parts(
            asked.language,
            f"{number}. {labels.get(int(number), '')}".strip(),
            "" if in_hand else _cost(item, asked.language),
        )
        for number, item in history.state.get("items", {}).items()
        if (item["delivered"] if in_hand else not item["dropped"])
    }


def _cost(item: Mapping[str, Any], language: Language) -> str:
    return money(Decimal(item["price"]) or Decimal(item["estimated"]), language)


def labels_of(history: History) -> dict[int, str]:
    """As the last plan calls them, and what came in their place since."""
    labels: dict[int, str] = {}
    for each in history.events:
        told = each.fields
        if "labels" in told:
            labels = dict(enumerate(told["labels"] or (), 1))
        elif "label" in told and "number" in told and told["label"]:
            labels[told["number"]] = told["label"]
    return labels


async def events_of(visit: Signed, about: About) -> list[HistoricEvent]:
    """All that happened to the thing, as the asker may know it, the first first."""
    found: list[HistoricEvent] = []
    after: int | None = 0
    for _ in range(PAGES):
        stretch = Stretch(Moment(), after or 0, MOST_EVENTS)
        history = await visit.ask(HISTORIES[about.kind], about.id, stretch)
        found += history.events
        after = history.next_after
        if after is None:
            break
    return found


def counting(events: Iterable[HistoricEvent]) -> list[HistoricEvent]:
    """Those that nothing mended."""
    return [each for each in events if each.mended is None]


async def entries(asked: Choosing) -> Options:
    """Of the thing's history, the latest first: each step once, with the day it tells of.

    What is chosen stays, though it was mended since: sent twice it is known again, else refused.
    """
    about = asked.about
    if about is None or about.kind not in HISTORIES:
        return {}
    told = await events_of(asked.visit, about)
    wanted = CORRECTS.get(asked.step)
    chosen = {text for name, text in asked.typed.items() if name.endswith("entry_number")}
    return {
        str(each.version): parts(
            asked.language, said_event(asked, each), day(each.occurred_on, asked.language)
        )
        for each in reversed(told)
        if (each.mended is None or str(each.version) in chosen)
        and (wanted is None or each.step in wanted)
        and _by_people(each)
    }


def _by_people(event: HistoricEvent) -> bool:
    return event.step != "record-reminder"


def said_event(asked: Choosing, event: HistoricEvent) -> str:
    return asked.said.event.get(event.name, asked.said.step.get(event.step, ""))


async def requests(asked: Choosing) -> Options:
    """That wait on this very thing, with who asked and when."""
    about = asked.about
    if about is None:
        return {}
    filters = Filters(kind=about.kind, about=about.id)
    page = await asked.visit.ask(list_requests, filters, Part(FIRST_ASKED, limit=MOST))
    return {
        str(each.request_id): parts(
            asked.language,
            asked.said.step.get(each.step, each.step),
            each.asked_by_label,
            day(each.asked_on, asked.language),
        )
        for each in page.requests
    }
