"""The lines of the lists that people work from: a thing to be done each, with its one button."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.case.schedule import ReviewStatus
from domain.message import Actor
from projections.views.tasks import Group
from service.console.forms.layouts import LAYOUTS
from service.console.showing.answering import answers_to
from service.console.showing.gaps import Gap, Missing, missing_of
from service.console.showing.links import StepLink, form_at
from service.console.showing.list_rows import Known
from service.console.showing.reviews import ReviewLine, review_line
from service.queries.worklists import Task
from service.words import writing
from service.words.language import Language
from service.words.store import words

STATUS = {Group.OVERDUE: ReviewStatus.OVERDUE, Group.DUE: ReviewStatus.DUE}


@dataclass(frozen=True, slots=True)
class TaskLine:
    case_id: UUID
    reference: str
    names: tuple[writing.Name, ...]
    missing: Missing
    """Why there is no name, where there is none."""
    review: ReviewLine
    step: StepLink | None
    """By which it is seen to, where that is the reader's role's."""
    answers: tuple[StepLink, ...]
    """By which the reminder of it is answered."""
    waits_for: str
    """Why it cannot be seen to now, in a line; empty where it can."""
    caseworker: str | Missing
    own: bool
    """Whether it is the reader's own; in their list there are also those of whom they stand in for."""


def task_line(
    task: Task, reader: Actor, today: date, known: Known, language: Language, may: Collection[str]
) -> TaskLine:
    """`may`: the steps on a case that are the reader's role's."""
    status = STATUS.get(task.group, ReviewStatus.SCHEDULED) if task.group else None
    return TaskLine(
        case_id=task.case_id,
        reference=task.reference,
        names=writing.names(task.name_ar, task.name_latin, language),
        missing=missing_of(
            Task, "name_ar", reader.role, erased_on=task.erased_on, key_lost=task.key_lost
        ),
        review=_review(task, status or ReviewStatus.SCHEDULED, today, language),
        step=None if task.blocked else _step(task, may, language),
        answers=tuple(_answers(task, today, may, language)),
        waits_for=task.waits_for or "",
        caseworker=known.staff.get(task.caseworker, Missing(Gap.NOT_SHOWN)),
        own=task.caseworker == reader.id,
    )


def _answers(
    task: Task, today: date, may: Collection[str], language: Language
) -> Iterator[StepLink]:
    for step in answers_to(task, today):
        if step in may:
            address = form_at(step, "cases", task.case_id, review=task.key)
            yield StepLink(step, words(language).step[step], address)


def _review(task: Task, status: ReviewStatus, today: date, language: Language) -> ReviewLine:
    """Of a paper that expires with which it is."""
    line = review_line(task, status, today, language)
    if task.paper is None:
        return line
    paper = words(language).of(task.paper)
    return replace(line, name=f"{line.name}{writing.COLON[language]} {paper}")


def _step(task: Task, may: Collection[str], language: Language) -> StepLink | None:
    """The form says why, where the case leaves it closed."""
    step = task.done_by
    if step is None or step not in may or step not in LAYOUTS:
        return None
    address = form_at(step, "cases", task.case_id, review=task.key)
    return StepLink(step, words(language).step[step], address)
