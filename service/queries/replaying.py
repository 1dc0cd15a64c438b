"""What each entry of a history changed, field by field, and which run of Temporal carried it.

As far as its reader may see: of a state the fields of a class that is hidden from them are passed
over, whatever became of them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any
from urllib.parse import quote
from uuid import UUID

from pydantic import BaseModel, Field
from pydantic_core import to_json, to_jsonable_python

from domain.folds.order import BY_DAY
from domain.message import Message, Recorded, Role, StreamKind, kind_of, name_of
from domain.registry.state import RegistryState
from domain.replay.differing import Difference, differences
from domain.replay.walking import walked
from domain.steps.handling import State
from domain.values.calendar import local_instant
from ledger.ledger import Ledger
from service.access.masking import hidden_fields, hidden_of_state
from service.queries.naming import SaidOfEntry, names_of
from workflows.case.messages import workflow_id

DAY, KNOWN = "on", "known"
"""The fields of a moment (`domain.case.moment`)."""


class NamedCode(Message):
    """An entry of the registry that a history names by its code, as it was called from which day on."""

    code: str = Field(examples=["prison-taza"])
    names: tuple[SaidOfEntry, ...]


class Changed(Message):
    """A field of a thing that is another than before."""

    path: tuple[str, ...] = Field(examples=[("tracks", "6f0c2a52", "stage")])
    """From the thing inwards: fields, ids, places in a list."""
    was: Any
    """None where there was nothing; of a list what left it."""
    becomes: Any
    """None where there is nothing any more; of a list what came to it."""


Cut = Callable[[Any], Any]
"""What of a state its reader may see at all."""


def _whole(state: Any) -> Any:
    return state


@dataclass(frozen=True, slots=True)
class Basis:
    """From which events a history's state is made."""

    events: Sequence[Recorded]
    day: date | None = None
    """As of which day, where the events are those of later days too."""
    cut: Cut = _whole


LONGEST_PAGE = 500_000
"""Bytes of changes, or thereabouts, after which a page ends; each has one event at least."""
SECONDS_A_PAGE = 3.0
"""And so long: where each entry of a long history has all of it folded anew."""


def come_to(ledger: Ledger, stream: str, events: Sequence[Recorded], *, now: bool) -> State:
    """What these events come to; as it is kept, where they are all that there are `now`.

    A case's and a person's are folded: somebody may see them otherwise than they are.
    """
    if now and events and kind_of(stream) not in BY_DAY:
        kept = ledger.states([stream])[stream]
        if kept.version == events[-1].envelope.version == len(events):
            return kept
    return ledger.fold(stream, events)


def changed_by(
    stream: str, basis: Basis, page: Sequence[Recorded], role: Role, *, whole: bool
) -> dict[int, tuple[Changed, ...]]:
    """What each event of a page of a history changed, by its version; of the first of them, where
    that is much or takes long, unless the `whole` page is wanted.
    """
    if not page:
        return {}
    first, last = page[0].envelope.version, page[-1].envelope.version
    events = [each for each in basis.events if each.envelope.version <= last]
    told = {each.envelope.version for each in page}
    found, size, until = dict[int, tuple[Changed, ...]](), 0, 0.0
    for each in walked(stream, events, after=first - 1, day=basis.day):
        version = each.recorded.envelope.version
        if version in told:
            changes = between(basis.cut(each.before), basis.cut(each.after), role)
            found[version] = changes
            size += len(to_json(changes))
            until = until or monotonic() + SECONDS_A_PAGE
            if not whole and (size > LONGEST_PAGE or monotonic() > until):
                break
    return found


def between(before: State | object, after: State | object, role: Role) -> tuple[Changed, ...]:
    """What differs between two states of one stream, as far as the role may see."""
    return tuple(map(_changed, differences(before, after, partial(_hidden, role=role))))


def begin_between(before: object, after: object, role: Role) -> tuple[tuple[Changed, ...], int]:
    """The first of what differs, as much as an answer may have, one at least; and how many more there are."""
    found, told, size = differences(before, after, partial(_hidden, role=role)), [], 0
    for each in found:
        told.append(_changed(each))
        size += len(to_json(told[-1]))
        if size > LONGEST_PAGE:
            break
    return tuple(told), len(found) - len(told)


def _changed(each: Difference) -> Changed:
    written = to_jsonable_python
    return Changed(path=each.path, was=written(each.was), becomes=written(each.becomes))


def named_in(registry: RegistryState, changes: Iterable[Changed]) -> tuple[NamedCode, ...]:
    """What they name by a code of the registry."""
    codes = {each for it in changes for side in (it.was, it.becomes) for each in _codes(side)}
    known = sorted(codes & registry.said.keys())
    return tuple(NamedCode(code=each, names=names_of(registry, each)) for each in known)


def _codes(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _codes(each)
    elif isinstance(value, dict):
        yield from _codes(list(value.values()))


def as_told(changes: Sequence[Changed]) -> list[Changed]:
    """As somebody reads them: of a moment its day alone, for when it was known is the entry's own."""
    paths = {each.path for each in changes}
    told = [
        each for each in changes if not (_ends(each, KNOWN) and (*each.path[:-1], DAY) in paths)
    ]
    return [
        each.model_copy(update={"path": each.path[:-1]})
        if _ends(each, DAY) and (*each.path[:-1], KNOWN) in paths
        else each
        for each in told
    ]


def _ends(changed: Changed, name: str) -> bool:
    return len(changed.path) > 1 and changed.path[-1] == name


def _hidden(model: type[Any], role: Role) -> Collection[str]:
    if is_dataclass(model):
        return hidden_of_state(model, role)
    return hidden_fields(model, role) if issubclass(model, BaseModel) else ()


def run_address(pages: str | None, stream: str, run: str | None) -> str | None:
    """Where Temporal's own pages show a run; None without it, or where they are is not known.

    Of what a case's step wrote elsewhere it is found by the run alone.
    """
    if pages is None or run is None:
        return None
    if kind_of(stream) is StreamKind.CASE:
        workflow = workflow_id(str(UUID(name_of(stream))))
        return f"{pages}/workflows/{workflow}/{quote(run, safe='')}/history"
    sought = f'RunId="{run}"'
    return f"{pages}/workflows?query={quote(sought, safe='')}"


def end_of(day: date) -> datetime:
    """The last instant of a day in Morocco (UTC)."""
    return local_instant(day + timedelta(days=1)) - timedelta(microseconds=1)
