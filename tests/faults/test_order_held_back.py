"""An order is held back on its way, and delivered when its author may no longer act."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from domain.case.steps import AddNote
from domain.errors import Refused
from domain.example.person import EXAMPLE
from domain.message import Command, Origin, OriginKind, Role, StreamKind, command_id, stream_id
from domain.staff.state import DIRECTORY, StaffState
from domain.values.calendar import local_date
from ledger.keys.sealing import Sealed
from ledger.opening import open_ledger
from service.bootstrap import opened_ledger
from service.identity.access_keys import digest_of
from service.running.holidays import open_calendar
from service.running.master_key import master_keys
from tests.faults.crowd import Crowd
from tests.faults.house import House
from tests.faults.parts import pid_of, temporal_address
from tests.faults.test_temporal_away import notes_in
from tests.support.halting import halted
from tests.support.waiting import PATIENCE
from workflows.case.connecting import connect
from workflows.case.engine import Engine
from workflows.case.messages import SealedOrder
from workflows.server.embedded import NAMESPACE


async def test_it_is_not_recorded_in_the_name_of_somebody_whose_key_was_revoked(
    on_files: House,
) -> None:
    case = Crowd(on_files).open().rpartition("/")[2]
    leaver = on_files.system.hire(Role.CASEWORKER, EXAMPLE.centre)
    with opened_ledger(on_files.settings) as ledger:
        directory = ledger.state(DIRECTORY)
        assert isinstance(directory, StaffState)
        actor = directory.actor_with(digest_of(leaver.key), local_date(ledger.now()))
        assert actor is not None
        state = ledger.state(stream_id(StreamKind.CASE, case))
        command = Command(
            id=command_id(actor.id, "held back"),
            target=stream_id(StreamKind.CASE, case),
            step=AddNote.model_validate({"occurred_on": "2026-02-02", "text": "seen"}),
            actor=actor,
            origin=Origin(kind=OriginKind.API),
        )
        assert ledger.check(command) is None
        sealed = ledger.seal(command, state.beneficiary_id)  # type: ignore[attr-defined]  # a case's
    revoke = {"occurred_on": "2026-02-03", "key_id": str(actor.credential)}
    on_files.administrator.step("/v1/access-keys/revocations", revoke)
    await deliver(on_files, sealed)
    assert refused_because(on_files, sealed) == "credential_ended"
    assert notes_in(on_files, case) == 0


async def test_a_receipt_says_never_and_then_it_is_refused(house: House) -> None:
    """Three minutes after it was sealed; whether Temporal answers or not."""
    case, key = Crowd(house).open().rpartition("/")[2], uuid4().hex
    sealed_at = datetime.now(UTC) - timedelta(seconds=182)
    sealed = held_back(house, case, key, sealed_at)
    receipt = f"/v1/receipts/{key}"
    with halted(pid_of(house.data, "temporal")):
        not_yet = house.caseworker.get(receipt)
        assert (not_yet.status_code, not_yet.json()["code"]) == (404, "nothing_recorded")
        assert 180 < not_yet.json()["params"]["seconds"] <= 242
        too_soon = not_yet.json()["params"]["sent_by"]
        again = house.caseworker.get(receipt, sent_by=too_soon)
        assert again.json()["code"] == "nothing_recorded"
        never = house.caseworker.get(receipt, sent_by=sealed_at.isoformat())
        assert (never.status_code, never.json()["code"]) == (404, "never_recorded")
    await deliver(house, sealed)
    assert refused_because(house, sealed) == "order_expired"
    assert notes_in(house, case) == 0
    assert house.caseworker.get(receipt, sent_by=sealed_at.isoformat()).json() == never.json()
    body = {"occurred_on": "2026-02-02", "text": "seen"}
    taken = house.caseworker.post(f"/v1/cases/{case}/steps/add-note", body, key=key)
    assert taken.status_code == 200, taken.text
    assert house.caseworker.get(receipt, sent_by=sealed_at.isoformat()).content == taken.content


def held_back(house: House, case: str, key: str, sealed_at: datetime) -> Sealed:
    """A caseworker's note, sealed then, as it stands in Temporal."""
    settings = house.settings
    with opened_ledger(settings) as ledger:
        directory = ledger.state(DIRECTORY)
        assert isinstance(directory, StaffState)
        actor = directory.actor_with(digest_of(house.caseworker.key), local_date(ledger.now()))
        assert actor is not None
        person = ledger.state(stream_id(StreamKind.CASE, case)).beneficiary_id  # type: ignore[attr-defined]  # a case's
    command = Command(
        id=command_id(actor.id, key),
        target=stream_id(StreamKind.CASE, case),
        step=AddNote.model_validate({"occurred_on": "2026-02-02", "text": "seen"}),
        actor=actor,
        origin=Origin(kind=OriginKind.API),
    )
    then = open_ledger(
        settings.ledger,
        settings.keys,
        master_keys(settings.master_key),
        calendar=open_calendar(None),
        clock=lambda: sealed_at,
    )
    sealed = then.seal(command, person)
    then.close()
    return sealed


async def deliver(house: House, sealed: Sealed) -> None:
    """Through Temporal, which may have just come back; it is refused."""
    client = await connect(temporal_address(house.data), NAMESPACE)
    engine = Engine(client, patience=timedelta(seconds=PATIENCE))
    with pytest.raises(Refused):
        await engine.take_step(order_of(sealed))


def order_of(sealed: Sealed) -> SealedOrder:
    return SealedOrder(sealed.case_id, str(sealed.command_id), str(sealed.subject), sealed.blob)


def refused_because(house: House, sealed: Sealed) -> str:
    """By the ledger itself: through Temporal no reason comes."""
    with opened_ledger(house.settings) as ledger, pytest.raises(Refused) as refusal:
        ledger.record(ledger.open(sealed))
    return refusal.value.code
