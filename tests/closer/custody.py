"""Somebody is arrested, at times after an order was placed for them, or is out again: by chance."""

from uuid import UUID

from domain.case.custody import steps as custody
from domain.case.custody import steps as s
from domain.case.custody.vocabulary import DetentionKind, ReleaseKind, TrackInside
from tests.closer.moves import on_case
from tests.closer.site import TODAY, Site, Try

LEAVES = (ReleaseKind.END_OF_SENTENCE, ReleaseKind.ACQUITTAL, ReleaseKind.PARDON)


def in_custody(site: Site, case_id: UUID) -> Try | None:
    """None of whom it cannot be told any more."""
    case = site.case(case_id)
    if case_id in site.outside.dead or not case.is_open:
        return None
    if case.custody.in_detention:
        kind = site.random.choice(LEAVES)
        return on_case(case_id, custody.RecordRelease(occurred_on=TODAY, release=kind))
    kind_in = site.random.choice(list(DetentionKind))
    choices = _choices(site, case_id)
    return on_case(case_id, s.BeginDetention(occurred_on=TODAY, kind=kind_in, tracks=choices))


def _choices(site: Site, case_id: UUID) -> tuple[s.TrackChoice, ...]:
    """For each open track: it rests, or the family goes on with it."""
    family = site.random.random() < 0.5
    choice = TrackInside.FAMILY_CONTINUES if family else TrackInside.SUSPENDED
    return tuple(
        s.TrackChoice(
            track_id=track_id, choice=choice, family_member="A sister." if family else None
        )
        for track_id, track in site.case(case_id).tracks.items()
        if track.open_on(site.day)
    )
