"""Who comes, which way they mean to go, and what happens to them instead."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from domain.case import steps as c
from domain.case.noticed.steps import AcknowledgeReminder, SnoozeReminder
from domain.case.reviews import dues
from domain.case.schedule import ReviewKind
from domain.case.vocabulary import Outcome
from domain.commands import HANDLINGS
from domain.example.beside import (
    record_minutes,
    register_beneficiary,
    schedule_session,
    sign_agreement,
)
from domain.example.person import DELIVERED, EXAMPLE
from domain.example.way import Way, of_project
from domain.message import Step, StreamKind, stream_id
from domain.tracks.self_employment.state import find_track
from domain.tracks.self_employment.steps import RecordDecision, RescheduleVisit
from tests.closer import alongside, chances, custody, daily, mistakes, moves, people
from tests.closer.moves import WHY, on_case
from tests.closer.outside import Outside
from tests.closer.site import TODAY, Site, Try
from tests.support.paper import NO_HOLIDAYS, ROOT

LEAVES = 0.012
"""How often somebody leaves the way, at each step of it."""
FORGOTTEN = 0.03
"""How often a step of it is not taken."""
SIGNED = date(2024, 1, 2)
MANY = 1000


class Anything(Outside):
    """Nobody asks here whether what is told of the world is so."""

    def bears_out(self, site: Site, target: str, step: Step) -> bool:
        return True


def sign(site: Site, years: range) -> None:
    """An agreement for the handovers of each year, with room for all."""
    for year in years:
        signed = sign_agreement(EXAMPLE, f"{MANY * 100_000}.00", MANY).model_copy(
            update={"occurred_on": SIGNED, "ends_on": date(year + 1, 12, 31)}
        )
        agreement = uuid5(ROOT, f"agreement of {year}")
        site.take(moves.on_agreement(agreement, signed))
        site.agreements.append(agreement)


def comes(site: Site, number: int) -> list[tuple[date, Try]]:
    """Somebody new, and the steps of their way as far as they go, each with its day.

    What lies before today is entered today.
    """
    random = site.random
    came = site.today - timedelta(days=random.choice([0, 0, 3, 90, 320]))
    delivered = came + timedelta(days=DELIVERED)
    way = Way(
        uuid5(ROOT, f"{number} who comes"),
        site.staff.caseworker.id,
        uuid5(ROOT, f"agreement of {delivered.year}"),
        session_id=uuid5(ROOT, f"session of {number}"),
        order_id=uuid5(ROOT, f"order of {number}"),
        begins=came,
        number=number,
    )
    case = uuid5(ROOT, f"case of {number}")
    person = stream_id(StreamKind.BENEFICIARY, way.beneficiary_id)
    site.take(Try(person, register_beneficiary(way, card=f"Y{number:06}")))
    session = stream_id(StreamKind.SESSION, way.session_id)
    steps = [
        *(Try(stream_id(_kind(step), _stream(step, way, case)), step) for step in way.steps()),
        *(Try(session, step) for step in (schedule_session(way), record_minutes(way))),
    ]
    (_, opening), *others = sorted(
        ((max(each.step.occurred_on, came), each) for each in steps), key=_by_day
    )
    site.take(opening)
    site.cases.append(case)
    return list(_as_far_as_they_go(site, others))


def _as_far_as_they_go(site: Site, steps: list[tuple[date, Try]]) -> Iterator[tuple[date, Try]]:
    for each in steps:
        if site.random.random() < LEAVES:
            return
        if site.random.random() >= FORGOTTEN:
            yield each


def _by_day(each: tuple[date, Try]) -> tuple[date, bool]:
    """Decided after the session's minutes, which are of that day."""
    day, one = each
    return day, isinstance(one.step, RecordDecision)


def _kind(step: Step) -> StreamKind:
    return HANDLINGS[type(step)].kind


def _stream(step: Step, way: Way, case: UUID) -> UUID:
    return case if _kind(step) is StreamKind.CASE else way.order_id


