"""The forms of registry."""

from collections.abc import Mapping

from domain.case.moving_rules.steps import AdoptRules
from domain.registry.rules.steps import AddRules
from domain.registry.steps import MergeEntries, RegisterCentre, RegisterEntry, UndoEntryMerge
from service.console.forms.layout import Layout, Source

LAYOUTS: Mapping[str, Layout] = {
    "add-rules": Layout(
        AddRules,
        ("version", "base", "changes", "since", "explanation", "occurred_on"),
        candidates={"base": Source.RULES},
        checked=True,
    ),
    "adopt-rules": Layout(
        AdoptRules,
        ("version", "explanation", "occurred_on"),
        candidates={"version": Source.RULES},
        checked=True,
    ),
    "register-centre": Layout(
        RegisterCentre,
        ("name_fr", "name_ar", "centre", "code", "catchment", "occurred_on"),
        typed=frozenset({"centre"}),
    ),
    "register-entry": Layout(
        RegisterEntry,
        (
            "kind",
            "name_fr",
            "name_ar",
            "entry",
            "name_tifinagh",
            "province",
            "since",
            "until",
            "occurred_on",
        ),
        checked=True,
    ),
    "merge-entries": Layout(
        MergeEntries,
        ("entry", "goes_by", "occurred_on", "explanation"),
        candidates=dict.fromkeys(("entry", "goes_by"), Source.ENTRIES_THAT_ARE_ONE),
        checked=True,
    ),
    "undo-entry-merge": Layout(
        UndoEntryMerge,
        ("entry", "occurred_on", "explanation"),
        candidates={"entry": Source.ENTRIES_THAT_ARE_ONE},
        checked=True,
    ),
}
