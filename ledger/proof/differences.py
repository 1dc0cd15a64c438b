"""Where a log and its tree part: the whole log is read for it.

A log that lost its tail has nothing behind that stands as it was sealed; one that was changed has.
"""

from collections.abc import Iterator

from ledger.faults import translated
from ledger.proof.entry import stands_as
from ledger.proof.log import TOGETHER, Log, LogDiffers
from ledger.proof.tiles import Tiles


def first_difference(log: Log) -> int | None:
    """The first position at which the tree has another event, or the log none; None for none."""
    return next(_differing(log), None)


def lost_from(log: Log) -> int | None:
    """As `first_difference`, of a log that lost its tail. Raises `LogDiffers` where something behind
    that stands as it was sealed: then no tail was lost, something was changed.
    """
    head, found = log.head(), [*_differing(log)]
    if not found or head is None:
        return None
    if len(found) <= head.size - found[0]:
        raise LogDiffers(found[0])
    return found[0]


def _differing(log: Log) -> Iterator[int]:
    """Each position at which the tree has another event, or the log none."""
    head = log.head()
    position, size = 0, head.size if head else 0
    while position < size:
        with translated("ledger"):
            found = log.store.select_notifications(
                position, TOGETHER, stop=size, inclusive_of_start=False
            )
        differing: list[int] = []
        with translated("proof"), log.room.reading() as statements:
            tiles = Tiles(statements, log.name)
            for each in found:
                differing += range(position + 1, each.id)
                if not stands_as(each, tiles.leaf(each.id - 1)):
                    differing.append(each.id)
                position = each.id
        yield from differing
        if not found:
            yield from range(position + 1, size + 1)
            return