def of_project_then(site: Site, case_id: UUID, each: Try) -> Try:
    """The step with the project that was proposed by then."""
    track = find_track(site.case(case_id))
    if track is None or track.project_id is None:
        return each
    return Try(each.target, of_project(each.step, track.project_id))


Draw = Callable[[Site, UUID], Try | None]


def happens(site: Site, case_id: UUID) -> Try | None:
    """What was not planned."""
    case = site.case(case_id)
    track = find_track(case)
    handed = track is not None and track.first_delivery is not None
    draws = {**OPEN, **(AFTER if handed else {})} if case.is_open else CLOSED
    (draw,) = site.random.choices(list(draws), list(draws.values()))
    return draw(site, case_id)


def _visited(site: Site, case_id: UUID) -> Try:
    return on_case(case_id, moves.visit(site, case_id))


def _visit_moved(site: Site, case_id: UUID) -> Try | None:
    """One whose window is not over, to another day in it."""
    visits = [
        each for each in dues(site.case(case_id), NO_HOLIDAYS) if each.kind is ReviewKind.VISIT
    ]
    ahead = [due for due in visits if due.window_end >= site.day]
    if not ahead:
        return None
    due = site.random.choice(ahead)
    first = max(due.window_start, site.day)
    on = first + timedelta(days=site.random.randint(0, (due.window_end - first).days))
    return on_case(case_id, RescheduleVisit(occurred_on=TODAY, review=due.key, due_on=on))


def _answered(site: Site, case_id: UUID) -> Try | None:
    """Of what fell due: it is being seen to, or is to come again later; at times too late, or too often."""
    random = site.random
    fallen = [due for due in dues(site.case(case_id), NO_HOLIDAYS) if due.due_on <= site.day]
    if not fallen:
        return None
    said: dict[str, Any] = {
        "occurred_on": TODAY,
        "review": random.choice(fallen).key,
        "explanation": WHY,
    }
    until = site.day + timedelta(days=random.randint(1, 16))
    steps = (AcknowledgeReminder(**said), *[SnoozeReminder(**said, until=until)] * 2)
    return on_case(case_id, random.choice(steps))


def _pauses(site: Site, case_id: UUID) -> Try:
    """While it is paused already it goes on instead."""
    if site.case(case_id).pause_on(site.day) is not None:
        return on_case(case_id, resumed())
    until = site.day + timedelta(days=site.random.randint(5, 90))
    return on_case(case_id, c.PauseCase(occurred_on=TODAY, until=until, explanation=WHY))


def resumed() -> Step:
    return c.ResumeCase(occurred_on=TODAY)


def _died(_: Site, case_id: UUID) -> Try:
    return on_case(case_id, moves.death())


def _closed(site: Site, case_id: UUID) -> Try:
    """As what needs no proof, mostly."""
    unproved = [Outcome.DISENGAGED, Outcome.PARTLY_ACHIEVED]
    return on_case(case_id, moves.closed(site.random.choice([*Outcome, *unproved * 9])))


def _opened_again(_: Site, case_id: UUID) -> Try:
    return on_case(case_id, c.ReopenCase(occurred_on=TODAY, explanation=WHY))


def _nothing(_: Site, __: UUID) -> None:
    return None


OPEN: Mapping[Draw, float] = {
    daily.of_case: 8,
    custody.in_custody: 1.5,
    mistakes.of_case: 2,
    alongside.of_case: 2,
    people.of_person: 0.5,
    _answered: 4,
    _pauses: 1.5,
    _closed: 2.5,
    _died: 0.1,
}
"""How often each happens, beside the others, while a case is open."""
AFTER: Mapping[Draw, float] = {_visited: 6, _visit_moved: 1.5, chances.after_delivery: 1.5}
"""And once something was handed over."""
CLOSED: Mapping[Draw, float] = {_nothing: 8, mistakes.of_case: 1.4, _opened_again: 0.6}
