"""All streams of a kind, one after the other, in pieces that fit into memory."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from domain.folds.order import BY_DAY
from domain.message import Recorded, StreamKind
from ledger.ledger import Ledger


class Piece(NamedTuple):
    """Some events of one stream, which follow those of the piece before."""

    stream: str
    events: list[Recorded]
    is_last: bool


def pieces(ledger: Ledger, kind: StreamKind, up_to: int, size: int) -> Iterator[Piece]:
    """Every stream as of a position, by stream id.

    A stream that folds by day is one piece, for its last event may belong before all others;
    of another one not many more than `size` events are given at once.
    """
    stream, held = "", list[Recorded]()
    for stretch in ledger.stretches(kind, up_to=up_to, limit=size):
        for name, events in groupby(stretch, _stream):
            if held and name != stream:
                yield Piece(stream, held, is_last=True)
                held = []
            stream = name
            held.extend(events)
        if len(held) >= size and kind not in BY_DAY:
            yield Piece(stream, held[:-1], is_last=False)
            held = held[-1:]
    if held:
        yield Piece(stream, held, is_last=True)


def _stream(recorded: Recorded) -> str:
    return recorded.envelope.stream
