"""Being on a ceremony's list: placed, replaced, taken off, told, and added when it was held.

What decides the money is the line's agreement; the ceremony's site and province decide nothing.
"""

from datetime import date
from uuid import UUID

from domain.case.moment import day_of
from domain.case.state import CaseState
from domain.ceremony import events as c
from domain.ceremony.state import CeremonyState, Line
from domain.ceremony.vocabulary import LineState, OffListBecause
from domain.errors import NotAllowed, Refused
from domain.message import Actor, Command, StreamKind, stream_id
from domain.steps.checks import known, not_after, not_before
from domain.steps.handling import Context, Events, Roles, World, of_its_centre
from domain.steps.recording import echo
from domain.steps.roles import CASE, CEREMONY, StreamRole
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide.reads import reads_ceremony_named, track_of
from domain.tracks.self_employment.state import SelfEmployment
from domain.values.money import total

REPLACED: StreamRole[CaseState] = StreamRole("replaced", StreamKind.CASE, answered=False)
"""The case of who leaves the list."""


def reads_to_place(command: Command, state: CaseState) -> Roles:
    """The ceremony, and the case in whose place the person comes."""
    step, roles = command.step, reads_ceremony_named(command, state)
    assert isinstance(step, s.PlaceOnCeremony)  # noqa: S101 - the table pairs them
    if step.replaces is None:
        return roles
    return {**roles, REPLACED: stream_id(StreamKind.CASE, step.replaces)}


def place_on_ceremony(world: World, step: s.PlaceOnCeremony, ctx: Context) -> Events:
    """Before it was held, and once there is something to hand over."""
    ceremony, track = world.ceremony, track_of(world.case)
    _require_standing(ceremony)
    if ceremony.held:
        raise Refused("ceremony_already_held")
    line = ceremony.line(ctx.name)
    if line is not None and line.state is LineState.TOLD:
        raise Refused("line_already_told")
    if not track.has_goods:
        raise Refused("nothing_to_hand_over")
    not_before(step.occurred_on, day_of(track.undertaking))
    not_before(step.occurred_on, day_of(track.list_changed))
    not_before(step.occurred_on, ceremony.begun_on)
    not_after(step.occurred_on, ceremony.held_on)
    replaced = () if step.replaces is None else _replaced(world, step, step.replaces, ctx)
    placed = echo(e.PlacedOnCeremony, step)
    return [(CASE, placed), *replaced, (CEREMONY, _listed(track, step, ctx))]


def _require_standing(ceremony: CeremonyState) -> None:
    if not ceremony.exists:
        raise Refused("ceremony_not_found")
    if ceremony.cancelled:
        raise Refused("ceremony_cancelled")


def _listed(
    track: SelfEmployment, step: s.PlaceOnCeremony | s.AddMissingLine, ctx: Context
) -> c.BeneficiaryListed:
    return c.BeneficiaryListed(
        case_id=ctx.name,
        track_id=known(step.track_id),
        project_id=known(track.project_id),
        agreement_id=known(track.agreement_id),
    )


def _replaced(world: World, step: s.PlaceOnCeremony, leaving: UUID, ctx: Context) -> Events:
    """Who leaves the list: of the ceremony's own centre, or of the centre of who comes."""
    ceremony = world.ceremony
    line = ceremony.line(leaving)
    if line is None or line.state is not LineState.LISTED:
        raise Refused("line_not_waiting", lines=1)
    case = world[REPLACED]
    if ctx.actor.centre not in (None, ceremony.centre, case.centre):
        raise NotAllowed("other_centre")
    not_before(step.occurred_on, _placed_on(case, line))
    left = e.TakenOffCeremony(
        track_id=known(line.track_id),
        ceremony_id=step.ceremony_id,
        because=OffListBecause.REPLACED,
    )
    return [(REPLACED, left), (CEREMONY, c.LineReplaced(case_id=leaving, by=ctx.name))]


