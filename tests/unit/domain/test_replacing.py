"""A changed state is what the standard library makes of it."""

import dataclasses
from typing import Any

import pytest

from domain import commands
from domain.folds.replacing import replace
from domain.message import StreamKind


@pytest.mark.parametrize("kind", StreamKind)
def test_every_kind_of_state_is_changed_as_the_standard_library_does(kind: StreamKind) -> None:
    state: Any = commands.initial(kind)
    changed: Any = replace(state, version=7, seen=5)
    assert changed == dataclasses.replace(state, version=7, seen=5)
    assert changed != state
    assert type(changed) is type(state)
    with pytest.raises(dataclasses.FrozenInstanceError):
        changed.version = 8


def test_no_state_would_have_to_be_checked_or_made_otherwise() -> None:
    """What `replace` leaves out: checks after making, slots, and values that are not fields."""
    for kind in StreamKind:
        cls: Any = type(commands.initial(kind))
        assert not hasattr(cls, "__post_init__")
        assert not hasattr(cls, "__slots__")
        assert all(field.init for field in dataclasses.fields(cls))


def test_a_name_that_is_no_field_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        replace(commands.initial(StreamKind.CASE), colour="red")  # type: ignore[call-arg, type-var, unused-ignore]  # the point
