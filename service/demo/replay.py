"""The plan, sent through the HTTP API: staff, agreements, lists, 45 people, and the stories."""

import asyncio
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from domain.agreement.steps import SignAgreement
from domain.ceremony.steps import RecordCeremonyHeld
from domain.commands import step_name
from domain.example.beside import (
    record_minutes,
    register_centre,
    register_staff,
    schedule_ceremony,
    schedule_session,
)
from domain.example.registered import register_entries
from domain.example.way import Way, of_project, taken_by
from domain.message import Role, Step
from service.api.steps.examples import body_of
from service.api.steps.routes import path_of
from service.demo.acts import Names, Script
from service.demo.client import Client
from service.demo.path import (
    agreement_for,
    funds_of,
    registration_of,
    steps_of,
    way_of,
    way_to,
)
from service.demo.plan import HANDOVERS, Handover, Share, envelope, shares
from service.demo.stories import SCRIPTS
from service.demo.together import meet
from service.demo.underway import ENVELOPE, PLACES, STOPS, share_of, steps_until

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
    division: Client
    agreement_id: str
    session_id: str
    ceremony_id: str

    @property
    def staff(self) -> Mapping[Role, Client]:
        """Who takes the steps of cases, orders and sessions there."""
        return {
            Role.CASEWORKER: self.caseworker,
            Role.COORDINATOR: self.coordinator,
            Role.DIVISION: self.division,
        }


@dataclass(frozen=True, slots=True)
class Replayed:
    """Who may be signed in as, and what to look at."""

    people: Mapping[Role, Client]
    """Somebody of each role; of a centre's, those of the first ceremony's."""
    names: Names
    """Of what the stories are about."""


async def replay(administrator: Client, advance: Advance) -> Replayed:
    """Take every step of the plan; what was taken before is recognised by its key."""
    every = shares()
    division, _ = await _hire(administrator, "القطب الاقتصادي", Role.DIVISION, None)
    offices = {
        handover.city: await _open_office(administrator, division, handover, every)
        for handover in HANDOVERS
    }
    advance("offices", len(HANDOVERS))
    places = asyncio.Semaphore(AT_ONCE)

    async def follow(share: Share) -> None:
        async with places:
            await _follow(offices[share.handover.city], share, steps_of, advance)
            advance("people", 1)

    first = offices[HANDOVERS[0].city]
    async with asyncio.TaskGroup() as group:
        for share in every:
            group.create_task(follow(share))
        stories = [group.create_task(_tell(first, script, advance)) for script in SCRIPTS]
    for office in offices.values():
        await _hold_ceremony(office)
    advance("ceremonies", len(HANDOVERS))
    await _send_on_their_way(first, division, advance)
    auditor, _ = await _hire(administrator, "التدقيق", Role.AUDITOR, None)
    people = {**first.staff, Role.AUDITOR: auditor, Role.ADMINISTRATOR: administrator}
    return Replayed(people, dict(ChainMap(*(each.result() for each in stories))))


async def _tell(office: Office, script: Script, advance: Advance) -> Names:
    """Take a script's acts, one after another; the names of what they made."""
    names: Names = {"caseworker": UUID(office.caseworker_id)}
    for act in script(names):
        kind, _, label = act.on.partition("/")
        path = path_of(act.step, {kind: str(names.get(act.on))})
        key = f"demo:story:{act.on}:{step_name(act.step)}:{act.step.occurred_on}"
        answer = await office.staff[act.by].post(path, key, body_of(act.step))
        names.update((f"{made}/{label}", UUID(name)) for made, name in answer["ids"].items())
    advance("stories", 1)
    return names


async def _send_on_their_way(office: Office, division: Client, advance: Advance) -> None:
    """Those who have come to a stage and not to a delivery."""
    signed = agreement_for(way_to(office.handover), ENVELOPE, PLACES)
    name = await _sign(division, signed, "demo:underway:agreement")
    office = replace(office, agreement_id=name)
    cases = [
        await _follow(office, share_of(stop), partial(steps_until, stop), advance) for stop in STOPS
    ]
    await meet(office.coordinator, cases)


async def _hire(
    administrator: Client, label: str, role: Role, centre: str | None
) -> tuple[Client, str]:
    post = f"{centre or 'house'}:{role}"
    step = register_staff(label, role, centre)
    staff = await administrator.post("/v1/staff", f"demo:staff:{post}", body_of(step))
    staff_id: str = staff["staff_id"]
    issue = {"occurred_on": str(step.occurred_on), "staff_id": staff_id}
    issued = await administrator.post("/v1/access-keys", f"demo:key:{post}", issue)
    client = Client(administrator.http, issued["access_key"], administrator.tally)
    return client, staff_id


