"""The rows of a kind of stream whose steps take two people."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from domain.asking.events import RequestConfirmed, Requested, RequestRefused
from domain.asking.steps import ConfirmRequest, RefuseRequest
from domain.asking.waiting import Asked, Requests, latest, meant, require_new
from domain.errors import NotAllowed
from domain.message import Actor, Command, Event, Role, Step, derived_id
from domain.staff.second import require_here_before
from domain.staff.state import DIRECTORY, StaffState
from domain.steps.checks import not_before
from domain.steps.conditions import Condition
from domain.steps.handling import (
    Context,
    Events,
    Follows,
    Handling,
    Reads,
    Roles,
    Rule,
    Whose,
    World,
    follows_nothing,
    reads_nothing_else,
)
from domain.steps.recording import echo
from domain.steps.roles import STAFF, StreamRole
from domain.steps.table import row

SECOND = frozenset({Role.COORDINATOR, Role.DIVISION})
"""Who may be the second person: of a centre its coordinators, and the division."""


def always(_world: World, _step: Step, _ctx: Context) -> bool:
    """Most steps that take two take two whatever stands."""
    return True


def any_second(_world: World, _step: Step, _actor: Actor) -> None:
    """Most steps may be confirmed by whoever may answer at all."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A step that takes two."""

    row: Handling
    """As if one person took it; `who` are those that may ask."""
    event: type[Requested]
    """What is recorded when it is asked: it has the step's fields."""
    takes_two: Callable[[World, Any, Context], bool] = always
    """Whether it does as things stand; where not, one person takes it at once."""
    second: Callable[[World, Any, Actor], None] = any_second
    """Raises `NotAllowed` for whom of those that may answer cannot confirm this one."""

    def again(self, asked: Asked, on: date) -> Step:
        """The step that was asked for, of the day on which it is confirmed."""
        said = asked.what.model_dump(exclude={"request_id"})
        shared = {name: said[name] for name in said.keys() & self.row.step.model_fields.keys()}
        return self.row.step.model_validate(shared | {"occurred_on": on})


def two_people(
    *askings: Asking,
    confirm: tuple[type[ConfirmRequest], type[RequestConfirmed]],
    refuse: tuple[type[RefuseRequest], type[RequestRefused]],
    when: tuple[Condition, ...],
    whose: Whose,
    reads: Reads = reads_nothing_else,
    follows: Follows = follows_nothing,
) -> tuple[Handling, ...]:
    """The rows of one kind of stream: what is asked for, then the two answers, as of `answers`."""
    answering = answers(
        *askings,
        confirm=confirm,
        refuse=refuse,
        when=when,
        whose=whose,
        reads=reads,
        follows=follows,
    )
    return (*(asks(each) for each in askings), *answering)


def answers(
    *askings: Asking,
    confirm: tuple[type[ConfirmRequest], type[RequestConfirmed]],
    refuse: tuple[type[RefuseRequest], type[RequestRefused]],
    when: tuple[Condition, ...],
    whose: Whose,
    reads: Reads = reads_nothing_else,
    follows: Follows = follows_nothing,
) -> tuple[Handling, ...]:
    """The two answers of one kind of stream, to all that is asked for in it.

    `when`, `whose` and `reads` (what `whose` asks for) are of the answers; `follows` is what the
    steps that are confirmed follow, which is the same for all of them.
    """
    answering = _Answering(when, whose, reads, follows)
    return (
        _confirms(askings, *confirm, answering),
        _refuses(askings[0].row.role, *refuse, answering),
    )


@dataclass(frozen=True, slots=True)
class _Answering:
    """What both answers have in common."""

    when: tuple[Condition, ...]
    whose: Whose
    more: Reads
    follows: Follows

    def reads(self, command: Command, state: Any) -> Roles:
        return {STAFF: DIRECTORY, **self.more(command, state)}

    def is_open(self, state: Any) -> bool:
        """Else what was asked for may not be there to be taken: its person may be erased."""
        return all(condition.holds(state) for condition in self.when)

    def row(self, step: type[Step], *makes: type[Event], by: Rule, reads: Reads) -> Handling:
        return row(
            step,
            *makes,
            who=SECOND,
            when=self.when,
            by=by,
            reads=reads,
            follows=self.follows,
            whose=self.whose,
        )


def asks(asking: Asking) -> Handling:
    """The step, judged as it stands now, and not taken where it takes two."""
    row, event = asking.row, asking.event
    judged = row.rule

    def rule(world: World, step: Step, ctx: Context) -> Event | Events:
        taken = judged(world, step, ctx)
        if not asking.takes_two(world, step, ctx):
            return taken
        asked = echo(event, step, request_id=derived_id(ctx.command_id, "request"))
        require_new(_requests(world, row.role), asked, ctx.now)
        return asked

    alone = () if asking.takes_two is always else row.makes
    return replace(row, makes=(event, *alone), rule=rule)


def _confirms(
    askings: tuple[Asking, ...],
    step: type[ConfirmRequest],
    event: type[RequestConfirmed],
    answering: "_Answering",
) -> Handling:
    role = askings[0].row.role

    def reads(command: Command, state: Any) -> Roles:
        named = cast("ConfirmRequest", command.step)
        asked = latest(state.requests, named.request_id)
        if asked is None or not answering.is_open(state):
            return answering.reads(command, state)
        asking = _asking_of(asked, askings)
        again = command.model_copy(update={"step": asking.again(asked, named.occurred_on)})
        return {**asking.row.reads(again, state), **answering.reads(command, state)}

    def rule(world: World, named: ConfirmRequest, ctx: Context) -> Events:
        asked = _answered(world, role, named, ctx)
        asking = _asking_of(asked, askings)
        judged = replace(asking.row, who=asking.row.who | SECOND)
        again = asking.again(asked, named.occurred_on)
        asking.second(world, again, ctx.actor)
        taken = judged.decide(world, again, ctx)
        return [(role, event(request_id=asked.what.request_id)), *taken]

    makes = dict.fromkeys(made for each in askings for made in each.row.makes)
    return answering.row(step, event, *makes, by=rule, reads=reads)


def _asking_of(asked: Asked, askings: tuple[Asking, ...]) -> Asking:
    return next(each for each in askings if each.event is type(asked.what))


def _refuses(
    role: StreamRole[Any],
    step: type[RefuseRequest],
    event: type[RequestRefused],
    answering: "_Answering",
) -> Handling:
    def rule(world: World, named: RefuseRequest, ctx: Context) -> Event:
        asked = _answered(world, role, named, ctx)
        return echo(event, named, request_id=asked.what.request_id)

    return answering.row(step, event, by=rule, reads=answering.reads)


def _answered(
    world: World, role: StreamRole[Any], named: ConfirmRequest | RefuseRequest, ctx: Context
) -> Asked:
    """What the step answers, if it waits, and for this person; raises `Refused`."""
    asked = meant(_requests(world, role), named.request_id, ctx.now)
    require_second(world.staff, asked, ctx.actor, ctx.today)
    not_before(named.occurred_on, asked.on)
    return asked


def require_second(staff: StaffState, asked: Asked, actor: Actor, today: date) -> None:
    """Raises `NotAllowed` unless it is another person, who was here before it was asked."""
    if actor.id == asked.by:
        raise NotAllowed("second_person_needed")
    require_here_before(staff, actor, asked.position, today)


def _requests(world: World, role: StreamRole[Any]) -> Requests:
    requests: Requests = world[role].requests
    return requests
