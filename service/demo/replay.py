"""The plan, sent through the HTTP API: staff, agreements, ceremonies, then 45 people."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from domain.message import Role
from service.demo.client import Client
from service.demo.path import Call, Way, Who
from service.demo.plan import HANDOVERS, Handover, Share, envelope, shares

AT_ONCE = 12
"""People worked on side by side."""

Advance = Callable[[str, int], None]
"""Told the name of a progress bar and how many steps it moves on."""


@dataclass(frozen=True, slots=True)
class Office:
    """One centre's staff and what they work with."""

    handover: Handover
    caseworker: Client
    caseworker_id: str
    coordinator: Client
    agreement_id: str
    ceremony_id: str


async def replay(administrator: Client, advance: Advance) -> Client:
    """Take every step of the plan; what was taken before is recognised by its key.

    Returns an auditor, who may read it all.
    """
    every = shares()
    division, _ = await _hire(administrator, "division", Role.DIVISION, None)
    offices = {
        handover.city: await _open_office(administrator, division, handover, every)
        for handover in HANDOVERS
    }
    advance("offices", len(HANDOVERS))
    places = asyncio.Semaphore(AT_ONCE)

    async def follow(share: Share) -> None:
        async with places:
            await _follow(offices[share.handover.city], share, advance)

    async with asyncio.TaskGroup() as group:
        for share in every:
            group.create_task(follow(share))
    for office in offices.values():
        await _hold_ceremony(division, office)
    advance("ceremonies", len(HANDOVERS))
    auditor, _ = await _hire(administrator, "auditor", Role.AUDITOR, None)
    return auditor


async def _hire(
    administrator: Client, label: str, role: Role, centre: str | None
) -> tuple[Client, str]:
    body = {"occurred_on": "2022-01-03", "label": label, "role": role, "centre": centre}
    staff = await administrator.post("/v1/staff", f"demo:staff:{label}", body)
    staff_id: str = staff["staff_id"]
    issue = {"occurred_on": "2022-01-03", "staff_id": staff_id}
    issued = await administrator.post("/v1/access-keys", f"demo:key:{label}", issue)
    client = Client(administrator.http, issued["access_key"], administrator.tally)
    return client, staff_id


async def _open_office(
    administrator: Client, division: Client, handover: Handover, every: tuple[Share, ...]
) -> Office:
    centre = {
        "occurred_on": "2022-01-03",
        "centre": handover.centre,
        "code": handover.code,
        "name_fr": handover.centre_fr,
        "name_ar": handover.centre_ar,
        "catchment": [{"province": handover.province, "since": "2015-01-01"}],
    }
    await administrator.post("/v1/centres", f"demo:centre:{handover.centre}", centre)
    caseworker, caseworker_id = await _hire(
        administrator, f"{handover.centre}-caseworker", Role.CASEWORKER, handover.centre
    )
    coordinator, _ = await _hire(
        administrator, f"{handover.centre}-coordinator", Role.COORDINATOR, handover.centre
    )
    key = f"demo:{handover.province}"
    agreement = await division.post(
        "/v1/agreements", f"{key}:agreement", _agreement(handover, every)
    )
    ceremony = await division.post("/v1/ceremonies", f"{key}:ceremony", _ceremony(handover))
    return Office(
        handover=handover,
        caseworker=caseworker,
        caseworker_id=caseworker_id,
        coordinator=coordinator,
        agreement_id=agreement["ids"]["agreement"],
        ceremony_id=ceremony["ids"]["ceremony"],
    )


def _agreement(handover: Handover, every: tuple[Share, ...]) -> dict[str, Any]:
    return {
        "occurred_on": "2023-11-02",
        "parties": ["Foundation", f"Committee of human development, {handover.city}"],
        "province": handover.province,
        "season": {"label": "2024", "starts_on": "2024-01-01", "ends_on": "2024-12-31"},
        "funding_source": "indh_precarious",
        "signed_at": handover.city,
        "envelope": str(envelope(handover, every)),
        "planned_places": handover.people,
    }


def _ceremony(handover: Handover) -> dict[str, Any]:
    return {
        "occurred_on": "2024-06-20",
        "province": handover.province,
        "city": handover.city,
        "place": handover.city,
        "held_on": str(handover.held_on),
        "presided_by": "the governor of the province",
    }


async def _follow(office: Office, share: Share, advance: Advance) -> None:
    """One person's whole way; each step waits for the one before it."""
    who, key = share.person, f"demo:person:{share.person.number}"
    identity = {
        "occurred_on": str(share.handover.held_on.replace(year=2022)),
        "name_ar": who.name_ar,
        "name_latin": who.name_latin,
        "sex": who.sex,
        "birth_date": str(who.birth_date),
        "phone": who.phone,
    }
    person = await office.caseworker.post("/v1/beneficiaries", f"{key}:register", identity)
    way = Way(
        share=share,
        beneficiary_id=person["ids"]["beneficiary"],
        caseworker_id=office.caseworker_id,
        agreement_id=office.agreement_id,
        ceremony_id=office.ceremony_id,
    )
    opened = await office.caseworker.post("/v1/cases", f"{key}:open", way.opening())
    case_id = opened["ids"]["case"]
    for call in way.calls():
        client = office.coordinator if call.who is Who.COORDINATOR else office.caseworker
        path = f"/v1/cases/{case_id}/steps/{call.step}"
        await client.post(path, _key(key, call), call.body)
        advance("steps", 1)
    advance("people", 1)


def _key(person: str, call: Call) -> str:
    return ":".join(filter(None, (person, call.step, call.part)))


async def _hold_ceremony(division: Client, office: Office) -> None:
    handover = office.handover
    body = {
        "occurred_on": str(handover.held_on),
        "attended": ["local authorities", "partner institutions", "security services"],
    }
    path = f"/v1/ceremonies/{office.ceremony_id}/steps/record-ceremony-held"
    await division.post(path, f"demo:{handover.province}:held", body)
