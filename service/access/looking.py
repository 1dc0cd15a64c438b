"""What of people an answer shows: whose it is, and which of the protected classes.

Asked of every answer as it was masked, whatever the door; `service.application` writes it down
before anybody is shown anything (`ledger.reads`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from domain.errors import Refused
from domain.events.veil import Veilable
from domain.message import ENCRYPTED, Actor, FieldClass, StreamKind, class_of, kind_of, name_of
from ledger.reads.looked import Looked
from service.access.asker import Asker
from service.access.masking import PLAIN
from service.access.reader import Reading
from service.access.table import FIELDS, QUERIES, STEPS, centre_bound
from service.access.things import SeenCase, SeenComplaint, SeenPerson, SeenProject
from service.access.vocabulary import Scope

CASE, PERSON = "case_id", "beneficiary_id"
"""What a field is called, in every answer, that says whose it is."""
OF_A_PERSON = frozenset({Scope.PERSON, Scope.ERASURE})
ALONE = frozenset(
    {Scope.CASE, Scope.PERSON, Scope.ERASURE, Scope.PROJECT, Scope.COMPLAINT, Scope.LINE}
)
"""Of one case or person, and not of a list."""
ELSEWHERE = "number_known_at_centre"
"""By which a step says that a number is somebody's whom its taker may not read of."""
OF_NOBODY = frozenset(
    {Scope.HOUSE, Scope.REGISTRY, Scope.COLLEAGUES, Scope.OWN, Scope.BATCHES, Scope.NEW_BATCH}
)
"""Of the house and its staff: whoever is refused there asked for nobody's data."""
OF_SOMEBODY = frozenset({Scope.COMPLAINT, Scope.BATCH})
"""What was told or pasted there is of somebody, though it hangs on no case."""
STATISTICS = frozenset(
    {"get-report", "get-report-as-known", "get-registry-totals", "count-cases", "count-receptions"}
)
"""Numbers of people. A small one may be of somebody whom a reader knows: then it is a reading of them."""
FEW = 5
"""Cells under it are kept back in what leaves the house (`programme.md`, Numbers)."""
WHOLE = ("-history", "-paper", "-record")
"""How those queries are called whose answer has what was written as it was written: all classes that
the reader may see are taken as shown."""


@dataclass(slots=True)
class Shown:
    """Of whom something was shown, and what."""

    cases: set[UUID] = field(default_factory=set)
    persons: set[UUID] = field(default_factory=set)
    classes: set[FieldClass] = field(default_factory=set)
    query: str = ""
    alone: bool = False
    unnamed: bool = False
    """Whether it tells of somebody, and not by which id they are known."""
    emergency: bool = False
    refused: str | None = None

    @property
    def anybody(self) -> bool:
        return bool(self.cases or self.persons or self.unnamed)


def shown(query: str, reading: Reading, things: tuple[object, ...], answer: Any) -> Shown:
    """What the answer to the query of that name shows, as it was masked; `things`: what it is of."""
    scope = QUERIES[query].scope
    found = Shown(
        unnamed=scope in OF_SOMEBODY,
        cases=set(reading.saw_cases),
        persons=set(reading.saw),
        query=query,
        alone=scope in ALONE,
    )
    if things:
        _thing(things[0], reading.reader.actor, found)
    _look(answer, found)
    if query in STATISTICS and _has_few(answer):
        found.unnamed = True
    whole = query.endswith(WHOLE) or query.startswith("print-")
    if whole and found.anybody:
        found.classes |= FIELDS[reading.reader.actor.role] & ENCRYPTED
    elif things and isinstance(things[0], SeenComplaint) and things[0].read:
        found.classes.add(FieldClass.PERSONAL)  # whoever handles it reads it, whatever their role
    return found


def refused(query: str, asked: tuple[object, ...], code: str) -> Shown | None:
    """Whose data was asked for and not shown; None where it is nobody's."""
    row = QUERIES.get(query)
    if row is None or row.scope in OF_NOBODY:
        return None
    found = Shown(query=query, alone=row.scope in ALONE, refused=code)
    first = asked[0] if asked else None
    if isinstance(first, UUID):
        theirs = {Scope.CASE: found.cases, **dict.fromkeys(OF_A_PERSON, found.persons)}
        theirs.get(row.scope, set()).add(first)
    return found