def _placed_on(case: CaseState, line: Line) -> date | None:
    track = case.tracks.get(known(line.track_id))
    return day_of(track.list_changed) if isinstance(track, SelfEmployment) else None


def take_off_ceremony(world: World, step: s.TakeOffCeremony, ctx: Context) -> Events:
    track = track_of(world.case)
    not_before(step.occurred_on, day_of(track.list_changed))
    taken_off = e.TakenOffCeremony(
        track_id=known(step.track_id),
        ceremony_id=known(track.ceremony_id),
        because=OffListBecause.TAKEN_OFF,
    )
    return [(CASE, taken_off), *line_freed(track, ctx)]


def line_freed(track: SelfEmployment, ctx: Context) -> Events:
    """The line that waits, if one does, is taken off its list."""
    return [(CEREMONY, c.BeneficiaryUnlisted(case_id=ctx.name))] if track.on_list else []


def add_missing_line(world: World, step: s.AddMissingLine, ctx: Context) -> Events:
    """Dated as the ceremony. What was handed over on its day outside any is told by it too."""
    ceremony, track = world.ceremony, track_of(world.case)
    _require_standing(ceremony)
    if not ceremony.held:
        raise Refused("ceremony_not_held")
    if step.occurred_on != ceremony.held_on:
        raise Refused("ceremony_on_another_day", held_on=str(ceremony.held_on))
    line = ceremony.line(ctx.name)
    if line is not None and line.state is LineState.TOLD:
        raise Refused("line_already_told")
    not_before(step.occurred_on, day_of(track.undertaking))
    given = [h for h in track.handovers if h.on == step.occurred_on and h.ceremony_id is None]
    if not given and not track.has_goods:
        raise Refused("nothing_to_hand_over")
    events: Events = [
        (CASE, echo(e.MissingLineAdded, step)),
        (CEREMONY, _listed(track, step, ctx)),
    ]
    if not given:
        not_before(step.occurred_on, day_of(track.list_changed))
        return events
    goods, cash = total(each.goods for each in given), total(each.cash for each in given)
    told = c.LineConfirmed(case_id=ctx.name, goods=goods, cash=cash, later=False)
    return [*events, (CEREMONY, told)]


def of_its_ceremony_too(world: World, case: CaseState, actor: Actor, today: date) -> None:
    """Also of the centre on whose ceremony's list the person stands, while the line is lent."""
    ceremony = world.states.get(CEREMONY)
    if isinstance(ceremony, CeremonyState) and ceremony.lends_lines_to(actor.centre, today):
        return
    of_its_centre(world, case, actor, today)


def told_at(world: World, day: date, ctx: Context) -> UUID | None:
    """The ceremony at which something is handed over on that day; None: at none.

    Raises `Refused` for a day before that of the ceremony whose list the person is on, and for
    a line that was told as missed on the day.
    """
    track = track_of(world.case)
    line = _own_line(world, ctx)
    if track.ceremony_id is None or line is None:
        return None
    held_on = known(world.ceremony.held_on)
    placed_on = day_of(track.list_changed) or held_on
    if track.on_list and placed_on <= day:
        not_before(day, held_on)
    if day != held_on:
        return None
    if world.ceremony.held and line.state in (LineState.ABSENT, LineState.LATER):
        raise Refused("line_told_as_missed", held_on=str(held_on))
    return track.ceremony_id


def line_confirmed(world: World, told: e.DeliveryConfirmed, day: date, ctx: Context) -> Events:
    """The person's line, where they have one: on the ceremony's day, or later, outside its sums."""
    line = _own_line(world, ctx)
    if line is None:
        return []
    later = told.ceremony_id is None
    if later and (line.state is LineState.TOLD or day < known(world.ceremony.held_on)):
        return []
    said = c.LineConfirmed(case_id=ctx.name, goods=told.goods, cash=told.cash, later=later)
    return [(CEREMONY, said)]


def _own_line(world: World, ctx: Context) -> Line | None:
    ceremony = world.states.get(CEREMONY)
    return ceremony.line(ctx.name) if isinstance(ceremony, CeremonyState) else None
