"""The rules of the registry."""

from datetime import date

from domain.errors import NotAllowed, Refused
from domain.message import Actor, Event, Role
from domain.registry import events as e
from domain.registry import steps as s
from domain.registry.centres.serving import parts_of, said_at_first
from domain.registry.state import RegistryState
from domain.steps.checks import not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo
from domain.values.codes import EntryKind

OF_COORDINATORS = frozenset({EntryKind.SUPPLIER, EntryKind.COMPANY, EntryKind.ASSOCIATION})
"""What a coordinator registers too, in the provinces that the centre serves."""


def register_centre(world: World, step: s.RegisterCentre, _: Context) -> Event:
    """A code is one centre's for good: references on paper begin with it.

    Of one that is known the names alone are told anew: which provinces it served on a day stays.
    """
    for other in world.registry.centres.values():
        if (other.code == step.code) != (other.centre == step.centre):
            raise Refused("centre_code_taken", code=other.code, centre=other.centre)
    for part in step.catchment:
        if part.until is not None:
            not_before(part.until, part.since)
    known = world.registry.centres.get(step.centre)
    if known is not None and set(parts_of(said_at_first(step.catchment))) != set(known.catchment):
        raise Refused("catchment_differs")
    return echo(e.CentreRegistered, step)


def register_entry(world: World, step: s.RegisterEntry, ctx: Context) -> Event:
    """A code is of one kind for good: steps that named it go on meaning the same."""
    before = world.registry.entries.get(step.entry)
    if before is not None and before.kind is not step.kind:
        raise Refused("entry_code_taken", kind=str(before.kind))
    if step.entry in world.registry.merged:
        raise Refused("entry_goes_by_another", goes_by=world.registry.goes_by(step.entry))
    if step.kind is EntryKind.COMMITTEE and step.province is None:
        raise Refused("committee_without_province")
    if ctx.actor.role is Role.COORDINATOR:
        lying = {step.province, before.province} if before else {step.province}
        _require_theirs(world.registry, step.kind, lying, ctx.actor, ctx.today)
    if step.until is not None:
        not_before(step.until, step.since)
    return echo(e.EntryRegistered, step)


def merge_entries(world: World, step: s.MergeEntries, ctx: Context) -> Event:
    """What is of one kind, and still stands for itself; the other may itself go by a third one."""
    registry = world.registry
    own = _registered(registry, step.entry, "entry")
    if ctx.actor.role is Role.COORDINATOR:
        _require_theirs(registry, own.kind, {own.province}, ctx.actor, ctx.today)
    other = _registered(registry, registry.goes_by(step.goes_by), "goes_by")
    if step.entry in registry.merged:
        raise Refused("entry_merged_already", goes_by=registry.goes_by(step.entry))
    if own.entry == other.entry:
        raise Refused("entries_are_one")
    if own.kind is not other.kind:
        raise Refused("entries_of_two_kinds", kind=str(own.kind), other=str(other.kind))
    along = registry.going_by(own.entry)
    return echo(e.EntriesMerged, step, goes_by=other.entry, along=along)


def undo_merge(world: World, step: s.UndoEntryMerge, ctx: Context) -> Event:
    registry = world.registry
    own = _registered(registry, step.entry, "entry")
    if ctx.actor.role is Role.COORDINATOR:
        _require_theirs(registry, own.kind, {own.province}, ctx.actor, ctx.today)
    if step.entry not in registry.merged:
        raise Refused("entry_not_merged")
    return echo(e.EntryMergeUndone, step, along=registry.going_by(own.entry))


def _registered(registry: RegistryState, entry: str, field: str) -> e.EntryRegistered:
    known = registry.entries.get(entry)
    if known is None:
        raise Refused("entry_not_registered", kinds=",".join(EntryKind), field=field)
    return known


def _require_theirs(
    registry: RegistryState,
    kind: EntryKind,
    lying: set[str | None],
    coordinator: Actor,
    today: date,
) -> None:
    """Raises `NotAllowed` unless it lies, and lay, where the coordinator's centre serves."""
    if kind not in OF_COORDINATORS:
        raise NotAllowed("entry_of_administrator", kind=str(kind))
    if not lying <= registry.provinces_of(coordinator.centre or "", today):
        raise NotAllowed("entry_of_other_province")


def of_any_centre(_world: World, _state: object, _actor: Actor, _today: date) -> None:
    """Whose an entry is, the rule asks: by its province."""
