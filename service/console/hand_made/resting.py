"""What rests on an entry, and what follows from mending it: the rules are asked, nothing is recorded."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from domain.case.schedule import ReviewStatus
from domain.case.steps import RetractEntry
from domain.errors import JisrError, Refused, Unavailable
from domain.message import Recorded, Step, StreamKind, kind_of
from domain.order.steps import CorrectReceipt, ReversePayment
from domain.project.vocabulary import DecisionKind
from domain.tracks.self_employment.steps import CorrectDecision, CorrectDelivery, CorrectRecovery
from service.application import Ask
from service.console.failures import ISOLATED, told_of
from service.console.hand_made.asking import Asking
from service.console.showing.reviews import ReviewLine, review_line
from service.console.showing.story import Fact, kinds_said
from service.console.visit import Signed
from service.foreseeing import Foreseen, Moved
from service.problems.problem import entries_said, text_of
from service.words.store import words

SAYS = "x"
"""In the place of a reason, where nothing is recorded."""
BESIDE_CASE = frozenset({StreamKind.CASE, StreamKind.PROJECT, StreamKind.BENEFICIARY})
"""Streams in which an entry is told anew; in all others it is compensated."""


@dataclass(frozen=True, slots=True)
class Resting:
    """What would no longer stand without the entry."""

    entries: tuple[tuple[str, str], ...] = ()
    """Each by its number and in words."""
    why: str = ""
    """What stands in the way besides, of taking it away."""


@dataclass(frozen=True, slots=True)
class ReviewMoved:
    """A review that would fall due on another day; None: it was not there, or falls away."""

    reference: str
    was: ReviewLine | None
    becomes: ReviewLine | None


@dataclass(frozen=True, slots=True)
class Compensated:
    """What would be recorded beside the case, with its sums."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Follows:
    """What would follow."""

    reviews: tuple[ReviewMoved, ...]
    compensated: tuple[Compensated, ...]


async def rests_on(asking: Asking, number: str, day: date | None = None) -> Resting | None:
    """Of the entry of that number; None where the rules say nothing of it now."""
    taking_away = TAKEN_AWAY.get(asking.step)
    if taking_away is None or not number.isdigit():
        return None
    try:
        await _foresee(asking, taking_away(int(number), day or asking.visit.today))
    except Unavailable:
        return None
    except Refused as refusal:
        language = asking.visit.language
        if refusal.code == "rests_on_it":
            said = entries_said(str(refusal.params["entries"]), language)
            once = {text: number for number, text in said}
            return Resting(tuple((number, text) for text, number in once.items()))
        return Resting(why=text_of(refusal.code, refusal.params, language, ISOLATED)[1])
    except JisrError as error:
        return Resting(why=told_of(error, asking.visit.language).help)
    return Resting()


async def follows(asking: Asking, step: Step) -> Follows | None:
    """From the step as it is filled in; None where it would be refused: that is said when it is sent."""
    try:
        found = await _foresee(asking, step)
    except JisrError:
        return None
    moved = (_moved(each, asking.visit) for each in found.reviews)
    reviews = (each for each in moved if _said(each.was) != _said(each.becomes))
    return Follows(tuple(reviews), tuple(_compensated(found.recorded, asking.visit)))


async def _foresee(asking: Asking, step: Step) -> Foreseen:
    visit, about = asking.visit, asking.about
    name: UUID | None = about.id if about else None
    return await visit.application.foresee(Ask(visit.actor, step, uuid4().hex, name))


def _moved(moved: Moved, visit: Signed) -> ReviewMoved:
    was, becomes = (
        None if each is None else review_line(each, each.status, visit.today, visit.language)
        for each in (moved.was, moved.becomes)
    )
    return ReviewMoved(moved.reference, was, becomes)


def _said(line: ReviewLine | None) -> object:
    """What a page says of its day: of one that is due, until when."""
    if line is None:
        return None
    due = line.status is ReviewStatus.DUE
    return line.month, due, line.window_end if due else line.due_on


def _compensated(recorded: Sequence[Recorded], visit: Signed) -> Iterator[Compensated]:
    said = words(visit.language)
    for each in recorded:
        if kind_of(each.envelope.stream) in BESIDE_CASE:
            continue
        sums = (
            Fact(said.field[name], getattr(each.event, name))
            for name, kind in kinds_said(type(each.event))
            if issubclass(kind, Decimal) and getattr(each.event, name) is not None
        )
        yield Compensated(said.event[type(each.event).stored], tuple(sums))


def _retracted(number: int, day: date) -> Step:
    return RetractEntry(entry_number=number, explanation=SAYS, occurred_on=day)


def _undecided(number: int, day: date) -> Step:
    decision = DecisionKind.DEFER
    return CorrectDecision(
        entry_number=number, explanation=SAYS, occurred_on=day, decision=decision
    )


def _undelivered(number: int, day: date) -> Step:
    return CorrectDelivery(entry_number=number, explanation=SAYS, occurred_on=day)


def _unrecovered(number: int, day: date) -> Step:
    return CorrectRecovery(entry_number=number, explanation=SAYS, occurred_on=day, reference=SAYS)


def _unpaid(number: int, day: date) -> Step:
    return ReversePayment(payment=number, explanation=SAYS, occurred_on=day)


def _not_received(number: int, day: date) -> Step:
    return CorrectReceipt(lines=(number,), explanation=SAYS, occurred_on=day)


TAKEN_AWAY: Mapping[str, Callable[[int, date], Step]] = {
    "correct-entries": _retracted,
    "retract-entry": _retracted,
    "correct-decision": _undecided,
    "correct-delivery": _undelivered,
    "correct-recovery": _unrecovered,
    "correct-payment": _unpaid,
    "reverse-payment": _unpaid,
    "correct-receipt": _not_received,
}
"""By each step that mends: the one that would take the entry away, to be looked at alone."""
