"""`dataclasses.replace` for states, eight times as fast: every fold of every event uses it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import replace as replace  # noqa: PLC0414 (so that it can be imported from here)
else:
    _new, _set = object.__new__, object.__setattr__

    def replace(state: Any, /, **changes: Any) -> Any:
        """A copy of a frozen dataclass without slots, these fields changed.

        Nothing is checked but the names: a state has no `__post_init__`. Raises `TypeError` for
        no field.
        """
        fields = state.__dict__
        values = fields | changes
        if len(values) != len(fields):
            raise TypeError(f"no field of {type(state).__name__}: {changes.keys() - fields.keys()}")
        made = _new(type(state))
        _set(made, "__dict__", values)
        return made
