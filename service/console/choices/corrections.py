"""Of the entries that are chosen to be corrected: which step told each, and what it says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.console.choices.asking import Choosing
from service.console.choices.of_case import events_of
from service.console.forms.layouts import LAYOUTS
from service.queries.history import HistoricEvent

MOST_ENTRIES = 20


@dataclass(frozen=True, slots=True)
class Told:
    """An entry, where it stands in the form: its step, and what that said."""

    row: str
    step: str
    says: Mapping[str, Any]


async def told_by_entries(asked: Choosing) -> list[Told]:
    """Of the rows in which an entry is chosen, in order."""
    chosen = list(_chosen(asked))
    if not chosen or asked.about is None:
        return []
    told = await events_of(asked.visit, asked.about)
    entries = {str(each.version): each for each in told}
    return [
        Told(row, entries[number].step, _says(told, entries[number]))
        for row, number in chosen
        if number in entries and entries[number].step in LAYOUTS
    ]


def _chosen(asked: Choosing) -> Iterator[tuple[str, str]]:
    for row in range(MOST_ENTRIES):
        number = asked.typed.get(f"{asked.name}.{row}.entry_number", "")
        if not number:
            return
        yield f"{asked.name}.{row}", number


def _says(told: Sequence[HistoricEvent], entry: HistoricEvent) -> Mapping[str, Any]:
    """All that the step recorded there: it may be more than one event."""
    says: dict[str, Any] = {}
    for each in told:
        if (each.command_id, each.mends) == (entry.command_id, entry.mends):
            says |= each.fields
    return says | {"occurred_on": entry.occurred_on}
