"""Schooling: the rules."""

from datetime import timedelta

from domain.case.decide import require_guardian
from domain.case.steps import OpenTrack
from domain.errors import Refused
from domain.message import Event
from domain.rules import Rules
from domain.steps.checks import not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo
from domain.tracks.schooling import events as e
from domain.tracks.schooling import steps as s
from domain.tracks.schooling.conditions import done, find_schooling, runs
from domain.tracks.schooling.vocabulary import SignedBy, YearResult
from domain.tracks.schooling.years import first_day, last_day


def require_minor(world: World, step: OpenTrack) -> None:
    """It opens below 18, by the birth date known now, and goes on after.

    Of whom no year of birth is known nobody can say that.
    """
    if world.case.minor_until is None:
        raise Refused("birth_not_known")
    if not world.case.is_minor(step.occurred_on):
        raise Refused("schooling_opens_below_age", age=18)


def enrol(world: World, step: s.EnrolAtSchool, _: Context) -> Event:
    """Once a year, while it runs; who left may come back, and whose result was told may go on at
    another level. While a minor, with a guardian.
    """
    if runs(world.then, step.school_year):
        raise Refused("already_at_school", year=step.school_year)
    if done(world.then, step.school_year, step.level):
        raise Refused("school_year_done", year=step.school_year)
    _require_open_then(step, world.case.rules_on(step.occurred_on))
    require_guardian(world.beneficiary, step.occurred_on)
    return echo(e.SchoolEnrolled, step)


def _require_open_then(step: s.EnrolAtSchool, rules: Rules) -> None:
    """From some months before the year begins until its lessons end."""
    earliest = first_day(step.school_year, rules) - timedelta(days=rules.school_opens_days)
    latest = last_day(step.school_year, rules)
    if not earliest <= step.occurred_on <= latest:
        raise Refused(
            "school_year_not_open",
            year=step.school_year,
            earliest=str(earliest),
            latest=str(latest),
        )


def change_school(world: World, step: s.ChangeSchool, _: Context) -> Event:
    _require_running(world, step.school_year)
    track = find_schooling(world.then)
    attended = track.years[step.school_year].school if track is not None else None
    if attended is not None and world.registry.goes_by(attended) == step.school:
        raise Refused("same_school")
    return echo(e.SchoolChanged, step)


def record_result(world: World, step: s.RecordSchoolResult, _: Context) -> Event:
    """Of a year that has begun; a diploma is of who passed."""
    _require_running(world, step.school_year)
    rules = world.case.rules_on(step.occurred_on)
    not_before(step.occurred_on, first_day(step.school_year, rules))
    if step.diploma is not None and step.result is not YearResult.PASSED:
        raise Refused("diploma_without_passing")
    return echo(e.SchoolResultRecorded, step)


def leave_school(world: World, step: s.LeaveSchool, _: Context) -> Event:
    _require_running(world, step.school_year)
    return echo(e.SchoolLeft, step)


def _require_running(world: World, school_year: str) -> None:
    """On the step's own day."""
    if not runs(world.then, school_year):
        raise Refused("not_enrolled_that_year", year=school_year)


def give_kit(world: World, step: s.GiveLearningKit, _: Context) -> Event:
    """For a minor the guardian signs, by the birth date known now; and nobody else's after that."""
    minor = world.case.is_minor(step.occurred_on)
    if minor and step.signed_by is not SignedBy.GUARDIAN:
        raise Refused("guardian_signs")
    if not minor and step.signed_by is not SignedBy.PERSON:
        raise Refused("of_age_signs")
    return echo(e.LearningKitGiven, step)
