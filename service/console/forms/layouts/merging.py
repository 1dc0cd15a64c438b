"""The forms of merging."""

from collections.abc import Mapping

from domain.beneficiary.steps import MergePerson, UndoMerge
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "merge-person": Layout(
        MergePerson,
        ("goes_by", "goes_on", "ground", "explanation", "occurred_on"),
        breaks=("goes_on",),
        checked=True,
    ),
    "undo-merge": Layout(UndoMerge, ("ground", "explanation", "occurred_on"), checked=True),
}