async def _open_office(
    administrator: Client, division: Client, handover: Handover, every: tuple[Share, ...]
) -> Office:
    centre = await _register_centre(administrator, handover)
    caseworker, caseworker_id = await _hire(
        administrator, f"المواكبة، {handover.centre_ar}", Role.CASEWORKER, centre
    )
    label = f"التنسيق، {handover.centre_ar}"
    coordinator, _ = await _hire(administrator, label, Role.COORDINATOR, centre)
    signed = agreement_for(way_to(handover), envelope(handover, every), handover.people)
    agreement_id = await _sign(division, signed, f"demo:{handover.province}:agreement")
    session_id = await _convene(coordinator, handover)
    ceremony_id = await _schedule(coordinator, handover)
    return Office(
        *(handover, caseworker, caseworker_id, coordinator, division),
        *(agreement_id, session_id, ceremony_id),
    )


async def _register_centre(administrator: Client, handover: Handover) -> str:
    """The centre's code; what its people's steps name is registered too."""
    example = register_centre(way_to(handover))
    centre = example.model_copy(
        update={
            "code": handover.code,
            "name_fr": handover.centre_fr,
            "name_ar": handover.centre_ar,
        }
    )
    await administrator.post("/v1/centres", f"demo:centre:{handover.centre}", body_of(centre))
    for entry in register_entries(way_to(handover)):
        await administrator.post("/v1/registry", f"demo:entry:{entry.entry}", body_of(entry))
    return handover.centre


async def _sign(division: Client, signed: SignAgreement, key: str) -> str:
    """An agreement that pays, and its money."""
    agreement = await division.post("/v1/agreements", key, body_of(signed))
    name: str = agreement["ids"]["agreement"]
    path = f"/v1/agreements/{name}/steps/record-funds-received"
    await division.post(path, f"{key}:funds", body_of(funds_of(signed)))
    return name


async def _convene(coordinator: Client, handover: Handover) -> str:
    """The session of the province's committee that decides on its list, held."""
    way, key = way_to(handover), f"demo:{handover.province}:session"
    called = await coordinator.post("/v1/sessions", key, body_of(schedule_session(way)))
    name: str = called["ids"]["session"]
    path = f"/v1/sessions/{name}/steps/record-minutes"
    await coordinator.post(path, f"{key}:minutes", body_of(record_minutes(way)))
    return name


async def _schedule(coordinator: Client, handover: Handover) -> str:
    """The centre's own ceremony."""
    scheduled = schedule_ceremony(way_to(handover)).model_copy(update={"city": handover.city})
    key = f"demo:{handover.province}:ceremony"
    ceremony = await coordinator.post("/v1/ceremonies", key, body_of(scheduled))
    name: str = ceremony["ids"]["ceremony"]
    return name


async def _follow(
    office: Office, share: Share, steps_of_way: Callable[[Way], Iterable[Step]], advance: Advance
) -> str:
    """One person's way, each step waiting for the one before it; their case."""
    key = f"demo:person:{share.person.number}"
    identity = body_of(registration_of(share))
    person = await office.caseworker.post("/v1/beneficiaries", f"{key}:register", identity)
    way = replace(
        way_of(share),
        beneficiary_id=UUID(person["ids"]["beneficiary"]),
        caseworker=UUID(office.caseworker_id),
        agreement_id=UUID(office.agreement_id),
        session_id=UUID(office.session_id),
        ceremony_id=UUID(office.ceremony_id),
    )
    opening, *steps = steps_of_way(way)
    opened = await office.caseworker.post("/v1/cases", f"{key}:open", body_of(opening))
    ids: dict[str, str] = dict(opened["ids"])
    for step in steps:
        client = office.staff.get(taken_by(step), office.caseworker)
        if "project" in ids:
            step = of_project(step, UUID(ids["project"]))  # noqa: PLW2901 - the same step, addressed
        name = step_name(step)
        answer = await client.post(
            path_of(step, ids), f"{key}:{name}:{step.occurred_on}", body_of(step)
        )
        ids |= answer["ids"]
        advance("steps", 1)
    return ids["case"]


async def _hold_ceremony(office: Office) -> None:
    handover = office.handover
    body = body_of(way_to(handover).step(RecordCeremonyHeld))
    path = f"/v1/ceremonies/{office.ceremony_id}/steps/record-ceremony-held"
    await office.coordinator.post(path, f"demo:{handover.province}:held", body)
