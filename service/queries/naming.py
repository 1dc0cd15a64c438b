"""What answers name by a code of the registry: as it was called on the day that they tell of.

An order of last year is its supplier's under the name it had then, however it is called since, and
whatever it was merged into.
"""

from collections.abc import Callable
from datetime import date
from typing import cast

from domain.message import Message
from domain.registry.events import EntryRegistered
from domain.registry.state import REGISTRY, RegistryState
from service.access.reader import Reading
from service.words import writing
from service.words.language import Language

Called = Callable[[str | None, date | None], str | None]
"""By a code and a day, the name; None where nothing is registered under it."""


class SaidOfEntry(Message):
    """What an entry is called from a day on."""

    since: date
    name_fr: str
    name_ar: str
    name_tifinagh: str | None


def registry_of(reading: Reading) -> RegistryState:
    return cast("RegistryState", reading.ledger.state(REGISTRY))


def called(reading: Reading) -> Called:
    """In the language asked for; what has no name in English is called as in French."""
    registry, arabic = registry_of(reading), reading.reader.language is Language.ARABIC

    def name(code: str | None, on: date | None) -> str | None:
        said = registry.called_on(code, on or reading.today) if code is not None else None
        return None if said is None else said.name_ar if arabic else said.name_fr

    return name


def said_of(reading: Reading, code: str | None, on: date) -> EntryRegistered | None:
    """In every language."""
    return None if code is None else registry_of(reading).called_on(code, on)


def names_of(registry: RegistryState, code: str) -> tuple[SaidOfEntry, ...]:
    """All it was ever called, by the day from which on."""
    return tuple(
        SaidOfEntry(
            since=since,
            name_fr=said.name_fr,
            name_ar=said.name_ar,
            name_tifinagh=said.name_tifinagh,
        )
        for since, said in registry.said.get(code, ())
    )


def region_name(reading: Reading, code: str | None) -> str | None:
    return writing.region(code, reading.reader.language) or None
