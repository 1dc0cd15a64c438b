"""Visits after delivery: the rules of follow-up."""

from domain.case.moment import day_of
from domain.case.reviewing import require_to_hold, require_to_move
from domain.case.schedule import ReviewKind
from domain.message import Event
from domain.project import events as p
from domain.steps.checks import not_before
from domain.steps.handling import Context, Events, World
from domain.steps.recording import echo
from domain.steps.roles import CASE, PROJECT
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide.problems import require_handed_over
from domain.tracks.self_employment.decide.reads import track_of


def record_visit(world: World, step: s.RecordVisit, ctx: Context) -> Events:
    """A visit completes the review it is held for, from that review's window on."""
    not_before(step.occurred_on, day_of(track_of(world.case).first_delivery))
    if step.review is not None:
        require_to_hold(world.case, step.review, ReviewKind.VISIT, step.occurred_on, ctx)
    found = tuple(each.item for each in step.items)
    require_handed_over(world.project, found, step.occurred_on)
    return [(CASE, echo(e.VisitRecorded, step)), (PROJECT, echo(p.ProjectVisited, step))]


def reschedule_visit(world: World, step: s.RescheduleVisit, ctx: Context) -> Event:
    not_before(step.occurred_on, day_of(track_of(world.case).first_delivery))
    require_to_move(world.case, step.review, ReviewKind.VISIT, step, ctx)
    return echo(e.VisitRescheduled, step)
