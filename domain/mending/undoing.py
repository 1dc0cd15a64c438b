"""What a retracted entry did beside case and project, undone there in the same commit."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from domain.ceremony import events as g
from domain.ceremony.state import CeremonyState
from domain.ceremony.vocabulary import LineState
from domain.cohort import events as c
from domain.cohort.state import CohortState
from domain.errors import Refused
from domain.folds.order import in_order
from domain.mending.compensating import Account
from domain.mending.entries import Entry
from domain.mending.recording import folded
from domain.message import Event, Recorded, StreamKind
from domain.project import events as p
from domain.project.state import ProjectState
from domain.session import events as l
from domain.session.state import SessionState
from domain.steps.handling import Context, Events, World
from domain.steps.roles import CASE, CEREMONY, SESSION
from domain.tracks.self_employment import events as e
from domain.tracks.training import events as w
from domain.tracks.training.leaving import role_of


def undone_beside(world: World, ctx: Context, entry: Entry, projects: dict[UUID, Any]) -> Events:
    """What takes back elsewhere what the entry did there; `projects` are as they are without it.

    Raises `Refused` where it cannot be taken back there any more.
    """
    return [event for each in entry.events for event in _undone(world, ctx, entry, each, projects)]


def _undone(
    world: World, ctx: Context, entry: Entry, recorded: Recorded, projects: dict[UUID, Any]
) -> Events:
    made: Events
    match recorded.event:
        case e.SubmittedToSession() | e.RejectionAppealed() as listed:
            made = _unlisted(world, ctx, listed)
        case e.SubmissionWithdrawn() as withdrawn:
            made = _listed_again(world, ctx, entry, recorded, withdrawn)
        case e.PlacedOnCeremony():
            made = _off_the_list(world, ctx, entry)
        case w.CohortJoined() | w.CohortLeft() as place:
            made = _place_in_cohort(world, ctx, place)
        case e.EquipmentDropped():
            made = _wanted_again(world, projects)
        case e.ApprovalEnded():
            made = _stands_again(world, entry, projects)
        case _:
            made = ()
    return made


def _unlisted(
    world: World, ctx: Context, listed: e.SubmittedToSession | e.RejectionAppealed
) -> Events:
    session = world.states.get(SESSION)
    if listed.session_id is None or not isinstance(session, SessionState):
        return ()
    for line in session.lines:
        if (line.case_id, line.agreement_id) == (ctx.name, listed.agreement_id):
            said = l.ProjectUnlisted(
                case_id=ctx.name, project_id=line.project_id, agreement_id=line.agreement_id
            )
            return [(SESSION, said)] if line.decision is None else ()
    return ()


def session_before(events: Sequence[Recorded], withdrawn: Recorded) -> UUID | None:
    """On whose list the submission stood that was withdrawn; None: on none."""
    ordered = in_order(events)
    before = ordered[: ordered.index(withdrawn)] if withdrawn in ordered else []
    agreement = getattr(withdrawn.event, "agreement_id", None)
    for each in reversed(before):
        event = each.event
        if getattr(event, "agreement_id", None) != agreement:
            continue
        if isinstance(event, e.SubmittedToSession | e.RejectionAppealed):
            return event.session_id
        if isinstance(event, e.DecisionRecorded):
            return None
    return None


def _listed_again(
    world: World,
    ctx: Context,
    entry: Entry,
    recorded: Recorded,
    withdrawn: e.SubmissionWithdrawn,
) -> Events:
    """Where its session is still to decide; else the project is put to another."""
    events = world.recorded(CASE)
    if session_before(events, recorded) is None:
        return ()
    session = world[SESSION]
    if session.cancelled or session.held:
        raise Refused("mended_otherwise", entry=entry.number, steps="submit-to-session")
    track = world.case.tracks[withdrawn.track_id]
    appealed = any(
        isinstance(each.event, e.RejectionAppealed)
        and each.event.agreement_id == withdrawn.agreement_id
        for each in events
    )
    said = l.ProjectListed(
        case_id=ctx.name,
        track_id=withdrawn.track_id,
        project_id=cast("Any", track).project_id,
        agreement_id=withdrawn.agreement_id,
        appeal=appealed,
    )
    return [(SESSION, said)]


def _off_the_list(world: World, ctx: Context, entry: Entry) -> Events:
    """Nobody comes back in whose place the person came: a coordinator puts them on again."""
    ceremony = world.states.get(CEREMONY)
    if not isinstance(ceremony, CeremonyState):
        return ()
    if any(line.replaced_by == ctx.name for line in ceremony.lines.values()):
        raise Refused("mended_otherwise", entry=entry.number, steps="take-off-ceremony")
    line = ceremony.line(ctx.name)
    if line is None or ceremony.cancelled:
        return ()
    if line.state is not LineState.LISTED or ceremony.held:
        raise Refused("mended_otherwise", entry=entry.number, steps="correct-delivery")
    return [(CEREMONY, g.BeneficiaryUnlisted(case_id=ctx.name))]


def _place_in_cohort(world: World, ctx: Context, place: w.CohortJoined | w.CohortLeft) -> Events:
    """Free again; or taken again, where one is left."""
    role = role_of(place.cohort_id)
    cohort = world.states.get(role)
    if not isinstance(cohort, CohortState) or cohort.cancelled:
        return ()
    there = cohort.has(ctx.name)
    if isinstance(place, w.CohortJoined):
        return [(role, c.PlaceLeft(case_id=ctx.name))] if there else ()
    if there:
        return ()
    if cohort.left <= 0:
        raise Refused("cohort_full", places=cohort.places)
    return [(role, c.PlaceTaken(case_id=ctx.name, track_id=place.track_id))]


def _wanted_again(world: World, projects: dict[UUID, Any]) -> Events:
    """What was freed because nothing more was to come is claimed again."""
    return [
        event for account, after in _accounts(world, projects) for event in account.corrected(after)
    ]


def _stands_again(world: World, entry: Entry, projects: dict[UUID, Any]) -> Events:
    """Where nothing was on order: what stood in stock since went ways of its own."""
    command, made = entry.about.command_id, list[tuple[Any, Event]]()
    if any(
        role.kind is StreamKind.PROJECT and _on_order(world.recorded(role), command)
        for role in world.ids
    ):
        raise Refused("ended_with_orders", entry=entry.number)
    for account, after in _accounts(world, projects):
        if account.approval.ended:
            made += account.stands_again(after)
    return made


def _on_order(events: Sequence[Recorded], command: UUID) -> bool:
    """Whether something was on order when that command ended its approval, and not handed over."""
    ended = next(
        (
            number
            for number, each in enumerate(events)
            if each.envelope.command_id == command
            and isinstance(each.event, p.ProjectApprovalEnded)
        ),
        None,
    )
    if ended is None:
        return False
    before = cast("ProjectState", folded(StreamKind.PROJECT, events[:ended]))
    return any(item.on_order and not item.settled for item in before.items.values())


def _accounts(world: World, projects: dict[UUID, Any]) -> list[tuple[Account, ProjectState]]:
    """Each approval that stands without the entry, with its project as it is then."""
    found = []
    for project_id, after in projects.items():
        for agreement_id, _ in after.standing():
            role = world.role_of(StreamKind.AGREEMENT, agreement_id)
            account = Account(role, world[role], agreement_id, project_id)
            found.append((account, after))
    return found
