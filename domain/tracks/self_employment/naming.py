"""Which of a track's reviews was meant by a name, whatever ordinal it has by what was told since."""

from typing import TYPE_CHECKING

from domain.case.schedule import ReviewKind, numbered

if TYPE_CHECKING:
    from domain.tracks.self_employment.state import SelfEmployment

COMES_AGAIN = frozenset(
    {
        *(ReviewKind.TRAINING_END, ReviewKind.STUDY, ReviewKind.REVISION, ReviewKind.OPINION),
        *(ReviewKind.SUBMISSION, ReviewKind.APPROVAL_CONFIRMATION),
    }
)
ONCE_A_PROJECT = frozenset(
    {ReviewKind.UNDERTAKING, ReviewKind.ORDER, ReviewKind.RECEIPT, ReviewKind.HANDOVER}
)


def standing_name_of(track: "SelfEmployment", kind: str) -> str | None:
    """Of what comes again, or once with each project, that which the track calls for by then."""
    if kind in COMES_AGAIN:
        return track.next(ReviewKind(kind))
    if kind in ONCE_A_PROJECT and track.proposals:
        return track.of_project(ReviewKind(kind))
    if kind in (ReviewKind.DECISION, ReviewKind.DEFERRED) and len(track.pending) == 1:
        (only,) = track.pending.values()
        return numbered(ReviewKind(kind), only.number, track.number)
    if kind == ReviewKind.APPEAL and track.rejection is not None:
        return numbered(ReviewKind.APPEAL, track.rejection.number, track.number)
    return None
