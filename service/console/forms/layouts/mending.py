"""The forms of mending."""

from collections.abc import Mapping

from domain.case.steps import CorrectEntries, RetractEntry
from service.console.forms.layout import Layout, Source

LAYOUTS: Mapping[str, Layout] = {
    "correct-entries": Layout(
        CorrectEntries,
        ("entries", "explanation", "occurred_on"),
        candidates={"entries": Source.ENTRIES},
        by_hand={"entries": "corrections"},
        checked=True,
    ),
    "retract-entry": Layout(
        RetractEntry, ("entry_number", "wrong_person", "explanation", "occurred_on"), checked=True
    ),
}
