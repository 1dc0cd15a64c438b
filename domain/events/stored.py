"""What is stored: every type of event by the name the ledger keeps it under, and older shapes.

What is stored names a type here; nothing is ever imported by a stored name. A type's shape
changes by a new version, and an *upcast* that makes of what was stored under the one before
what it says now. An upcast may rename a type, and may split an event into several; it is
given the envelope, and a payload without what was erased.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple

from domain.agreement import events as agreement
from domain.batch import events as batch
from domain.beneficiary import events as beneficiary
from domain.beneficiary.restriction import events as restriction
from domain.beneficiary.rights import events as rights
from domain.case import events as case
from domain.case.attestation import events as attestation
from domain.case.awaiting import events as awaiting
from domain.case.consents import events as consents
from domain.case.custody import events as custody
from domain.case.emergency import events as emergency
from domain.case.household import events as household
from domain.case.moving_rules import events as moving_rules
from domain.case.noticed import events as noticed
from domain.case.plan import events as plan
from domain.case.referral import events as referral
from domain.case.residence import events as residence
from domain.case.restricted import events as restricted
from domain.case.support import events as support
from domain.ceremony import events as ceremony
from domain.cohort import events as cohort
from domain.complaint import events as complaint
from domain.dismissal import events as dismissal
from domain.message import Envelope, Event, FieldClass, class_of
from domain.numbers import events as numbers
from domain.order import events as order
from domain.project import events as project
from domain.reception import events as reception
from domain.reference import events as reference
from domain.registry import events as registry
from domain.registry.centres import events as centres
from domain.registry.rules import events as rules
from domain.session import events as session
from domain.staff import events as staff
from domain.staff.calendar_link import events as calendar_link
from domain.staff.emergencies import events as emergencies
from domain.staff.partners import events as partners
from domain.staff.reach import events as reach
from domain.staff.standing_in import events as standing_in
from domain.tracks.table import TRACKS
from domain.tracks.training import events as training
from domain.upkeep import events as upkeep

MODULES = (
    *(case, custody, moving_rules, rules, referral, support, awaiting, household, consents, plan),
    *(restriction, restricted),
    *(attestation, noticed, rights, emergency, emergencies),
    training,
    *(tables.events for tables in TRACKS.values()),
    *(project, agreement, order, session, ceremony, cohort, beneficiary, staff, registry),
    reference,
    *(numbers, partners, standing_in, reach, centres, residence, batch, complaint, reception),
    calendar_link,
    upkeep,
    dismissal,
)


class Part(NamedTuple):
    """What an upcast makes of an event: of this type and version, this payload."""

    type: str
    version: int
    payload: dict[str, Any]


Upcast = Callable[[Envelope, dict[str, Any]], Sequence[Part]]
"""From the envelope as stored and the payload; at least one part, each of the same stream."""


def recorded_in(module: ModuleType) -> list[type[Event]]:
    """The types of a module that are recorded: those that name themselves."""
    return [
        found
        for found in vars(module).values()
        if isinstance(found, type)
        and issubclass(found, Event)
        and found.__module__ == module.__name__
        and found.stored
    ]


def by_name(types: Iterable[type[Event]]) -> dict[str, type[Event]]:
    """Raises `TypeError` for two types of one name."""
    named: dict[str, type[Event]] = {}
    for cls in types:
        if named.setdefault(cls.stored, cls) is not cls:
            raise TypeError(f"{cls.__qualname__} is stored as {cls.stored}, as another type is")
    return named


EVENTS: Mapping[str, type[Event]] = by_name(
    cls for module in MODULES for cls in recorded_in(module)
)

UPCASTS: Mapping[tuple[str, int], Upcast] = {}
"""Stored name and version → what it is now. None yet: every type is in its first version."""


def class_of_field(event_type: str, field: str) -> FieldClass:
    """How far a field of a stored type may travel: what history, views and exports mask by."""
    return class_of(EVENTS[event_type], field)
