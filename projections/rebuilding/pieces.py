"""The streams of a kind, one after the other, in pieces that fit into memory."""

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from domain.folds.order import READ_WHOLE
from domain.message import Recorded, StreamKind
from ledger.ledger import Ledger

_FINEST = 16**3
"""Into so many ranges a kind's streams can be cut, by the first three digits of their names."""


class Range(NamedTuple):
    """The streams of a kind from `first` to before `end`."""

    kind: StreamKind
    first: str
    end: str


class Piece(NamedTuple):
    """Some events of one stream, which follow those of the piece before."""

    stream: str
    events: list[Recorded]
    is_last: bool


def ranges(kind: StreamKind, many: int) -> list[Range]:
    """All streams of a kind in so many ranges, alike in size as far as names are UUIDs."""
    many = max(1, min(many, _FINEST))
    inner = [f"{kind}/{number * _FINEST // many:03x}" for number in range(1, many)]
    return [Range(kind, *bounds) for bounds in pairwise([f"{kind}/", *inner, f"{kind}0"])]


def lots(ledger: Ledger, streams: Range, up_to: int, read: int, lot: int) -> Iterator[list[Piece]]:
    """A range's pieces, so many events (`lot`) together; they are read in `read`s."""
    together: list[Piece] = []
    events = 0
    for piece in pieces(ledger, streams, up_to, read):
        together.append(piece)
        events += len(piece.events)
        if events >= lot:
            yield together
            together, events = [], 0
    if together:
        yield together


def pieces(ledger: Ledger, streams: Range, up_to: int, size: int) -> Iterator[Piece]:
    """Every stream of a range as of a position, by stream id.

    A stream that is read whole is one piece, for its last event may belong before all others;
    of another one not many more than `size` events are given at once.
    """
    stream, held = "", list[Recorded]()
    for stretch in ledger.stretches(streams.first, streams.end, up_to=up_to, limit=size):
        for name, events in groupby(stretch, _stream):
            if held and name != stream:
                yield Piece(stream, held, is_last=True)
                held = []
            stream = name
            held.extend(events)
        if len(held) >= size and streams.kind not in READ_WHOLE:
            yield Piece(stream, held[:-1], is_last=False)
            held = held[-1:]
    if held:
        yield Piece(stream, held, is_last=True)


def _stream(recorded: Recorded) -> str:
    return recorded.envelope.stream
