"""The steps that keep the registry."""

from domain.message import Role
from domain.registry import decide
from domain.registry.events import (
    CentreRegistered,
    EntriesMerged,
    EntryMergeUndone,
    EntryRegistered,
)
from domain.registry.steps import MergeEntries, RegisterCentre, RegisterEntry, UndoEntryMerge
from domain.steps.table import Part, row

REGISTRY = Part(
    "registry",
    (
        row(
            RegisterCentre,
            CentreRegistered,
            who=frozenset({Role.ADMINISTRATOR}),
            by=decide.register_centre,
        ),
        row(
            RegisterEntry,
            EntryRegistered,
            who=frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
            by=decide.register_entry,
            whose=decide.of_any_centre,
        ),
        row(
            MergeEntries,
            EntriesMerged,
            who=frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
            by=decide.merge_entries,
            whose=decide.of_any_centre,
        ),
        row(
            UndoEntryMerge,
            EntryMergeUndone,
            who=frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
            by=decide.undo_merge,
            whose=decide.of_any_centre,
        ),
    ),
)
