"""What was sent to whoever is signed in and still needs somebody; each leads to the step that ends it."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.responses import Response

from domain.case.schedule import ReviewStatus
from domain.message import StreamKind
from projections.views.inbox import PRESSING, Filters
from projections.views.pages import Part
from projections.views.tasks import group_of
from service.console.forms.layouts import LAYOUTS
from service.console.pages.known import known
from service.console.pages.whole import size_of, whole_of
from service.console.showing.answering import answers_to
from service.console.showing.gaps import Gap, Missing, missing_of
from service.console.showing.links import StepLink, form_at
from service.console.showing.reviews import ReviewLine, review_line
from service.console.showing.task_rows import STATUS
from service.console.visit import Signed
from service.queries.emergencies import list_emergencies
from service.queries.inbox import InboxItem, count_inbox, list_inbox
from service.words import writing
from service.words.store import words

PATH = "/inbox"
PAGE = 50


@dataclass(frozen=True, slots=True)
class InboxLine:
    item: InboxItem
    names: tuple[writing.Name, ...]
    missing: Missing
    """Why there is no name, where there is none."""
    review: ReviewLine
    step: StepLink | None
    """By which it is seen to, where that is the reader's role's."""
    answers: tuple[StepLink, ...]
    """By which the reminder of it is answered."""
    caseworker: str | Missing
    own: bool
    """Whether it was sent to the reader, and not to who they stand in for."""


async def inbox_page(visit: Signed) -> Response:
    query = visit.request.query_params
    part = Part(PRESSING, query.get("after"), size_of(query, PAGE))
    page = await visit.ask(list_inbox, Filters(), part)
    counts = await visit.ask(count_inbox, Filters())
    names = await known(visit)
    staff = names.staff
    may = visit.steps_of(StreamKind.CASE)
    lines = [
        _line(each, visit, may, staff.get(each.caseworker, Missing(Gap.NOT_SHOWN)))
        for each in page.items
    ]
    following = f"{PATH}?{urlencode({'after': page.next_cursor})}" if page.next_cursor else None
    return visit.page(
        "inbox.html",
        lines=lines,
        counts=counts,
        next=following,
        whole=whole_of(query, PATH),
        emergencies=(await visit.ask(list_emergencies)).emergencies,
        centres=names.centres,
    )


def _line(
    item: InboxItem, visit: Signed, may: tuple[str, ...], caseworker: str | Missing
) -> InboxLine:
    status, step = status_of(item, visit.today), item.done_by
    return InboxLine(
        item=item,
        names=writing.names(item.name_ar, item.name_latin, visit.language),
        missing=missing_of(
            InboxItem,
            "name_ar",
            visit.actor.role,
            erased_on=item.erased_on,
            key_lost=item.key_lost,
        ),
        review=review_line(item, status, visit.today, visit.language),
        step=_step(item, step, visit) if step in may and step in LAYOUTS else None,
        answers=tuple(
            _step(item, each, visit) for each in answers_to(item, visit.today) if each in may
        ),
        caseworker=caseworker,
        own=item.staff_id == visit.actor.id,
    )


def status_of(item: InboxItem, today: date) -> ReviewStatus:
    """As it stands; of one whose day the reader may not know, as they were told of it."""
    if item.days_late is None:
        return ReviewStatus.OVERDUE if item.level else ReviewStatus.DUE
    group = group_of(item, today)
    return STATUS.get(group, ReviewStatus.SCHEDULED) if group else ReviewStatus.SCHEDULED


def _step(item: InboxItem, step: str, visit: Signed) -> StepLink:
    address = form_at(step, "cases", item.case_id, review=item.key)
    return StepLink(step, words(visit.language).step[step], address)
