"""Every step's endpoint, from the domain's tables: nothing is listed twice."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI, Request
from pydantic import BaseModel

from domain.commands import HANDLINGS, step_name
from domain.message import Step
from domain.path import BESIDE, PATH
from domain.registry.steps import RegisterCentre, RegisterEntry
from domain.staff.partners.steps import RegisterPartner
from domain.staff.steps import (
    IssueAccessKey,
    RegisterStaff,
)
from domain.steps.handling import Handling
from domain.steps.table import Part
from service.access.table import FOR_PAGES, STEPS
from service.api.edge.limits import LARGE_STEP_BODY, STEP_BODY
from service.api.steps.answers import AccessKeyAnswer, StaffAnswer
from service.api.steps.endpoint import StepOperation, StepRoute, endpoint_of, take
from service.api.steps.examples import EXAMPLES
from service.application import Ask, Taken
from service.identity.issuing import AccessKeyRequest, Issuing, with_staff_id

COLLECTIONS: Mapping[str, tuple[str, str]] = {
    "case": ("cases", "case_id"),
    "agreement": ("agreements", "agreement_id"),
    "order": ("orders", "order_id"),
    "session": ("sessions", "session_id"),
    "ceremony": ("ceremonies", "ceremony_id"),
    "cohort": ("cohorts", "cohort_id"),
    "batch": ("batches", "batch_id"),
    "complaint": ("complaints", "complaint_id"),
    "reception": ("receptions", "reception_id"),
    "finding": ("findings", "finding_id"),
    "beneficiary": ("beneficiaries", "beneficiary_id"),
}
"""Kind of stream → its collection in the address, and the parameter that names one of it."""


def path_of(step: Step, ids: Mapping[str, str]) -> str:
    """Where the step is sent; `ids` name what it is taken on, by its kind."""
    row = HANDLINGS[type(step)]
    collection, _ = COLLECTIONS[row.kind]
    made = f"/v1/{collection}"
    return made if row.creates else f"{made}/{ids[row.kind]}/steps/{step_name(step)}"


MADE: Mapping[str, str] = {
    "propose-project": "/v1/projects/{stored[ids][project]}/history",
}
"""Steps on a thing that make another, and where that can be read."""

LONG = frozenset(
    {
        *("agree-plan", "propose-project", "revise-project", "change-project"),
        *("confirm-delivery", "correct-delivery"),
        "add-batch-lines",
    }
)
"""Steps with long lists: of goals, of items, of serial numbers, of lines."""


async def _take_with_staff_id(request: Request, ask: Ask, body: BaseModel) -> Taken:
    return with_staff_id(await take(request, ask, body))


async def _issue_key(request: Request, ask: Ask, body: BaseModel) -> Taken:
    assert isinstance(body, AccessKeyRequest)  # noqa: S101 - the table below pairs them
    issuing: Issuing = request.app.state.issuing
    return await issuing.issue(ask, body)


def operations() -> Iterator[StepOperation]:
    """All steps that people take, in the order of the path."""
    for part in PATH:
        tag = f"case: {part.name.replace('_', ' ')}"
        yield from (_operation(row, tag) for row in _taken(part))
    for part in BESIDE:
        yield from (_beside(row, part.name) for row in _taken(part))


def _taken(part: Part) -> list[Handling]:
    return [row for row in part.rows if step_name(row.step) in STEPS.keys() - FOR_PAGES]


def _beside(row: Handling, tag: str) -> StepOperation:
    return _operation(row, tag) if row.kind in COLLECTIONS else _office(row)


def _operation(row: Handling, tag: str) -> StepOperation:
    name = step_name(row.step)
    collection, parameter = COLLECTIONS[row.kind]
    path = f"/v1/{collection}"
    if row.creates:
        return StepOperation(
            *(row.step, path, tag, row.step, EXAMPLES[name]),
            status=201,
            location=path + "/{name}",
            limit=LARGE_STEP_BODY if name == "prepare-batch" else STEP_BODY,
        )
    return StepOperation(
        *(row.step, f"{path}/{{{parameter}}}/steps/{name}", tag, row.step, EXAMPLES[name]),
        parameter,
        status=201 if name in MADE else 200,
        location=MADE.get(name),
        limit=LARGE_STEP_BODY if name in LONG else STEP_BODY,
    )


def _office(row: Handling) -> StepOperation:
    """Staff, keys and centres: of each there is one list."""
    step, tag, example = row.step, "administration", EXAMPLES[step_name(row.step)]
    if step is RegisterStaff:
        return StepOperation(
            *(step, "/v1/staff", tag, step, example),
            status=201,
            location="/v1/staff/{stored[staff_id]}",
            answer=StaffAnswer,
            take=_take_with_staff_id,
        )
    if step is IssueAccessKey:
        return StepOperation(
            *(step, "/v1/access-keys", tag, AccessKeyRequest, example),
            status=201,
            location="/v1/access-keys/{stored[key_id]}",
            answer=AccessKeyAnswer,
            take=_issue_key,
        )
    if step is RegisterCentre:
        return StepOperation(
            *(step, "/v1/centres", tag, step, example),
            status=201,
            location="/v1/centres/{body.centre}",
        )
    if step is RegisterEntry:
        return StepOperation(
            *(step, "/v1/registry", tag, step, example),
            status=201,
            location="/v1/registry/{body.kind}/{body.entry}",
        )
    if step is RegisterPartner:
        return StepOperation(
            *(step, "/v1/partners", tag, step, example),
            status=201,
            location="/v1/partners/{body.partner}",
        )
    paths = {
        "revoke-access-key": "/v1/access-keys/revocations",
        "acknowledge-notices": "/v1/me/notices/acknowledgements",
        "end-credentials": "/v1/staff/credential-ends",
        "record-departure": "/v1/staff/departures",
        "close-centre": "/v1/centres/closings",
        "reopen-centre": "/v1/centres/reopenings",
        "change-catchment": "/v1/centres/catchments",
        "correct-catchment": "/v1/centres/catchments/corrections",
        "ask-for-referral": "/v1/referrals/requests",
        "open-in-emergency": "/v1/emergencies",
        "name-delegate": "/v1/delegations",
        "end-delegation": "/v1/delegations/ends",
        "change-reach": "/v1/me/reach",
        "end-reach": "/v1/staff/reach-ends",
        "add-rules": "/v1/rules",
        "end-partner": "/v1/partners/ends",
        "merge-entries": "/v1/registry/merges",
        "undo-entry-merge": "/v1/registry/merges/undone",
    }
    return StepOperation(step, paths[step_name(step)], tag, step, example)


def add_step_routes(app: FastAPI) -> None:
    for operation in operations():
        app.router.add_api_route(
            operation.path,
            endpoint_of(operation),
            methods=["POST"],
            operation_id=operation.name,
            name=operation.name,
            tags=[operation.tag],
            summary=summary_of(operation.step),
            description=_description(operation.step),
            status_code=operation.status,
            response_model=operation.answer,
            response_description="Recorded, now or before",
            responses={operation.status: {"headers": _headers(operation)}},
            route_class_override=StepRoute,
        )


def _headers(operation: StepOperation) -> dict[str, Any]:
    version = {"schema": {"type": "string"}, "description": "The version, for `If-Match`"}
    place = {"schema": {"type": "string"}, "description": "Where what was made can be read"}
    return {"ETag": version} | ({"Location": place} if operation.location else {})


def summary_of(step: type[Step]) -> str:
    """`RecordRelease` → `Record release`."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", step.__name__).capitalize()


def _description(step: type[Step]) -> str:
    people = sorted(STEPS[step_name(step)].who)
    return f"{step.__doc__}\n\nMay be taken by: {', '.join(people)}."
