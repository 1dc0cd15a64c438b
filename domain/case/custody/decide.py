"""The rules of custody, each judged by the episodes as they stood on the step's own day."""

from datetime import date

from domain.case.custody import events as e
from domain.case.custody import steps as s
from domain.case.custody.entering import require_choices
from domain.case.custody.evolve import bound_by
from domain.case.custody.state import Episode
from domain.case.custody.vocabulary import (
    INSIDE,
    EpisodeEnd,
    EpisodeKind,
    PenaltyKind,
    ReleaseKind,
)
from domain.case.moment import day_of
from domain.errors import Refused
from domain.message import Event
from domain.numbers.marks import normal
from domain.steps.checks import born_by, not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo
from domain.values.calendar import months_after


def begin_detention(world: World, step: s.BeginDetention, _: Context) -> Event:
    """Again, after any release, and whatever binds the person in freedom."""
    custody = world.then.custody
    born_by(step.occurred_on, world.beneficiary.born)
    for day in (step.expected_end, step.conditional_from):
        if day is not None:
            not_before(day, step.occurred_on)
    kind = EpisodeKind(step.kind)
    if any(each.kind is kind and _began(each, step.occurred_on) for each in custody.episodes):
        raise Refused("episode_already_begun")
    _require_own_number(world, step)
    chosen = require_choices(world, step.occurred_on, step.tracks)
    return echo(e.DetentionBegun, step, tracks=chosen)


def _began(episode: Episode, day: date) -> bool:
    return day_of(episode.started) == day


def return_to_detention(world: World, step: s.ReturnToDetention, _: Context) -> Event:
    """For what was interrupted: after an escape, or from what is revoked."""
    if step.expected_end is not None:
        not_before(step.expected_end, step.occurred_on)
    _require_own_number(world, step)
    chosen = require_choices(world, step.occurred_on, step.tracks)
    return echo(e.ReturnedToDetention, step, tracks=chosen)


def _require_own_number(world: World, step: s.BeginDetention | s.ReturnToDetention) -> None:
    """A detention number is of one imprisonment, which has one.

    Who returns for what was interrupted may have the number that they had.
    """
    number = normal(step.detention_number) if step.detention_number else None
    if number is None:
        return
    own = world.case.custody.stay_on(step.occurred_on)
    for stay in world.case.custody.stays:
        known = {normal(each) for each in stay.numbers}
        if stay == own and known and number not in known:
            raise Refused("detention_number_another")
        if stay != own and number in known and isinstance(step, s.BeginDetention):
            raise Refused("detention_number_of_another_stay")


def begin_penalty(world: World, step: s.BeginAlternativePenalty, _: Context) -> Event:
    """Under law 43-22: from a day on, from an age on, and community work within its hours."""
    rules = world.case.rules_on(step.occurred_on)
    born = world.beneficiary.born
    if step.occurred_on < rules.alternative_penalties_since:
        raise Refused("penalty_before_its_law", since=str(rules.alternative_penalties_since))
    if born is not None and step.occurred_on < months_after(born, 12 * rules.penalty_age):
        raise Refused("penalty_below_age", age=rules.penalty_age)
    of_hours = step.penalty is PenaltyKind.COMMUNITY_WORK
    if of_hours != (step.hours_ordered is not None):
        raise Refused("hours_missing_or_superfluous")
    least, most = rules.penalty_hours
    if step.hours_ordered is not None and not least <= step.hours_ordered <= most:
        raise Refused("hours_out_of_bounds", least=least, most=most)
    if step.expected_end is not None:
        not_before(step.expected_end, step.occurred_on)
    return echo(e.AlternativePenaltyBegun, step)


def record_hours(world: World, step: s.RecordPenaltyHours, _: Context) -> Event:
    penalty = world.then.custody.running(EpisodeKind.ALTERNATIVE_PENALTY)
    if penalty is None:
        raise Refused("episode_not_running")
    if penalty.hours_ordered is None:
        raise Refused("penalty_without_hours")
    if step.hours_done > penalty.hours_ordered:
        raise Refused("hours_exceed_order", ordered=penalty.hours_ordered)
    return echo(e.PenaltyHoursRecorded, step)


def place_in_child_protection(world: World, step: s.PlaceInChildProtection, _: Context) -> Event:
    born = world.beneficiary.born
    born_by(step.occurred_on, born)
    of_age = world.beneficiary.of_age_on
    if of_age is not None and step.occurred_on >= of_age:
        raise Refused("not_a_minor")
    if step.expected_end is not None:
        not_before(step.expected_end, step.occurred_on)
    return echo(e.PlacedInChildProtection, step)


def prepare_conditional(world: World, step: s.PrepareConditionalRelease, _: Context) -> Event:
    if step.earliest_on is not None:
        not_before(step.earliest_on, world.case.custody.entered_first)
    return echo(e.ConditionalReleasePrepared, step)


def record_exit_permit(_world: World, step: s.RecordExitPermit, _: Context) -> Event:
    not_before(step.until, step.occurred_on)
    return echo(e.ExitPermitRecorded, step)


def change_expected_end(world: World, step: s.ChangeExpectedEnd, _: Context) -> Event:
    _not_before_begin(world, step.expected_end, kind=step.episode)
    return echo(e.ExpectedEndChanged, step)


def record_pardon(world: World, step: s.RecordPardon, _: Context) -> Event:
    """A pardon shortens by days, or says the new end; not both."""
    if step.reduced_days is not None and step.expected_end is not None:
        raise Refused("pardon_told_twice")
    _not_before_begin(world, step.expected_end)
    return echo(e.PardonRecorded, step)


def _not_before_begin(world: World, end: date | None, *, kind: EpisodeKind | None = None) -> None:
    """The end is not before what runs began."""
    episode = bound_by(world.then.custody, kind)
    if episode is None:
        raise Refused("episode_not_running")
    if end is not None:
        not_before(end, day_of(episode.started))


def record_release(world: World, step: s.RecordRelease, _: Context) -> Event:
    """A conditional release has an end."""
    if (step.release is ReleaseKind.CONDITIONAL) != (step.conditions_until is not None):
        raise Refused("conditions_end_missing_or_superfluous")
    born_by(step.occurred_on, world.beneficiary.born)
    if step.conditions_until is not None:
        not_before(step.conditions_until, step.occurred_on)
    return echo(e.ReleaseRecorded, step)


def end_episode(world: World, step: s.EndEpisode, _: Context) -> Event:
    """Who leaves prison is released: of a remand or sentence an escape alone is an end here."""
    custody = world.then.custody
    running = custody.detention
    marked = running is not None and bool(running.remands)
    if step.episode in INSIDE:
        if step.end is not EpisodeEnd.ESCAPE and not marked:
            raise Refused("release_not_end")
    elif step.end in (EpisodeEnd.ESCAPE, EpisodeEnd.CONDITIONAL):
        raise Refused("end_of_another_kind")
    of_mark = step.episode is EpisodeKind.REMAND and marked
    episode = running if of_mark else custody.running(step.episode)
    if episode is None:
        raise Refused("episode_not_running")
    return echo(e.EpisodeEnded, step)
