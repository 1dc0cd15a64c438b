"""A track for people to read: what it is, and a diagram of its states made from its rows of the path.

A state is what a step leads to, where another step waits for that. Which step opens another follows
from the conditions of its row (`OPENED_BY`): so nothing of the diagram is said anywhere else.
"""

import inspect
from collections.abc import Iterator
from importlib import import_module

from domain.case.steps import EndTrack, OpenTrack
from domain.case.vocabulary import TrackKind
from domain.commands import step_name
from domain.path import PATH
from domain.steps.conditions import Condition
from domain.tracks.row import TrackHandling
from domain.tracks.table import TRACKS
from service.console.forms.opening import OPENED_BY
from service.words.language import Language
from service.words.store import words

OPENS, ENDS = step_name(OpenTrack), step_name(EndTrack)


_ROWS = {
    step_name(row.step): row for part in PATH for row in part.rows if isinstance(row, TrackHandling)
}


def rows_of(kind: TrackKind) -> list[TrackHandling]:
    """In the order of the path."""
    return [
        row
        for part in PATH
        for row in part.rows
        if isinstance(row, TrackHandling) and kind in row.kinds
    ]


def about(kind: TrackKind) -> str:
    """What the kind is, and what it asks for, in a paragraph."""
    said = words(Language.ENGLISH)
    first = (import_module(f"domain.tracks.{kind}").__doc__ or "").partition("\n")[0]
    _, _, what = first.partition(": ")
    what = what[:1].upper() + what[1:].rstrip(".")
    asks = [f"{said.problem[each.code]['title']} (`{each.code}`)" for each in TRACKS[kind].when]
    if asks:
        opened = f"It is refused with {', '.join(asks)}."
    else:
        opened = (inspect.getdoc(TRACKS[kind].require) or "").partition("\n")[0]
    return f"{what}. {opened} `{ENDS}` ends it from any state."


def drawn(kind: TrackKind) -> str:
    """Its states as a Mermaid diagram: what each step leads to, and which steps change no state."""
    rows = rows_of(kind)
    own = {step_name(row.step) for row in rows}
    states = {OPENS} | {each for row in rows for each in _sources(row, own)}
    lines = ["stateDiagram-v2", f"  [*] --> {_id(OPENS)} : {OPENS}"]
    lines += [f"  {_id(each)} : after {each}" for each in _ordered(states, rows)]
    for row in rows:
        name = step_name(row.step)
        for source in _sources(row, own):
            if name not in states:
                lines.append(f"  {_id(source)} : {name}")
            elif source != name:
                lines.append(f"  {_id(source)} --> {_id(name)} : {name}")
    return "\n".join(dict.fromkeys(lines)) + "\n"


def _sources(row: TrackHandling, own: set[str]) -> list[str]:
    """The steps after which it is open: the nearest it rests on, and what lets it be taken again."""
    known = [(each, OPENED_BY.get(each.code, "")) for each in row.when]
    opened = [(each, step) for each, step in known if step in own]
    again = [step for each, step in opened if _forbids_twice(each)]
    return list(dict.fromkeys([*(_nearest(row) or [OPENS]), *again]))


def _nearest(row: TrackHandling) -> list[str]:
    """Of the steps it rests on, those on which no other of them rests."""
    rests = _rests_on(row)
    behind = {each for step in rests for each in _behind(step, frozenset(rests))}
    return [each for each in rests if each not in behind]


def _behind(step: str, seen: frozenset[str]) -> Iterator[str]:
    """All that it rests on in its turn."""
    for each in _rests_on(_ROWS[step]):
        yield each
        if each not in seen:
            yield from _behind(each, seen | {each})


def _rests_on(row: TrackHandling) -> list[str]:
    known = (OPENED_BY.get(each.code, "") for each in row.when if not _forbids_twice(each))
    shared = [each for each in known if each in _ROWS]
    return list(dict.fromkeys(shared))


def _forbids_twice(condition: Condition) -> bool:
    """Whether it keeps a step from being taken after something, until that is undone."""
    said = condition.code.split("_")
    return not condition.rests and ("already" in said or said[-1] in {"rejected", "ended"})


def _ordered(states: set[str], rows: list[TrackHandling]) -> Iterator[str]:
    yield OPENS
    yield from (name for row in rows if (name := step_name(row.step)) in states)


def _id(step: str) -> str:
    """None is a word of Mermaid's own."""
    return f"after_{step}".replace("-", "_")
