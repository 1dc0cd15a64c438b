"""A step of a ceremony, or of somebody on its list, drawn by chance."""

from datetime import timedelta
from uuid import UUID

from domain.ceremony import steps as c
from domain.ceremony.vocabulary import LineState
from domain.tracks.self_employment import steps as s
from domain.values.money import NOTHING
from tests.closer import moves
from tests.closer.moves import WHY, on_case, on_ceremony
from tests.closer.site import TODAY, Site, Try

WAITS = 0.6
"""How often its day is left to come by itself."""
LISTED_LATE = timedelta(days=20)
"""How long ago a ceremony may have been whose list is entered."""


def of_holder(site: Site, case_id: UUID) -> Try | None:
    """On the list: they come on the day, or are taken off it. Else they are placed on one."""
    random, track = site.random, site.track(case_id)
    if not track.on_list or track.ceremony_id is None:
        return _missing(site, case_id) if random.random() < 0.15 else _placed(site, case_id)
    ceremony = site.ceremony(track.ceremony_id)
    if random.random() < 0.12 or ceremony.held_on is None:
        return on_case(case_id, s.TakeOffCeremony(occurred_on=TODAY))
    if ceremony.held_on > site.today and random.random() < WAITS:
        return None
    site.wait_until(ceremony.held_on)
    some = list(site.intact(case_id))
    cash = moves.cash_left(site, case_id) if random.random() < 0.5 or not some else NOTHING
    on = ceremony.held_on if random.random() < 0.8 else TODAY
    return on_case(case_id, moves.handed_over(site, some, cash, on))


def _placed(site: Site, case_id: UUID) -> Try:
    """On the next ceremony's list, at times in somebody's place."""
    for ceremony_id in reversed(site.ceremonies):
        ceremony = site.ceremony(ceremony_id)
        if ceremony.held or ceremony.cancelled or ceremony.held_on is None:
            continue
        if ceremony.held_on < site.today - LISTED_LATE:
            continue
        on = TODAY if ceremony.held_on >= site.day else ceremony.held_on
        others = sorted(ceremony.cases(LineState.LISTED) - {case_id})
        leaving = site.random.choice(others) if others and site.random.random() < 0.8 else None
        step = s.PlaceOnCeremony(occurred_on=on, ceremony_id=ceremony_id, replaces=leaving)
        return on_case(case_id, step)
    return moves.announced(site, site.today + timedelta(days=site.random.randint(5, 40)))


def _missing(site: Site, case_id: UUID) -> Try | None:
    """At a ceremony that was held: they were there."""
    for ceremony_id in reversed(site.ceremonies):
        ceremony = site.ceremony(ceremony_id)
        if ceremony.held and ceremony.held_on is not None:
            return on_case(
                case_id,
                s.AddMissingLine(
                    occurred_on=ceremony.held_on, ceremony_id=ceremony_id, explanation=WHY
                ),
            )
    return None


def of_ceremony(site: Site, ceremony_id: UUID) -> Try | None:
    """Postponed, cancelled, or held on its day."""
    random, ceremony = site.random, site.ceremony(ceremony_id)
    if ceremony.held or ceremony.cancelled or ceremony.held_on is None:
        return None
    chance = random.random()
    if chance < 0.15:
        later = max(ceremony.held_on, site.today) + timedelta(days=random.randint(0, 20))
        step = c.PostponeCeremony(occurred_on=TODAY, held_on=later, explanation=WHY)
        return on_ceremony(ceremony_id, step)
    if chance < 0.25:
        cancelled = c.CancelCeremony(occurred_on=TODAY, explanation=WHY)
        return on_ceremony(ceremony_id, cancelled)
    site.wait_until(ceremony.held_on)
    return held(site, ceremony_id)


def held(site: Site, ceremony_id: UUID) -> Try:
    """Whoever was handed nothing did not come, or is handed theirs later."""
    ceremony, absent, later = site.ceremony(ceremony_id), list[UUID](), list[UUID]()
    for case_id in sorted(ceremony.cases(LineState.LISTED)):
        site.random.choice([absent, later]).append(case_id)
    assert ceremony.held_on is not None
    step = c.RecordCeremonyHeld(
        occurred_on=ceremony.held_on, absent=tuple(absent), later=tuple(later)
    )
    return on_ceremony(ceremony_id, step)
