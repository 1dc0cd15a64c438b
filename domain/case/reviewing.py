"""The rules of reviews: which may be held, exempted or moved, how a case is paused, what a timer says."""

import dataclasses
from datetime import date
from typing import Protocol

from domain.case import events as e
from domain.case import steps as s
from domain.case.noticed.told import level_of, told
from domain.case.putting_off import after_exemption
from domain.case.reviews import (
    called_for,
    came_by,
    dues,
    fires_at,
    is_missed,
    occasions,
    pending,
    rules_of,
)
from domain.case.rolling import standing_name
from domain.case.schedule import Due, ReviewKind
from domain.case.state import CaseState
from domain.errors import Refused
from domain.message import Event, name_of
from domain.steps.checks import not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo
from domain.values.calendar import DAY


def outstanding(state: CaseState, key: str, day: date, ctx: Context) -> Due:
    """The review of that key; raises `Refused` where none is outstanding.

    One that is missed by now, because the case came to know of it late, was so on its own days.
    """
    for due in dues(state, ctx.calendar):
        if due.key == key:
            return due
    for each in occasions(state, ctx.calendar):
        exemption = state.exemptions.get(key)
        free = exemption is None or not exemption.holds_on(day)
        if each.due.key == key and free and each.open_on(day):
            return each.due
    raise Refused("review_not_outstanding", review=key)


def require_to_hold(state: CaseState, key: str, kind: ReviewKind, day: date, ctx: Context) -> None:
    """Raises `Refused` unless a review may be held on that day: from its window on, until a later
    one was. So what was held long ago can be told late.
    """
    for each in occasions(state, ctx.calendar):
        if each.due.key == key:
            if each.due.kind is not kind:
                raise Refused("review_of_another_kind", review=key)
            if each.passed_by(day):
                raise Refused("review_not_outstanding", review=key)
            not_before(day, each.due.window_start)
            return
    if any(due.key == key for due in dues(state, ctx.calendar)):
        raise Refused("review_of_another_kind", review=key)
    raise Refused("review_not_outstanding", review=key)


class Moving(Protocol):
    """A step that gives a review another day."""

    @property
    def occurred_on(self) -> date: ...

    @property
    def due_on(self) -> date: ...


def require_to_move(
    state: CaseState, key: str, kind: ReviewKind, step: Moving, ctx: Context
) -> None:
    """Raises `Refused` unless a review of that kind may be held on that day instead: ahead, and inside
    its window.
    """
    not_before(step.due_on, step.occurred_on)
    due = outstanding(state, key, step.occurred_on, ctx)
    if due.kind is not kind:
        raise Refused("review_of_another_kind", review=key)
    if not due.window_start <= step.due_on <= due.window_end:
        raise Refused("outside_window", earliest=str(due.window_start), latest=str(due.window_end))


def exempt_review(world: World, step: s.ExemptReview, ctx: Context) -> Event:
    due = outstanding(world.case, step.review, step.occurred_on, ctx)
    if standing_name(world.then, step.review) != step.review:
        raise Refused("review_not_outstanding", review=step.review)
    if due.kind is ReviewKind.VISIT:
        not_before(step.occurred_on, world.case.handed_over_first)
    if step.until is not None:
        not_before(step.until, step.occurred_on + DAY)
    return echo(e.ReviewExempted, step)


def exempts_visit(world: World, step: s.ExemptReview, ctx: Context) -> bool:
    """From a visit after a delivery, and no other review."""
    return outstanding(world.case, step.review, step.occurred_on, ctx).kind is ReviewKind.VISIT


def clear_exemption(world: World, step: s.ClearExemption, ctx: Context) -> Event:
    """Says when the review is due again, as things stand."""
    exemption = world.case.exemptions.get(step.review)
    if exemption is None or not exemption.holds_on(step.occurred_on):
        raise Refused("review_not_exempt", review=step.review)
    not_before(step.occurred_on, exemption.on)
    ended = dataclasses.replace(exemption, until=step.occurred_on)
    due = called_for(world.case, step.review, ctx.calendar)
    if due is None:
        raise Refused("review_not_outstanding", review=step.review)
    again = after_exemption(ended, due, came_by(due, world.case), ctx.calendar)
    return e.ExemptionCleared(review=step.review, due_on=again.due_on)


def pause_case(world: World, step: s.PauseCase, _: Context) -> Event:
    """While a pause lasts it is renewed, not begun again; and none is told of what was closed then."""
    if not world.then.is_open:
        raise Refused("case_closed")
    if world.then.pause_on(step.occurred_on) is not None:
        raise Refused("case_paused")
    _require_looked_at_again(world.case, step)
    return echo(e.CasePaused, step)


def _require_looked_at_again(state: CaseState, step: s.PauseCase | s.RenewPause) -> None:
    """Raises `Refused` unless it ends after the step's day, and not too long after."""
    not_before(step.until, step.occurred_on + DAY)
    latest = step.occurred_on + state.rules_on(step.occurred_on).pause_days * DAY
    if step.until > latest:
        raise Refused("pause_too_long", latest=str(latest))


def renew_pause(world: World, step: s.RenewPause, _: Context) -> Event:
    _require_paused(world.then, step.occurred_on)
    _require_looked_at_again(world.case, step)
    return echo(e.PauseRenewed, step)


def _require_paused(state: CaseState, day: date) -> None:
    """Raises `Refused` unless a pause has not ended by that day."""
    if state.pause_on(day) is None:
        raise Refused("case_not_paused")


def pauses_visits(world: World, step: s.PauseCase | s.RenewPause, _ctx: Context) -> bool:
    """From the first handover on there are visits, which are how public goods are seen after."""
    first = world.case.handed_over_first
    return first is not None and first <= step.occurred_on


def resume_case(world: World, step: s.ResumeCase, _: Context) -> Event:
    _require_paused(world.then, step.occurred_on)
    return echo(e.CaseResumed, step)


def record_reminder(world: World, step: s.RecordReminder, ctx: Context) -> Event:
    """A timer's word counts only for what is due, on the day it is due."""
    rules, case_name = rules_of(world.case), name_of(ctx.target)
    for due in pending(world.case, ctx.calendar):
        if (due.key, due.due_on) == (step.review, step.due_on):
            if step.at < fires_at(due, rules, case_name):
                raise Refused("not_due_yet", review=step.review)
            level = level_of(due.key)
            return e.ReminderRecorded(
                review=due.key,
                due_on=due.due_on,
                missed=is_missed(due, rules, case_name),
                fired_at=step.at,
                level=level,
                to=told(world.case, level, world.staff, step.occurred_on),
            )
    raise Refused("review_not_outstanding", review=step.review)
