"""What goes into a bundle that is not of the whole ledger: which streams belong together."""

from collections.abc import Iterator
from typing import NamedTuple, cast
from uuid import UUID

from domain.agreement.state import AgreementState
from domain.message import StreamKind, kind_of, stream_id
from ledger.ledger import Ledger
from ledger.proof.log import READS, RECEIPTS, UPKEEP
from service.running.auditing.replaying import stream_named, with_what_is_theirs
from service.running.faults import OperatorError

FOLLOWED = {
    "case_id": StreamKind.CASE,
    "project_id": StreamKind.PROJECT,
    "order_id": StreamKind.ORDER,
    "session_id": StreamKind.SESSION,
    "ceremony_id": StreamKind.CEREMONY,
}
"""What an agreement's entries name, and those of its cases."""


OTHERS = {
    READS: "the log of readings",
    UPKEEP: "the notes of upkeep",
    RECEIPTS: "what commands were answered",
}


class Scope(NamedTuple):
    """`streams` is None for all there are."""

    about: str
    streams: frozenset[str] | None


def scope(
    ledger: Ledger,
    *,
    case: str | None = None,
    agreement: UUID | None = None,
    season: str | None = None,
    other: str | None = None,
) -> Scope:
    """`other`: another log than the ledger's own, of `OTHERS`.

    Raises `OperatorError` where there is none, or more than one thing is asked for.
    """
    if sum(each is not None for each in (case, agreement, season, other)) > 1:
        raise OperatorError(
            "a bundle is of one case, one agreement, one season, the readings, the upkeep, the receipts,"
            " or the whole ledger"
        )
    if other is not None:
        return Scope(OTHERS[other], None)
    if case is not None:
        stream = stream_named(ledger, case)
        if kind_of(stream) is not StreamKind.CASE:
            raise OperatorError(f"{case} is no case")
        return Scope(stream, frozenset(with_what_is_theirs(ledger, stream)))
    if agreement is not None:
        stream = stream_named(ledger, f"{StreamKind.AGREEMENT}/{agreement}")
        return Scope(stream, frozenset(_of_agreement(ledger, stream)))
    if season is not None:
        return Scope(f"season {season}", frozenset(_of_season(ledger, season)))
    return Scope("the whole ledger", None)


def _of_season(ledger: Ledger, season: str) -> Iterator[str]:
    streams = [stream for stream, _ in ledger.streams(StreamKind.AGREEMENT)]
    states = {stream: cast("AgreementState", ledger.state(stream)) for stream in streams}
    labels = {stream: state.season.label for stream, state in states.items() if state.season}
    if season not in labels.values():
        known = ", ".join(sorted(set(labels.values()))) or "none"
        raise OperatorError(f"there is no agreement of season {season}; there are those of {known}")
    for stream, label in labels.items():
        if label == season:
            yield from _of_agreement(ledger, stream)


def _of_agreement(ledger: Ledger, stream: str) -> Iterator[str]:
    """It, its orders, and the cases it pays for, each with its person and all its projects; and the
    sessions that decided and the ceremonies that handed over.
    """
    yield stream
    named = _named(ledger, stream)
    for case in [each for each in named if kind_of(each) is StreamKind.CASE]:
        named |= _named(ledger, case)
    for each in named:
        yield from with_what_is_theirs(ledger, each)


def _named(ledger: Ledger, stream: str) -> set[str]:
    return {
        stream_id(kind, name)
        for recorded in ledger.history(stream)
        for field, kind in FOLLOWED.items()
        if (name := getattr(recorded.event, field, None)) is not None
    }
