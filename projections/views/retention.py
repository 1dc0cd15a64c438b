"""Of whom something was kept so long that it may have to go: the days that say so, of one person.

Whoever was registered twice is one person, by the registration that goes on. The rules are only
named here: a shortest time cuts what there is to look at.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, or_, select

from projections.views import complaints
from projections.views.caseload_rows import caseload
from projections.views.people import people
from projections.views.projects import projects


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    year: int
    centre: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody who is registered, and nobody follows."""

    beneficiary_id: UUID
    name_ar: str | None
    name_latin: str | None
    centre: str | None
    registered_on: date
    restricted_until: date | None
    closed: tuple[date, ...] = ()
    moved: tuple[date, ...] = ()
    followed: bool = False
    others: tuple[UUID, ...] = field(default=())
    """Registrations that go by this one."""
    rules: frozenset[str] = frozenset()
    """The versions of the rules that their cases go by."""


def held(conn: Connection, centre: str | None, counted_by: date) -> Iterator[Held]:
    """Those of whom nothing was recorded after that day that their keeping is counted from.

    A person is of the centre of the registration that goes on, wherever the others were made.
    """
    found: dict[UUID, Held] = {}
    rules = _rules(conn)
    for row in conn.execute(_everybody(counted_by)):
        name = row.merged_into or row.beneficiary_id
        one, known = _held(row, rules), found.get(name)
        found[name] = one if known is None else _joined(known, one, name)
    for name, one in found.items():
        if not one.followed and centre in (None, one.centre):
            yield replace(one, beneficiary_id=name)


def _everybody(counted_by: date) -> Any:
    it = people.c
    moved = (
        select(projects.c.beneficiary_id, func.max(projects.c.money_moved_on).label("moved_on"))
        .group_by(projects.c.beneficiary_id)
        .subquery()
    )
    long_ago = func.coalesce(it.closed_on, it.registered_on) <= counted_by
    gone_on_for = select(it.merged_into).where(it.merged_into.is_not(None))
    return (
        select(people.table, moved.c.moved_on)
        .join_from(people.table, moved, moved.c.beneficiary_id == it.beneficiary_id, isouter=True)
        .where(or_(long_ago, it.merged_into.is_not(None), it.beneficiary_id.in_(gone_on_for)))
        .order_by(it.merged_into.is_not(None), it.beneficiary_id)
    )


def _rules(conn: Connection) -> dict[UUID, set[str]]:
    """By the people, of their cases that were closed."""
    case = caseload.c
    query = select(case.beneficiary_id, case.rules_version).distinct()
    found: dict[UUID, set[str]] = {}
    for name, version in conn.execute(query.where(case.outcome.is_not(None))):
        found.setdefault(name, set()).add(version)
    return found


def _held(row: Any, rules: Mapping[UUID, Collection[str]]) -> Held:
    return Held(
        beneficiary_id=row.beneficiary_id,
        name_ar=row.name_ar,
        name_latin=row.name_latin,
        centre=row.centre,
        registered_on=row.registered_on,
        restricted_until=row.restricted_until,
        closed=(row.closed_on,) if row.closed_on else (),
        moved=(row.moved_on,) if row.moved_on else (),
        followed=row.followed,
        rules=frozenset(rules.get(row.beneficiary_id, ())),
    )


def _joined(one: Held, other: Held, name: UUID) -> Held:
    """Both are one person, who goes by that name."""
    first = one if one.beneficiary_id == name else other
    return replace(
        first,
        registered_on=max(one.registered_on, other.registered_on),
        closed=(*one.closed, *other.closed),
        moved=(*one.moved, *other.moved),
        followed=one.followed or other.followed,
        others=(*one.others, other.beneficiary_id),
        rules=one.rules | other.rules,
    )


def ended(
    conn: Connection, seen: complaints.Filters, counted_by: date
) -> list[complaints.ComplaintRow]:
    """Complaints that ended by that day, of those that whoever asks may see, and were not erased."""
    row = complaints.complaints.c
    query = complaints.query(seen).where(row.ended_on <= counted_by, row.erased_on.is_(None))
    return [complaints.complaints.read(each) for each in conn.execute(query)]
