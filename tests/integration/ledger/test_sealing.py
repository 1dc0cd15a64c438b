"""What travels through the process engine is sealed whole."""

from base64 import b64decode, b64encode
from uuid import UUID, uuid4

import pytest

from domain.errors import Erased, Refused
from domain.message import Actor, Command, OriginKind, Role
from ledger.ledger import Ledger, Sealed
from tests.integration.ledger.place import Opener, fill_pot, take

SUBJECT = UUID(int=77)


def as_asked(opened: Command) -> Command:
    """Without the moment at which it was sealed."""
    assert opened.sealed_at is not None
    return opened.model_copy(update={"sealed_at": None})


def test_only_the_ledger_opens_what_it_sealed(opened: Opener) -> None:
    asked = take(2, SUBJECT, note="a private note", reason="her wish", expected_version=0)
    sealed = opened().seal(asked, SUBJECT)
    travelled = Sealed.model_validate_json(sealed.model_dump_json())
    assert as_asked(opened().open(travelled)) == asked
    assert (sealed.case_id, sealed.command_id) == (asked.target[5:], asked.id)
    for word in ("private", "wish", "caseworker", str(asked.actor.id)):
        assert word not in sealed.model_dump_json()
        assert word.encode() not in b64decode(sealed.blob)


def test_two_seals_of_one_command_differ_and_both_open(ledger: Ledger) -> None:
    asked = take(2, SUBJECT)
    one, other = ledger.seal(asked, SUBJECT), ledger.seal(asked, SUBJECT)
    assert one.blob != other.blob
    assert as_asked(ledger.open(one)) == as_asked(ledger.open(other)) == asked


def test_an_opened_command_is_the_one_that_was_recorded(ledger: Ledger) -> None:
    ledger.record(fill_pot(5))
    asked = take(2, SUBJECT, note="a private note")
    receipt = ledger.record(asked)
    assert ledger.record(ledger.open(ledger.seal(asked, SUBJECT))) == receipt


def broken(sealed: Sealed, **fields: object) -> Sealed:
    return sealed.model_copy(update=fields)


def flipped(blob: str, number: int) -> str:
    raw = bytearray(b64decode(blob))
    raw[number] ^= 1
    return b64encode(raw).decode()


def test_what_was_altered_or_moved_does_not_open(ledger: Ledger) -> None:
    sealed = ledger.seal(take(2, SUBJECT), SUBJECT)
    other = ledger.seal(take(2, SUBJECT), SUBJECT)
    ledger.seal(take(2, UUID(int=78)), UUID(int=78))
    for wrong in (
        broken(sealed, blob=other.blob),
        broken(sealed, case_id=other.case_id),
        broken(sealed, command_id=other.command_id),
        broken(sealed, subject=UUID(int=78)),
        broken(sealed, subject=uuid4()),
        broken(sealed, blob=flipped(sealed.blob, 0)),
        broken(sealed, blob=flipped(sealed.blob, 40)),
        broken(sealed, blob=flipped(sealed.blob, -1)),
        broken(sealed, blob=sealed.blob[:20]),
        broken(sealed, blob=""),
        broken(sealed, blob="not base64 ✂"),
    ):
        with pytest.raises(Refused) as refusal:
            ledger.open(wrong)
        assert refusal.value.code == "seal_broken"


def test_after_the_key_is_destroyed_nothing_opens_and_nothing_is_sealed(ledger: Ledger) -> None:
    asked = take(2, SUBJECT)
    sealed = ledger.seal(asked, SUBJECT)
    ledger.destroy_key(SUBJECT)
    with pytest.raises(Erased):
        ledger.open(sealed)
    with pytest.raises(Erased):
        ledger.seal(asked, SUBJECT)


def test_who_acted_comes_out_of_the_seal(ledger: Ledger) -> None:
    coordinator = Actor(id=uuid4(), role=Role.COORDINATOR, centre="midelt")
    asked = take(2, SUBJECT, actor=coordinator)
    opened = ledger.open(ledger.seal(asked, SUBJECT))
    assert opened.actor == coordinator
    assert opened.origin.kind is OriginKind.API
