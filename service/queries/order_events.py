"""What of an order's events a centre is told: what is about the lines of its own cases.

A line changes hands when it is given to another holder out of the stock: what happened to it
before is told to the centre of whom it was ordered for, what comes after to the receiver's. The
giving itself both are told, the first without the receiver.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from uuid import UUID

from domain.message import Event, Recorded
from domain.order import events as e
from service.queries.history import HistoricEvent

RECEIVER = ("project_id", "case_id", "item")
"""What of a giving says whose the line is now."""


def cases_ordered_for(events: Iterable[Event]) -> Iterator[UUID]:
    """Whoever had a line of the order, at any time."""
    for event in events:
        match event:
            case e.OrderPlaced():
                yield from (line.case_id for line in event.lines)
            case e.LineAssigned():
                yield event.case_id


def told_of_lines(events: Iterable[Recorded], theirs: Collection[UUID]) -> Iterator[Recorded]:
    """Each event as far as it is about a line of these cases, by whose the line was then."""
    lines: set[int] = set()
    numbered: dict[str, list[Collection[int]]] = {
        name: [] for name in ("payment", "refund", "incident")
    }
    asked: dict[UUID | None, int] = {}
    for recorded in events:
        event = recorded.event
        match event:
            case e.OrderPlaced():
                lines = {each.line for each in event.lines if each.case_id in theirs}
            case e.InvoicePaid():
                numbered["payment"].append([each.line for each in event.lines])
            case e.RefundReceived():
                numbered["refund"].append([each.line for each in event.lines])
            case e.IncidentRecorded():
                numbered["incident"].append(event.lines)
            case e.LossRequested():
                asked[event.request_id] = event.line
            case e.LineAssigned() if event.case_id in theirs:
                lines.add(event.line)
        about = {*_about(event, numbered), asked.get(getattr(event, "request_id", None))}
        if isinstance(event, e.OrderPlaced) or lines.intersection(about):
            yield recorded._replace(event=_cut(event, lines))
        if isinstance(event, e.LineAssigned) and event.case_id not in theirs:
            lines.discard(event.line)


def _about(event: Event, numbered: Mapping[str, list[Collection[int]]]) -> Iterator[int]:
    """The lines an event is about: those it names, or those of what it names by its number."""
    for name, before in numbered.items():
        number = getattr(event, name, None)
        if number is not None:
            yield from before[number - 1]
    line = getattr(event, "line", None)
    if line is not None:
        yield line
    yield from map(_number, getattr(event, "lines", ()))


def _cut(event: Event, lines: Collection[int]) -> Event:
    """The event with what is about these lines."""
    named = getattr(event, "lines", None)
    if named is None:
        return event
    kept = tuple(each for each in named if _number(each) in lines)
    return event.model_copy(update={"lines": kept})


def _number(named: int | e.OrderedLine | e.LineAmount) -> int:
    return named if isinstance(named, int) else named.line


def without_the_receiver(told: HistoricEvent, theirs: Collection[UUID]) -> HistoricEvent:
    """Of a line given to another centre's holder nothing says to whom."""
    if told.type != e.LineAssigned.stored or UUID(told.fields["case_id"]) in theirs:
        return told
    fields = {name: value for name, value in told.fields.items() if name not in RECEIVER}
    masked = tuple(sorted({*told.masked, *RECEIVER}))
    return told.model_copy(update={"fields": fields, "masked": masked})