def told_by(step: str, refusal: Refused) -> Shown | None:
    """Whom a step's refusal names, or keeps back: that a number is somebody's is read of them too,
    though nobody asked for them alone.
    """
    found = Shown(query=step)
    for name, among in ((CASE, found.cases), (PERSON, found.persons)):
        _name(refusal.params.get(name), among)
    if refusal.code == ELSEWHERE:
        found.refused = refusal.code
    return found if found.anybody or found.refused else None


def foretold(step: str, streams: Iterable[str], reviews: object) -> Shown:
    """Of whom it tells what would follow from a step: what is foreseen is read."""
    found = Shown(query=step, alone=STEPS[step].scope in ALONE)
    among = {StreamKind.CASE: found.cases, StreamKind.BENEFICIARY: found.persons}
    for stream in streams:
        if (kind := kind_of(stream)) in among:
            _name(name_of(stream), among[kind])
    _look(reviews, found)
    return found


def looked_of(asker: Asker, actor: Actor, told: Shown, at: datetime, outside: bool) -> Looked:  # noqa: FBT001 - a fact of the moment
    """The entry that the log of readings gets."""
    return Looked(
        at=at,
        staff=actor.id,
        role=actor.role,
        centre=actor.centre,
        credential=actor.credential,
        door=asker.door,
        request=asker.request,
        query=told.query,
        purpose=asker.purpose,
        classes=tuple(sorted(told.classes)),
        cases=tuple(sorted(told.cases)),
        persons=tuple(sorted(told.persons)),
        alone=told.alone,
        emergency=told.emergency,
        outside_hours=outside,
        refused=told.refused,
    )


def _thing(thing: object, actor: Actor, found: Shown) -> None:
    found.emergency = by_emergency(actor, thing)
    match thing:
        case SeenCase():
            found.cases.add(thing.id)
            if thing.state.beneficiary_id is not None:
                found.persons.add(thing.state.beneficiary_id)
        case SeenPerson():
            found.persons.add(thing.id)
        case SeenProject():
            found.cases.add(thing.case_id)
        case SeenComplaint() if thing.state.case_id is not None:
            found.cases.add(thing.state.case_id)


def by_emergency(actor: Actor, thing: object) -> bool:
    """Whether it is another centre's: then they read it by having opened it in an emergency."""
    match thing:
        case SeenCase() | SeenPerson():
            centre = thing.state.centre
        case SeenProject():
            centre = thing.centre
        case _:
            return False
    return centre_bound(actor) not in (None, centre)


def _has_few(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, int):
        return 0 < value < FEW
    if isinstance(value, BaseModel):
        return any(_has_few(each) for _, each in value)
    if isinstance(value, Mapping):
        return any(map(_has_few, value.values()))
    return isinstance(value, list | tuple) and any(map(_has_few, value))


def _look(value: Any, found: Shown) -> None:
    if isinstance(value, PLAIN):
        return
    if isinstance(value, BaseModel):
        _look_into(value, found)
    elif isinstance(value, Mapping):
        _name(value.get(CASE), found.cases)
        _name(value.get(PERSON), found.persons)
        for each in value.values():
            _look(each, found)
    elif isinstance(value, list | tuple | frozenset | set):
        for each in value:
            _look(each, found)


def _look_into(value: BaseModel, found: Shown) -> None:
    of_case, of_person, marked, others = _fields_of(type(value))
    if of_case:
        _name(getattr(value, CASE), found.cases)
    if of_person:
        _name(getattr(value, PERSON), found.persons)
    for name, mark in marked:
        if getattr(value, name) not in (None, (), ""):
            found.classes.add(mark)
    for name in others:
        _look(getattr(value, name), found)
    if isinstance(value, Veilable) and value.seen_with(()) is not value:
        found.classes.add(FieldClass.JUDICIAL)


def _name(value: Any, among: set[UUID]) -> None:
    if isinstance(value, UUID):
        among.add(value)
    elif isinstance(value, str):
        try:
            among.add(UUID(value))
        except ValueError:
            return


@cache
def _fields_of(
    model: type[BaseModel],
) -> tuple[bool, bool, tuple[tuple[str, FieldClass], ...], tuple[str, ...]]:
    fields = model.model_fields
    marks = {name: class_of(model, name) for name in fields}
    marked = tuple((name, mark) for name, mark in marks.items() if mark in ENCRYPTED)
    others = tuple(name for name in fields if name not in (CASE, PERSON))
    return CASE in fields, PERSON in fields, marked, others
