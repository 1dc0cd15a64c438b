"""The closer: one ordered list of steps, the first that is open is taken, and a measure falls.

No rule of the programme stands here. What a step needs is found by trying it, where it is about
what is there at all.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import UUID

from domain.agreement import steps as a
from domain.case.vocabulary import Outcome
from domain.message import Step
from domain.order import steps as o
from domain.order.vocabulary import LineStatus
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.vocabulary import ProblemDecision
from domain.values.money import NOTHING
from tests.closer import alongside, gathering, moves
from tests.closer.measuring import Measuring, open_of, problems_of
from tests.closer.moves import WHY, on_agreement, on_case, on_order
from tests.closer.site import TODAY, Site, Try
from tests.closer.stocking import stands_for

Steps = Callable[[Site, UUID], Iterator[Try]]


class StuckError(AssertionError):
    """Something is open, and no honest step closes it."""


class NotFallingError(AssertionError):
    """A step of the closer brought nothing nearer to its end."""


def close_all(site: Site) -> int:
    """Close every case and agreement; how many steps that took. Raises `StuckError`.

    Every day that was planned is over by then: whoever is on a ceremony's list waits for it.
    """
    site.wait_until(max(_planned(site), default=site.today) + timedelta(days=1))
    measuring = Measuring(site)
    taken, measure = 0, measuring.now()
    while True:
        before_pass = taken
        for names, steps in order_of_things(site):
            for name in names:
                while (step := _first_open(site, name, steps)) is not None:
                    before, measure = measure, measuring.now()
                    if measure >= before:
                        raise NotFallingError(f"{step!r}: {before} → {measure}")
                    taken += 1
        if taken == before_pass:
            break
    if still := list(open_of(site)):
        raise StuckError(still)
    return taken


def _planned(site: Site) -> Iterator[date]:
    """Of the ceremonies that stand: on the day of one that was held nobody is handed what they missed."""
    for ceremony_id in site.ceremonies:
        ceremony = site.ceremony(ceremony_id)
        if ceremony.held_on is not None and not ceremony.cancelled:
            yield ceremony.held_on


def _first_open(site: Site, name: UUID, steps: Steps) -> Try | None:
    """The first of a thing's steps that is open, which is taken with this."""
    return next((each for each in steps(site, name) if site.take(each) is not None), None)


def order_of_things(site: Site) -> Iterator[tuple[list[UUID], Steps]]:
    yield list(site.orders), of_order
    yield site.cases, of_case
    yield site.agreements, of_agreement
    yield list(site.ceremonies), of_ceremony
    yield list(site.cohorts), alongside.closed


def of_order(site: Site, order_id: UUID) -> Iterator[Try]:
    """What comes is received, what will not is cancelled or lost, what stays is paid."""
    for number, line in site.order(order_id).lines.items():
        if line.status is LineStatus.ORDERED:
            yield on_order(order_id, o.ReceiveLines(occurred_on=TODAY, lines=(number,)))
            cancel = o.CancelLine(occurred_on=TODAY, line=number, explanation=WHY)
            yield on_order(order_id, cancel)
        if line.is_open:
            yield from moves.lost(site, order_id, number)
        if line.status is LineStatus.RECEIVED and not stands_for(site, order_id, number, line):
            keep = o.KeepInInventory(occurred_on=TODAY, lines=(number,), explanation=WHY)
            yield on_order(order_id, keep)
        for agreement_id in line.parts:
            if owed := line.owed(agreement_id):
                yield on_order(order_id, moves.paid(site, agreement_id, {number: owed}))


def of_case(site: Site, case_id: UUID) -> Iterator[Try]:
    """What can be had is handed over, what cannot is given up; then the case is closed."""
    case = site.case(case_id)
    if case.died is None:
        yield on_case(case_id, moves.death())
    if not case.is_open:
        return
    if site.track(case_id).approved:
        yield from _of_approval(site, case_id)
    for track_id, problem in problems_of(case):
        if problem.decided is None:
            written_off = moves.decision(problem, ProblemDecision.WRITTEN_OFF, track_id)
            yield on_case(case_id, written_off)
    if site.track(case_id).first_delivery and site.track(case_id).visited is None:
        yield on_case(case_id, moves.visit(site, case_id))
    for outcome in (
        *(Outcome.DECEASED, Outcome.PROJECT_RUNNING, Outcome.PROJECT_STOPPED),
        *(*alongside.PROVED, Outcome.DISENGAGED),
    ):
        yield on_case(case_id, moves.closed(outcome))


def _of_approval(site: Site, case_id: UUID) -> Iterator[Try]:
    if not site.outside.present(case_id):
        yield from moves.ended(site, case_id)
    if site.track(case_id).undertaking is None:
        yield on_case(case_id, s.SignUndertaking(occurred_on=TODAY))
    here, cash = list(site.intact(case_id)), moves.cash_left(site, case_id)
    if here:
        yield on_case(case_id, moves.handed_over(site, here, NOTHING))
    if cash:
        yield on_case(case_id, moves.handed_over(site, (), cash))
    for number in moves.to_order(site, case_id):
        price = site.project(case_id).items[number].bought
        yield moves.placed(site, moves.HONEST, [moves.line(site, case_id, number, price)])
        yield on_case(case_id, moves.dropped(number))
    if cash and not site.project(case_id).cash_dropped:
        yield on_case(case_id, moves.dropped(cash=True))
    yield from moves.ended(site, case_id)


def of_ceremony(site: Site, ceremony_id: UUID) -> Iterator[Try]:
    """It was held, whoever came."""
    ceremony = site.ceremony(ceremony_id)
    if not (ceremony.held or ceremony.cancelled):
        yield gathering.held(site, ceremony_id)


def of_agreement(site: Site, agreement_id: UUID) -> Iterator[Try]:
    """What is spent is received or declared missing, what is left goes back; then it is closed."""
    agreement = site.agreement(agreement_id)
    steps: list[Step] = []
    if agreement.lacking:
        short = a.DeclareShortfall(occurred_on=TODAY, amount=agreement.lacking, explanation=WHY)
        steps += [moves.received(agreement.lacking), short]
    if agreement.in_hand > NOTHING:
        steps.append(moves.repaid(agreement.in_hand))
    if not agreement.closed:
        steps.append(a.CloseAgreement(occurred_on=TODAY, explanation=WHY))
    yield from (on_agreement(agreement_id, step) for step in steps)
