"""Messages as payloads: what the SDK would make of them, and what it would refuse."""

import dataclasses
import json
from typing import Any

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadConverter

from workflows.case import converting, messages
from workflows.case.messages import (
    CaseMoment,
    CaseStart,
    Progress,
    SealedOrder,
    StepAnswer,
    StepOutcome,
)

OURS, SDKS = converting.MESSAGES.payload_converter, PayloadConverter.default
ANSWER = StepAnswer('{"a":"ملاحظة"}', "0f")
SAMPLES: tuple[Any, ...] = (
    SealedOrder("c", "i", "s", "b"),
    ANSWER,
    StepOutcome(ANSWER, Progress(3, is_open=True, next_due="2026-02-02T09:00:00+00:00")),
    Progress(0, is_open=False),
    CaseStart("c", 7),
    CaseMoment("c", "2026-02-02T09:00:00+00:00"),
)
SELDOM = {messages.Standing}
"""Asked of a run when somebody compares it with the ledger: the SDK's own way does."""


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: type(sample).__name__)
def test_a_message_is_the_payload_that_the_sdk_makes_and_comes_back(sample: Any) -> None:
    (payload,) = OURS.to_payloads([sample])
    assert [payload] == SDKS.to_payloads([sample])
    assert OURS.from_payloads([payload], [type(sample)]) == [sample]
    assert OURS.from_payloads([payload]) == SDKS.from_payloads([payload])


@pytest.mark.parametrize("value", [None, "text", 3, ["a"], b"bytes", {"a": 1}, (1, 2)])
def test_anything_else_is_as_the_sdk_has_it(value: object) -> None:
    payloads = OURS.to_payloads([value])
    assert payloads == SDKS.to_payloads([value])
    assert OURS.from_payloads(payloads) == SDKS.from_payloads(payloads)


def outcome(converter: PayloadConverter, text: bytes, hint: type) -> object:
    """What comes of it: a value, or how it is refused."""
    payload = Payload(metadata={"encoding": b"json/plain"}, data=text)
    try:
        return converter.from_payloads([payload], [hint])
    except (RuntimeError, TypeError) as refused:
        return type(refused), str(refused)


START = {"case_id": "c", "version": 1}
OUTCOME: dict[str, Any] = {
    "answer": {"answer": "a", "mark": "m"},
    "progress": {"version": 1, "is_open": True, "next_due": None},
}


@pytest.mark.parametrize(
    ("hint", "body"),
    [
        (CaseStart, START | {"more": 1}),
        (CaseStart, {"case_id": "c"}),
        (CaseStart, {"version": 1}),
        (CaseStart, START | {"version": "1"}),
        (CaseStart, START | {"version": 1.5}),
        (CaseStart, START | {"version": True}),
        (CaseStart, START | {"case_id": None}),
        (CaseStart, []),
        (CaseStart, None),
        (StepOutcome, OUTCOME | {"progress": None}),
        (StepOutcome, OUTCOME | {"answer": "a"}),
        (StepOutcome, OUTCOME | {"progress": OUTCOME["progress"] | {"is_open": 1}}),
        (StepOutcome, OUTCOME | {"progress": OUTCOME["progress"] | {"next_due": 1}}),
    ],
)
def test_what_is_not_quite_a_message_is_as_the_sdk_has_it(hint: type, body: object) -> None:
    text = json.dumps(body).encode()
    assert outcome(OURS, text, hint) == outcome(SDKS, text, hint)


def test_what_is_no_json_is_refused_as_the_sdk_does() -> None:
    assert outcome(OURS, b"{", CaseStart) == outcome(SDKS, b"{", CaseStart)


def test_no_message_is_left_out() -> None:
    written = {each for each in vars(messages).values() if dataclasses.is_dataclass(each)}
    assert written - SELDOM == set(converting.SHAPES) == {type(sample) for sample in SAMPLES}
