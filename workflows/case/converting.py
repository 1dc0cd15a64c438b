"""How messages become Temporal's payloads and come back: the JSON that the SDK makes, for less.

A step's messages are converted eight times on its way, and the SDK looks at the types of every
field each time. What is not exactly one of our messages is left to the SDK, which says why.
"""

import json
from dataclasses import fields
from types import UnionType
from typing import Any, get_args, get_type_hints

from temporalio.api.common.v1 import Payload
from temporalio.converter import (
    DataConverter,
    DefaultPayloadConverter,
    JSONPlainPayloadConverter,
)

from workflows.case.messages import (
    CaseMoment,
    CaseStart,
    Progress,
    SealedOrder,
    StepAnswer,
    StepOutcome,
)

_encoded = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode


class _Shape:
    """A message's fields, and what may stand in each: other messages too."""

    def __init__(self, cls: type[Any], known: "dict[type[Any], _Shape]") -> None:
        self._cls = cls
        hints = get_type_hints(cls)
        self._kinds = {
            field.name: known.get(hints[field.name]) or _types(hints[field.name])
            for field in fields(cls)
        }

    def told(self, message: object) -> dict[str, Any]:
        """As JSON has it."""
        return {
            name: getattr(message, name)
            if isinstance(kind, tuple)
            else kind.told(getattr(message, name))
            for name, kind in self._kinds.items()
        }

    def made(self, body: object) -> Any:
        """The message; None for what is not exactly one."""
        if not isinstance(body, dict) or body.keys() != self._kinds.keys():
            return None
        values = []
        for name, kind in self._kinds.items():
            value = body[name]
            if isinstance(kind, tuple):
                if type(value) not in kind:
                    return None
            else:
                value = kind.made(value)
                if value is None:
                    return None
            values.append(value)
        return self._cls(*values)


def _types(hint: Any) -> tuple[type[Any], ...]:
    return get_args(hint) if isinstance(hint, UnionType) else (hint,)


SHAPES: dict[Any, _Shape] = {}
"""Of every message, by its class; one inside another comes before it."""
for _message in (SealedOrder, StepAnswer, Progress, StepOutcome, CaseStart, CaseMoment):
    SHAPES[_message] = _Shape(_message, SHAPES)


class _MessageConverter(JSONPlainPayloadConverter):
    def to_payload(self, value: Any) -> Payload | None:
        shape = SHAPES.get(type(value))
        if shape is None:
            return super().to_payload(value)
        text = _encoded(shape.told(value))
        return Payload(metadata={"encoding": b"json/plain"}, data=text.encode())

    def from_payload(self, payload: Payload, type_hint: type | None = None) -> Any:
        shape = SHAPES.get(type_hint)
        made = None if shape is None else shape.made(_read(payload))
        return super().from_payload(payload, type_hint) if made is None else made


def _read(payload: Payload) -> Any:
    """None for what is no JSON: the SDK says so."""
    try:
        return json.loads(payload.data)
    except ValueError:
        return None


class _PayloadConverter(DefaultPayloadConverter):
    def __init__(self) -> None:
        super().__init__()
        self._set_converters(
            *(
                _MessageConverter() if isinstance(each, JSONPlainPayloadConverter) else each
                for each in self.converters.values()
            )
        )


MESSAGES = DataConverter(payload_converter_class=_PayloadConverter)
"""For who asks for steps, and for who works."""
