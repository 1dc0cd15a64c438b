"""What was entered wrongly of goods: that they came, or were lost. Case and project fold anew without it.

The case's entries and the project's are left out as any that are mended (`domain.mending`); what
rests on them is listed. The order and the agreement, which are never folded anew, are compensated.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from domain.agreement import events as a
from domain.case.events import EntriesMended
from domain.errors import Refused
from domain.folds.order import in_order, place, standing
from domain.mending.recording import Stream
from domain.message import Event, Recorded, Step, StreamKind
from domain.order import events as e
from domain.order import steps as s
from domain.order.decide import by_project, lines_of, stands_on
from domain.order.path import PLACED, SUPERVISORS
from domain.order.reads import Held, follows_cases, held, reads_projects
from domain.order.state import Line
from domain.order.telling import telling_lines
from domain.order.vocabulary import LineStatus
from domain.project import events as p
from domain.project.funders import contract_again, funders_of
from domain.resting import require_standing
from domain.steps.checks import not_before
from domain.steps.handling import Context, Events, Handling, Rule, World
from domain.steps.recording import echo
from domain.steps.roles import ORDER, StreamRole
from domain.steps.table import Part, row
from domain.tracks.self_employment import events as t
from domain.values.money import NOTHING

Made = list[tuple[StreamRole[Any], Event]]


def correct_receipt(world: World, step: s.CorrectReceipt, ctx: Context) -> Events:
    """Until it is handed over, kept, lost or given away; else those come first."""
    order = world.order
    if step.received_on is not None:
        not_before(step.received_on, order.begun_on)
    lines = lines_of(order, step.lines)
    for number, line in lines.items():
        if line.status is not LineStatus.RECEIVED:
            raise Refused("line_not_received", line=number)
        if line.given_on is not None:
            raise Refused("line_given_since", line=number)
    made: Made = [(ORDER, echo(e.ReceiptCorrected, step))]
    for holding, theirs in by_project(world, lines):
        items = tuple(line.item for line in theirs.values())
        for number, line in theirs.items():
            item = stands_on(holding, ctx.name, number, line)
            if item is not None and item.delivered:
                raise Refused("delivery_rests_on_receipt", line=number, item=line.item)
        mending = _Mending(world, holding, step, ctx)
        made += mending.leave_out(p.ItemsReceived, t.EquipmentReceived, items)
        if step.received_on is not None:
            came = s.ReceiveLines(occurred_on=step.received_on, lines=step.lines)
            made += mending.tell(p.ItemsReceived(items=items), came)
            if holding.track_id is not None:
                received = t.EquipmentReceived(track_id=holding.track_id, items=items)
                made += mending.tell(received, came)
        mending.require_standing()
    return made


def reverse_loss(world: World, step: s.ReverseLoss, ctx: Context) -> Events:
    """Where nothing else was ordered in its place, and what it costs is to be had still."""
    line = lines_of(world.order, (step.line,))[step.line]
    if line.status is not LineStatus.LOST:
        raise Refused("line_not_lost", line=step.line)
    holding = held(world, line.project_id)
    item = holding.project.items[line.item]
    since = item.on_order or item.dropped or item.in_hands
    if since or _ordered_since(world, holding, step.line, line.item):
        raise Refused("item_settled_since", line=step.line, item=line.item)
    made: Made = [(ORDER, echo(e.LossReversed, step))]
    mending = _Mending(world, holding, step, ctx)
    made += mending.leave_out(p.ItemsUnordered, t.EquipmentUnordered, (line.item,))
    mending.require_standing()
    return [*made, *_owed_again(world, line)]


def _ordered_since(world: World, holding: Held, number: int, item: int) -> bool:
    """Whether it stood on another order after the loss, though that line was cancelled or lost too."""
    lost = [each for each in world.recorded(ORDER) if _tells_lost(each.event, number)]
    gone = _last_of(world.recorded(holding.project_role), p.ItemsUnordered, (item,))
    told = {each.envelope.command_id for each in gone}
    return bool(told) and told != {each.envelope.command_id for each in lost[-1:]}


def _tells_lost(event: Event, line: int) -> bool:
    return isinstance(event, e.LineLost) and event.line == line


def _owed_again(world: World, line: Line) -> Iterator[tuple[StreamRole[Any], Event]]:
    funders = funders_of(world, line.project_id)
    for agreement_id, part in line.given_up.items():
        if part > NOTHING:
            yield from contract_again(funders[agreement_id], part)


class _Mending:
    """Of one project and its case."""

    def __init__(self, world: World, holding: Held, step: Step, ctx: Context) -> None:
        self._step = step
        self._ctx = ctx
        self._explanation: str = getattr(step, "explanation", "")
        self._project = Stream(holding.project_role, world.recorded(holding.project_role))
        self._case = Stream(holding.case_role, world.recorded(holding.case_role))

    def leave_out(
        self, on_project: type[Event], on_case: type[Event], items: tuple[int, ...]
    ) -> Made:
        """What was told last of these items; what it told of others is told again."""
        made: Made = []
        for stream, kind in ((self._project, on_project), (self._case, on_case)):
            entries = _last_of(stream.before, kind, items)
            if not entries:
                continue
            versions = tuple(each.envelope.version for each in entries)
            made.append(self._add(stream, stream.role, self._mended(stream, versions)))
            for each in entries:
                event: Any = each.event
                left = tuple(number for number in event.items if number not in items)
                if left:
                    again = s.ReceiveLines(occurred_on=each.envelope.occurred_on, lines=left)
                    part = stream.role.entering(again, place(each))
                    rest = event.model_copy(update={"items": left})
                    made.append(self._add(stream, part, rest))
        return made

    def tell(self, event: Event, step: Step) -> Made:
        """Something else, on its own day."""
        stream = self._case if event.stream is StreamKind.CASE else self._project
        return [self._add(stream, stream.role.entering(step, None), event)]

    def require_standing(self) -> None:
        """Raises `Refused` with the list of what stands no longer in the case."""
        require_standing(in_order(self._case.before), in_order(self._case.events))

    def _mended(self, stream: Stream, versions: tuple[int, ...]) -> Event:
        if stream is self._project:
            return p.ProjectEntriesMended(entries=versions, corrected=versions)
        return EntriesMended(entries=versions, corrected=versions, explanation=self._explanation)

    def _add(
        self, stream: Stream, role: StreamRole[Any], event: Event
    ) -> tuple[StreamRole[Any], Event]:
        day: date = self._step.occurred_on
        stream.add(role, event, self._ctx, day)
        return role, event


def _last_of(
    events: Sequence[Recorded], kind: type[Event], items: tuple[int, ...]
) -> list[Recorded]:
    """The last that tells of each of these items."""
    found: dict[int, Recorded] = {}
    for each in standing(events):
        if isinstance(each.event, kind):
            told: tuple[int, ...] = getattr(each.event, "items", ())
            found |= {number: each for number in told if number in items}
    last = {each.envelope.version: each for each in found.values()}
    return [last[version] for version in sorted(last)]


def _row(step: type[Step], *makes: type[Event], by: Rule) -> Handling:
    return row(
        step,
        *makes,
        who=SUPERVISORS,
        when=(PLACED,),
        by=telling_lines(by),
        reads=reads_projects,
        follows=follows_cases,
    )


MENDING_GOODS = Part(
    "orders",
    (
        _row(
            s.CorrectReceipt,
            *(e.ReceiptCorrected, p.ProjectEntriesMended, p.ItemsReceived),
            *(EntriesMended, t.EquipmentReceived),
            by=correct_receipt,
        ),
        _row(
            s.ReverseLoss,
            *(e.LossReversed, p.ProjectEntriesMended, p.ItemsUnordered),
            *(EntriesMended, t.EquipmentUnordered),
            *(a.FundsContracted, a.SavingReversed),
            by=reverse_loss,
        ),
    ),
)
"""Of an order too; they stand here because they mend what stands in cases."""
