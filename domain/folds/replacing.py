"""`dataclasses.replace` for states, three times as fast: every fold of every event uses it."""

from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import replace as replace  # noqa: PLC0414 (so that it can be imported from here)
else:

    def replace(state: Any, /, **changes: Any) -> Any:
        """A copy of a frozen dataclass with slots, these fields changed.

        Nothing is checked: a state has no `__post_init__`. Raises `KeyError` for no field.
        """
        cls = type(state)
        values, setters, by_name = _slots(cls)
        made = object.__new__(cls)
        for put, value in zip(setters, values(state), strict=True):
            put(made, value)
        for name, value in changes.items():
            by_name[name](made, value)
        return made


@cache
def _slots(cls: type[Any]) -> tuple[Any, tuple[Any, ...], dict[str, Any]]:
    """What reads all fields at once, and what sets each of them, frozen or not."""
    names = [field.name for field in fields(cls)]
    setters = [getattr(cls, name).__set__ for name in names]
    read = attrgetter(*names) if len(names) > 1 else lambda state: (getattr(state, names[0]),)
    return read, tuple(setters), dict(zip(names, setters, strict=True))
