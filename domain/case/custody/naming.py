"""Which episode a review belongs to, whatever number that has by now.

A review's name holds the number, by day, of the stay or episode that it hangs on. An older one may be
told of later: then the numbers move, and what was said of a review by its name on some day is about
the stay or episode of that day.
"""

from collections.abc import Mapping

from domain.case.custody.state import Custody, Episode
from domain.case.custody.vocabulary import EpisodeKind
from domain.case.schedule import ReviewKind, numbered

OF_EPISODE: Mapping[str, EpisodeKind] = {
    ReviewKind.PENALTY: EpisodeKind.ALTERNATIVE_PENALTY,
    ReviewKind.PENALTY_END: EpisodeKind.ALTERNATIVE_PENALTY,
    ReviewKind.CONDITIONS_END: EpisodeKind.CONDITIONAL_RELEASE,
}


def as_of(custody: Custody, key: str) -> str:
    """The review of that name, with the number that its stay or episode has: of custody as of a day."""
    kind, *rest = key.split("/")
    if kind == ReviewKind.ESCALATION:
        level, *review = rest
        return "/".join((kind, level, as_of(custody, "/".join(review))))
    if kind == ReviewKind.FIRST_CONTACT:
        left = [stay.number for stay in custody.stays if stay.left is not None]
        return numbered(ReviewKind.FIRST_CONTACT, left[-1]) if left else key
    if kind == ReviewKind.RELEASE_UNCONFIRMED:
        return numbered(ReviewKind.RELEASE_UNCONFIRMED, custody.number)
    if kind == ReviewKind.PRE_RELEASE:
        return numbered(ReviewKind.PRE_RELEASE, rest[0], custody.number)
    if kind == ReviewKind.TRANSFER:
        return numbered(ReviewKind.TRANSFER, len(custody.moves) or rest[0])
    episode = _episode(custody, kind)
    return key if episode is None else "/".join((kind, str(episode.number), *rest[1:]))


def _episode(custody: Custody, kind: str) -> Episode | None:
    """That runs, of those that such a review hangs on."""
    if kind == ReviewKind.CONDITIONAL_REQUEST:
        return custody.detention
    of = OF_EPISODE.get(kind)
    return custody.running(of) if of is not None else None
