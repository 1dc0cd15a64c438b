"""An order is held back on its way, and delivered when its author may no longer act."""

import pytest

from domain.case.steps import AddNote
from domain.errors import Refused
from domain.example.person import EXAMPLE
from domain.message import Command, Origin, OriginKind, Role, StreamKind, command_id, stream_id
from domain.staff.state import DIRECTORY, StaffState
from service.bootstrap import opened_ledger
from service.identity.access_keys import digest_of
from tests.faults.crowd import Crowd
from tests.faults.house import House
from tests.faults.parts import temporal_address
from tests.faults.test_temporal_away import notes_in
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
        actor = directory.actor_with(digest_of(leaver.key))
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
    engine = Engine(await connect(temporal_address(on_files.data), NAMESPACE))
    order = SealedOrder(case, str(sealed.command_id), str(sealed.subject), sealed.blob)
    with pytest.raises(Refused, match="credential_ended"):
        await engine.take_step(order)
    assert notes_in(on_files, case) == 0
