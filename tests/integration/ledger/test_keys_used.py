"""A key that was used for one step is noted once, and no more once another is taken with it."""

from contextlib import closing
from datetime import timedelta
from typing import cast
from uuid import UUID, uuid4

from domain.dismissal.state import FindingState
from domain.dismissal.steps import DismissFinding
from domain.dismissal.vocabulary import DismissedBecause
from domain.message import Actor, Command, Origin, OriginKind, Role, StreamKind, stream_id
from domain.staff.state import DIRECTORY, StaffState
from domain.values.calendar import local_date
from domain.values.findings import FindingCode, finding_id
from ledger.following.uses import Uses
from ledger.ledger import Ledger
from ledger.port import programme
from service.running.founding import Post, create_key
from service.running.keys_used import KeysUsed
from tests.integration.ledger.place import Opener

MONTH = timedelta(days=31)


def take_a_step(ledger: Ledger, key: UUID, staff: UUID) -> None:
    step = DismissFinding(
        occurred_on=local_date(ledger.now()),
        because=DismissedBecause.RIGHT_AS_IT_IS,
        explanation="Looked at.",
    )
    command = Command(
        id=uuid4(),
        target=stream_id(StreamKind.FINDING, uuid4()),
        step=step,
        actor=Actor(id=staff, role=Role.AUDITOR, credential=key),
        origin=Origin(kind=OriginKind.API),
    )
    ledger.record(command)


def test_it_is_noted_once_and_until_it_is_used_again(opened: Opener) -> None:
    ledger = opened(domain=programme())
    today = local_date(ledger.now())
    create_key(ledger, today, Post("administrator", Role.ADMINISTRATOR, None), None)
    create_key(ledger, today, Post("an-auditor", Role.AUDITOR, None), None)
    keys = cast("StaffState", ledger.state(DIRECTORY)).keys.values()
    key = max(keys, key=lambda each: each.position)
    finding = stream_id(StreamKind.FINDING, finding_id(FindingCode.KEY_ONCE, str(key.key_id)))
    with closing(Uses(ledger.feed.tracking())) as uses:

        def look() -> int:
            """As a worker that has just begun, a month later."""
            return KeysUsed(ledger, uses, lambda: ledger.now() + MONTH).look()

        take_a_step(ledger, key.key_id, key.staff_id)
        uses.note(key.key_id, ledger.now())
        assert KeysUsed(ledger, uses).look() == 0, "it is young"
        assert (look(), look()) == (1, 0)
        noted = cast("FindingState", ledger.state(finding)).key
        assert noted is not None
        assert (noted.issued, noted.ended) == (key.position, None)
        (taken,) = ledger.events(noted.taken - 1, 1)
        assert (taken.envelope.stream, taken.envelope.actor.credential) == (
            noted.taken_in,
            key.key_id,
        )
        take_a_step(ledger, key.key_id, key.staff_id)
        uses.note(key.key_id, ledger.now() + MONTH)
        assert (look(), look()) == (1, 0)
        ended = cast("FindingState", ledger.state(finding)).key
        assert ended is not None
        assert ended.ended is not None
