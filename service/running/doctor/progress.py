"""Whoever follows the ledger: level with it, moving, or standing still. Looked at twice."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field

from domain.errors import DatabaseBehind, JisrError, NewerReleaseNeeded, Unexpected
from ledger.following.erasing import ERASURES
from ledger.following.tracking import PassedOver
from ledger.ledger import Ledger
from projections.opening import look_at_views
from projections.reached import State
from projections.views.table import shape
from service.running.doctor.finding import Finding, Part, broken, well

MOVES_WITHIN = 1.5
"""Seconds between two looks: whoever is at work has moved by then, or is level."""
WORKER = "start `jisr worker` (or `jisr up`); if it runs, look into its log"
PROJECTOR = "start `jisr projector` (or `jisr up`); if it runs, look into its log"
FORGET = "stop Jisr, and move `ledger.db.followers` away: they follow again from the first event"
REBUILD = "run `jisr rebuild views`, while everything else runs"


@dataclass(frozen=True, slots=True)
class Look:
    """Where everybody stood at one moment."""

    head: int
    followers: Mapping[Part, int]
    passed_over: Mapping[Part, list[PassedOver]]
    views: State | None
    wrong: tuple[Finding, ...] = field(default=())
    """What could not be looked at."""

    @property
    def is_level(self) -> bool:
        standing = [*self.followers.values(), self.views.reached.position if self.views else 0]
        return min(standing) >= self.head


def look(views_url: str, ledger: Ledger) -> Look:
    """One look; the head first, so that who stands there is level."""
    head = ledger.head()
    wrong: list[Finding] = []
    followers: dict[Part, int] = {}
    passed_over: dict[Part, list[PassedOver]] = {}
    views = None
    try:
        followers, passed_over = _followers(ledger)
    except JisrError as error:
        found = f"how far they have come cannot be read ({error.__cause__ or error})"
        wrong.append(broken(Part.ERASING, found, FORGET))
    try:
        views = look_at_views(views_url)
    except JisrError as error:
        found = f"they cannot be read ({error.__cause__ or error})"
        advice = "start the projector, which makes damaged ones anew"
        wrong.append(broken(Part.VIEWS, found, advice))
    return Look(head, followers, passed_over, views, tuple(wrong))


def _followers(ledger: Ledger) -> tuple[dict[Part, int], dict[Part, list[PassedOver]]]:
    # ruff: noqa: PLC0415 - slow to load
    from service.notify.filling import NOTICES
    from workflows.batch.forgetting import LISTS
    from workflows.refreshing import WORKFLOWS

    names = {
        Part.ERASING: ERASURES,
        Part.FORGETTING: LISTS,
        Part.TELLING: WORKFLOWS,
        Part.NOTICES: NOTICES,
    }
    try:
        with closing(ledger.feed.tracking()) as tracking:
            at = {part: tracking.at(name).position for part, name in names.items()}
            return at, {part: tracking.passed_over(name) for part, name in names.items()}
    except DatabaseBehind:  # nobody has begun
        return dict.fromkeys(names, 0), {}


def compared(first: Look, then: Look, ledger: Ledger) -> Iterator[Finding]:
    """What two looks come to."""
    for part, position in then.followers.items():
        if failed := then.passed_over.get(part):
            yield _passed_over(part, failed)
        else:
            before = first.followers.get(part, 0)
            yield _moving(part, (before, position), first.head, WORKER)
    yield from then.wrong
    if then.views is not None or not any(each.part is Part.VIEWS for each in then.wrong):
        yield from _views(first, then, ledger)


def _moving(part: Part, positions: tuple[int, int], head: int, advice: str) -> Finding:
    """Whoever has come to the first look's head is level, however busy the ledger is."""
    before, now = positions
    if now >= head:
        return well(part, "level with the ledger")
    if now > before:
        return well(part, f"{head - now} events behind, and moving")
    return broken(part, f"{head - now} events behind, and not moving", advice)


def _passed_over(part: Part, failed: list[PassedOver]) -> Finding:
    first = failed[0]
    return broken(
        part,
        f"passed over {len(failed)} events, the first at position {first.position}, "
        f"since {first.since:%Y-%m-%d %H:%M} UTC, and tries them again each minute",
        "look into the worker's log: it has the reference of each fault",
    )


def _views(first: Look, then: Look, ledger: Ledger) -> Iterator[Finding]:
    if then.views is None:
        if then.head:
            yield broken(Part.PROJECTOR, "there are no views yet", PROJECTOR)
        return
    position, event_id = then.views.reached
    if position and not _stands(position, event_id, ledger):
        yield broken(
            Part.TAIL,
            f"the views know an event at position {position} that the ledger has not",
            "an older copy of the ledger was brought back: see which entries must be made"
            " again, and run `jisr ledger accept`",
        )
        return
    if then.views.shape != shape():
        yield broken(Part.VIEWS, "they are being made anew, and answer nothing until then", REBUILD)
    before = first.views.reached.position if first.views else 0
    moving = _moving(Part.PROJECTOR, (before, position), first.head, PROJECTOR)
    yield moving if moving.is_well else _stopped(moving, position, ledger)


def _stands(position: int, event_id: str, ledger: Ledger) -> bool:
    """Whether the ledger has that event there; True where it is there and cannot be read."""
    try:
        return str(ledger.event_id(position)) == event_id
    except JisrError:
        return True


def _stopped(moving: Finding, at: int, ledger: Ledger) -> Finding:
    """Why it stands still, where that is the next event."""
    behind = moving.found
    try:
        ledger.events(at, 1)
    except NewerReleaseNeeded as error:
        found = f"{behind}: only a newer release knows the event at position {at + 1}"
        return broken(Part.PROJECTOR, found, str(error))
    except Unexpected as fault:
        why = fault.params.get("type") or fault.params.get("because") or "a fault"
        return broken(
            Part.PROJECTOR,
            f"{behind}: the event at position {at + 1} cannot be read ({why})",
            "lists and reports answer as of there: tell who made Jisr, and look which program "
            "wrote it",
        )
    return moving
