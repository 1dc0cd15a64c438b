"""Over the whole table: a step names no entry of the registry that was not there on its day, and none
that was merged away.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import repeat
from typing import Any
from uuid import uuid4

import pytest

from domain.commands import HANDLINGS, initial
from domain.errors import Refused
from domain.message import Command, Envelope, Origin, OriginKind, Step
from domain.registry import events as e
from domain.registry.state import REGISTRY, RegistryState, evolve_registry
from domain.registry.steps import MergeEntries, RegisterEntry, UndoEntryMerge
from domain.steps.codes import codes_of, require_registered, resolved
from domain.steps.fields import leaves_of
from domain.steps.handling import Handling, World
from domain.steps.roles import CENTRES
from domain.values.codes import EntryKind, Registered
from tests.support.paper import ADMINISTRATOR

DAY = date(2024, 3, 4)
NEAR = timedelta(days=1)
KEPT = frozenset({RegisterEntry, MergeEntries, UndoEntryMerge})
"""What keeps the entries names them whenever they are valid."""

ABOUT: Any = Envelope._make(repeat(None, len(Envelope._fields)))._replace(
    version=1, occurred_on=DAY, actor=ADMINISTRATOR, origin=Origin(kind=OriginKind.API)
)

Coded = tuple[Handling, str, tuple[EntryKind, ...]]


def coded() -> Iterator[Coded]:
    """Each field of each step that holds a code, with the kinds that it takes."""
    for row in HANDLINGS.values():
        for field, mark in codes_of(row.step):
            if isinstance(mark, Registered):
                yield row, field, mark.kinds


CODED = tuple(coded())
"""Each stands in the step itself, as a test says."""


def entry(kind: EntryKind, code: str, **days: date) -> e.EntryRegistered:
    told: dict[str, Any] = {"since": DAY - NEAR, "until": DAY + NEAR} | days
    return e.EntryRegistered(kind=kind, entry=code, name_fr=code, name_ar="اسم", **told)


def registry(*events: e.RegistryEvent) -> RegistryState:
    state = RegistryState()
    for each in events:
        state = evolve_registry(state, each, ABOUT)
    return state


def naming(row: Handling, field: str) -> Step:
    """The step, of which it is looked at alone what it names."""
    told: dict[str, Any] = dict.fromkeys(row.step.model_fields, ())
    return row.step.model_construct(**(told | {"occurred_on": DAY, field: "one"}))


def judged(coded: Coded, *events: e.RegistryEvent) -> str:
    """The code under which it is recorded; or why it is not."""
    row, field, _ = coded
    step = naming(row, field)
    world = World({CENTRES: registry(*events)}, {CENTRES: REGISTRY}, day=DAY)
    try:
        require_registered(step, world)
    except Refused as refusal:
        # Never with the code: a prison's would tell where somebody was.
        told = refusal.params["field"] == field and "one" not in refusal.params.values()
        return refusal.code if told else str(refusal.params)
    return str(getattr(resolved(step, world), field))


@pytest.mark.parametrize("coded", CODED, ids=lambda it: f"{it[0].step.__name__}.{it[1]}")
def test_an_entry_is_taken_on_its_days_and_recorded_as_what_it_goes_by(coded: Coded) -> None:
    kinds = coded[2]
    kind, another = kinds[-1], next(each for each in EntryKind if each not in kinds)
    one, other = entry(kind, "one"), entry(kind, "other")
    ended, later = {"until": DAY - NEAR}, {"since": DAY + NEAR}
    merged = e.EntriesMerged(entry="one", goes_by="other", explanation="One.")
    parted = e.EntryMergeUndone(entry="one", explanation="Two.")
    gone, to_come = entry(kind, "one", **ended), entry(kind, "one", **later)
    for events, becomes in (
        ((), "entry_not_registered"),
        ((entry(another, "one"),), "entry_of_another_kind"),
        ((to_come,), "entry_not_valid_yet"),
        ((gone,), "entry_no_longer_valid"),
        ((one,), "one"),
        ((one, other, merged), "other"),
        ((gone, other, merged), "other"),
        ((one, entry(kind, "other", **ended), merged), "other"),
        ((gone, entry(kind, "other", **later), merged), "entry_no_longer_valid"),
        ((gone, other, merged, parted), "entry_no_longer_valid"),
        ((one, other, merged, parted), "one"),
    ):
        assert judged(coded, *events) == becomes
    assert {judged(coded, entry(each, "one")) for each in kinds} == {"one"}


def test_each_such_step_reads_the_registry_where_it_names_an_entry() -> None:
    for row, field, _ in CODED:
        assert field in row.step.model_fields, "inside another form: `naming` makes none of it"
        command = Command.model_construct(
            id=uuid4(),
            target=f"{row.kind}/{uuid4()}",
            step=naming(row, field),
            actor=ADMINISTRATOR,
            origin=Origin(kind=OriginKind.API),
        )
        assert CENTRES in row.reads(command, initial(row.kind)), row.step.__name__


def test_no_field_holds_a_code_that_is_looked_up_nowhere() -> None:
    """By the example that each such field has."""
    known = tuple(f"{kind}-".replace("_", "-") for kind in EntryKind)
    for row in HANDLINGS.values():
        marked = {path for path, _ in codes_of(row.step)}
        for path, _, marks in leaves_of(row.step):
            examples = [each for mark in marks for each in getattr(mark, "examples", None) or ()]
            named = any(str(each).startswith(known) for each in examples)
            assert not named or path in marked or row.step in KEPT, (row.step.__name__, path)
