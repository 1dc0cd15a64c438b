"""Bundles of small logs, and what somebody does to them."""

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path

from eventsourcing.persistence import Notification

from ledger.bundle import file, verify
from ledger.bundle.file import About, new_file
from ledger.bundle.part import Bucket, add_part
from ledger.bundle.whole import add_whole
from tests.support import logged
from tests.support.logged import House

MADE = datetime(2026, 11, 27, 20, tzinfo=UTC)


def about(
    house: House, events: Sequence[Notification], holds: str, earlier: Sequence[int]
) -> About:
    return About(
        house.origin,
        holds,
        "something",
        MADE,
        (house.vkey,),
        house.checkpoint(events),
        tuple((size, house.checkpoint(events[:size])) for size in earlier),
    )


def whole(
    path: Path,
    events: Sequence[Notification],
    earlier: Sequence[int] = (),
    house: House | None = None,
) -> Path:
    house = house or House()
    facts = about(house, events, "all", earlier)
    with new_file(path) as bundle:
        bundle.begin(facts)
        add_whole(bundle, events, len(events))
        bundle.end(facts, len(events), house.sign)
    return path


class Proved:
    """`ledger.bundle.part.Proofs`, by the recursive definitions."""

    def __init__(self, events: Sequence[Notification]) -> None:
        self._leaves = [logged.leaf(logged.entry(event)) for event in events]
        self._buckets = logged.buckets(events)

    def inclusion(self, event: Notification) -> list[bytes]:
        return logged.inclusion(event.id - 1, self._leaves)

    def consistency(self, size: int) -> list[bytes]:
        return logged.consistency(size, self._leaves)

    def bucket(self, stream: str) -> Bucket:
        number = int.from_bytes(logged.stream_key(stream)[:2], "big")
        return Bucket(self._buckets[number], logged.streams_proof(self._buckets, number))


def part(
    path: Path,
    events: Sequence[Notification],
    streams: Collection[object],
    earlier: Sequence[int] = (),
    house: House | None = None,
) -> Path:
    house = house or House()
    facts = about(house, events, "part", earlier)
    chosen = [event for event in events if event.originator_id in streams]
    with new_file(path) as bundle:
        bundle.begin(facts)
        add_part(bundle, chosen, facts.checkpoint, Proved(events), earlier)
        bundle.end(facts, len(chosen), house.sign)
    return path


def program_of(text: str, path: Path, setting: Callable[..., None]) -> None:
    """Have bundles carry a short program: each of its bytes is under one hash, as is the long one's."""
    path.write_text(text)
    setting(file, "PROGRAM", path)
    setting(file, "README", "short\n")


def found_out(path: Path) -> verify.Altered:
    """What a check of it says; an `AssertionError` when that is nothing."""
    try:
        verify.check(path, workers=1)
    except verify.Altered as altered:
        return altered
    except verify.Unusable as unusable:
        return verify.Altered(f"unusable: {unusable}")
    raise AssertionError("nothing was found")
