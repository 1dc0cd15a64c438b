"""What steps answer, as the documentation shows it; the answers themselves are stored text."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from service.problems.problem import MEDIA_TYPE


class StepAnswer(BaseModel):
    """What was recorded; the same text, word for word, for every repetition."""

    command_id: UUID
    stream: str = Field(examples=["case/6f0c2a52-6e0c-5d1f-9b1a-2f4a54c6a7e1"])
    version: int
    """The stream's after the step, as `ETag` has it; a timer's events leave it as it is."""
    position: int
    """Of the last event, in the whole ledger: give it as `at_least` to read your own writes."""
    events: list[str] = Field(examples=[["DeliveryConfirmed", "FundsDelivered"]])
    ids: dict[str, str]
    """What the step made, by the part it plays in the step: `case`, `project`."""


class StaffAnswer(StepAnswer):
    staff_id: UUID


class AccessKeyAnswer(StepAnswer):
    key_id: UUID
    access_key: str = Field(examples=["jisr_…"])
    """Shown here and nowhere else; repeating the request with its key shows it again."""


PROBLEM = {"$ref": "#/components/schemas/Problem"}


def problem_answer(description: str) -> dict[str, Any]:
    """A problem, as OpenAPI describes an answer."""
    return {"description": description, "content": {MEDIA_TYPE: {"schema": PROBLEM}}}


_WORDS = {
    400: "The request cannot be read",
    401: "No valid access key",
    403: "This role or centre may not",
    404: "Nothing by that id",
    406: "Only JSON is answered",
    409: "The state of things forbids it now",
    410: "The person was erased",
    412: "Changed since the version in If-Match",
    413: "The body is too large",
    414: "The address is too long",
    415: "The body is not JSON",
    422: "The content would never pass",
    429: "Too many wrong keys came from this address: wait",
    500: "A fault of ours, with a reference",
    503: "A part is away: repeat it with the same Idempotency-Key",
    504: "The views have not come to `at_least` yet",
}


def problem_answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: problem_answer(_WORDS[status]) for status in statuses}


STEP_PROBLEMS = problem_answers(
    *(400, 401, 403, 404, 406, 409, 410, 412, 413, 415, 422, 429, 500, 503)
)
QUERY_PROBLEMS = problem_answers(400, 401, 403, 404, 406, 410, 414, 422, 429, 500, 503, 504)
SEARCH_PROBLEMS = problem_answers(413, 415)
