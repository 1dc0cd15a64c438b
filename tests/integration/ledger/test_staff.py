"""Members of staff have a key each: what is said of them in words can be read with it only."""

from datetime import date
from typing import cast
from uuid import UUID, uuid4

import pytest

from domain.errors import Unexpected
from domain.message import Command, Origin, OriginKind, Role, Step, derived_id
from domain.staff.decide import FOUNDING_ADMINISTRATOR
from domain.staff.state import DIRECTORY, StaffState
from domain.staff.steps import IssueAccessKey, RegisterStaff, RevokeAccessKey
from domain.values.calendar import local_date
from ledger.port import programme
from tests.integration.ledger.place import Opener, Place
from tests.integration.ledger.test_at_rest import stored

DAY = date(2024, 7, 18)
DIGEST = "ab" * 32


def order(step: Step, reason: str | None = None) -> Command:
    return Command(
        id=uuid4(),
        target=DIRECTORY,
        step=step,
        actor=FOUNDING_ADMINISTRATOR,
        origin=Origin(kind=OriginKind.FOUNDING),
        reason=reason,
    )


def register(label: str) -> tuple[Command, UUID]:
    command = order(RegisterStaff(occurred_on=DAY, label=label, role=Role.AUDITOR))
    return command, derived_id(command.id, "staff")


def test_a_label_is_encrypted_under_the_key_of_whoever_holds_the_post(
    opened: Opener, place: Place
) -> None:
    ledger = opened(domain=programme())
    (one, first), (two, second) = register("Xanthippe's post"), register("auditor-2")
    key = order(IssueAccessKey(occurred_on=DAY, staff_id=first, digest=DIGEST))
    ledger.record_all([one, two, key])
    revoke = RevokeAccessKey(occurred_on=DAY, key_id=derived_id(key.id, "key"))
    ledger.record(order(revoke, reason="Xanthippe left"))
    rows = [stored(place, position)[3] for position in range(1, 6)]
    subjects = [row["e"]["subject"] for row in rows]
    assert subjects == [str(first), str(second), *[str(first)] * 3]
    assert "Xanthippe" not in repr(rows)
    state = cast("StaffState", ledger.state(DIRECTORY))
    assert [each.label for each in state.staff.values()] == ["Xanthippe's post", "auditor-2"]
    assert ledger.history(DIRECTORY)[4].envelope.reason == "Xanthippe left"


def test_without_their_key_a_member_of_staff_is_a_number_and_a_role(opened: Opener) -> None:
    ledger = opened(domain=programme())
    (one, first), (two, second) = register("auditor-1"), register("auditor-2")
    issue = order(IssueAccessKey(occurred_on=DAY, staff_id=first, digest=DIGEST))
    ledger.record_all([one, two, issue])
    with pytest.raises(Unexpected):  # nothing in Jisr erases a member of staff
        ledger.destroy_key(first)
    ledger._keys.destroy(first)
    state = cast("StaffState", ledger.state(DIRECTORY))
    assert {each.actor.id: each.label for each in state.staff.values()} == {
        first: None,
        second: "auditor-2",
    }
    actor = state.actor_with(DIGEST, local_date(ledger.now()))
    assert actor is not None
    assert (actor.id, actor.role) == (first, Role.AUDITOR)
    again, _ = register("auditor-1")
    assert ledger.record(again).version == 5
