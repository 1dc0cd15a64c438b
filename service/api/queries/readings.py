"""Who looked."""

from dataclasses import fields
from typing import Annotated
from uuid import UUID

from fastapi import FastAPI, Query
from pydantic import Field
from starlette.responses import Response

from service.api.asking import Asker, add_query
from service.api.parameter_kinds import NUMBER, Day, Parameters, Position
from service.queries import emergencies, readings, unusual
from service.queries.readings import ReadingPage, ReadingsAsked
from service.queries.unusual import UnusualReadings

TAG = "readings"


class ReadingPart(Parameters):
    before: Position | None = None
    """`next_before` of the page before, with the same filters."""
    limit: Annotated[int, Field(ge=1, le=200), NUMBER] = 50


class ReadingFilter(ReadingPart):
    case_id: UUID | None = None
    beneficiary_id: UUID | None = None
    """Of a person, and of their cases."""
    staff_id: UUID | None = None
    on: Day | None = None
    """On one day, in Morocco."""
    refused: bool = False
    """Only what was refused."""
    emergency: bool = False
    """Only of other centres' cases, opened in an emergency."""
    outside_hours: bool = False
    """Only what was read while nobody is at work."""


async def list_readings(asker: Asker, given: Annotated[ReadingFilter, Query()]) -> Response:
    """Who was shown what of whom, and who was refused, the last first.

    Each is written before its answer leaves. Counts and reports, which name nobody, are none.
    """
    asked = ReadingsAsked(
        **{each.name: getattr(given, each.name) for each in fields(ReadingsAsked)}
    )
    return await asker.answer(readings.list_readings, asked)


async def unusual_readings(asker: Asker) -> Response:
    """What to look at first, of the last thirty days; none of it says that somebody did wrong.

    A case that was read without a step on it within 30 days by somebody whose it is not; many in an
    hour; at night or on a free day; what was refused; what was opened in an emergency.
    """
    return await asker.answer(unusual.list_unusual_readings)


async def person_readings(
    asker: Asker, beneficiary_id: UUID, given: Annotated[ReadingPart, Query()]
) -> Response:
    """Who read of one person and their cases, the last first: for the answer to what they ask."""
    return await asker.answer(
        readings.list_person_readings, beneficiary_id, given.before, given.limit
    )


async def list_emergencies(asker: Asker) -> Response:
    """Cases of other centres that were opened in an emergency within the last seven days.

    Told to who opened them, to the coordinators of both centres, to the division and auditors.
    """
    return await asker.answer(emergencies.list_emergencies)


def add_reading_queries(app: FastAPI) -> None:
    path, of_person = "/v1/readings", "/v1/beneficiaries/{beneficiary_id}/readings"
    add_query(app, "list-readings", path, TAG, list_readings, ReadingPage)
    add_query(
        app, "list-unusual-readings", f"{path}/unusual", TAG, unusual_readings, UnusualReadings
    )
    add_query(
        app, "list-emergencies", "/v1/emergencies", TAG, list_emergencies, emergencies.OpenedCases
    )
    add_query(app, "list-person-readings", of_person, TAG, person_readings, ReadingPage)
