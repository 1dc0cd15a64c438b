"""What is recorded is sealed, on both databases: under a tree whose heads are signed."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from domain.errors import KeysOfAnotherLedger, LedgerLost
from ledger.ledger import Ledger
from ledger.proof.checkpoint import Checkpoint
from ledger.proof.differences import first_difference
from ledger.proof.entry import entry_of
from ledger.proof.log import LogDiffers
from ledger.proof.proofs import NotSealed, Proofs
from ledger.proof.remembered import TreeForgotten
from ledger.proof.sealing import Pauses, Sealer, sealing
from ledger.proof.streams import verify_version
from ledger.proof.tiles import WIDTH
from ledger.proof.tree import leaf_hash, root_of, verify_consistency, verify_inclusion
from tests.integration.ledger.backups import back_up
from tests.integration.ledger.place import Clock, Opener, Place, fill_pot
from tests.integration.ledger.toy import pot
from tests.support.waiting import until

MANY = 2 * WIDTH + 3


def seal(ledger: Ledger, together: int = 1000) -> int:
    """All that is recorded and not sealed, so many events at a time."""
    sealed = ledger.sealed
    size = sealed.require_same()
    while found := sealed.store.select_notifications(size, together, inclusive_of_start=False):
        size = sealed.extend(found)
    return size


def filled(ledger: Ledger, times: int) -> int:
    ledger.record_all([fill_pot(1) for _ in range(times)])
    return ledger.head()


def roots(ledger: Ledger) -> Sequence[bytes]:
    """Of each size, made from all events at once."""
    stored = ledger.sealed.store.select_notifications(0, 10_000)
    leaves = [leaf_hash(entry_of(each)) for each in stored]
    return [root_of(leaves[:size]) for size in range(len(leaves) + 1)]


def test_a_head_is_the_root_of_all_events_however_they_came(ledger: Ledger) -> None:
    for many, together in ((1, 1), (WIDTH - 1, 100), (1, 1), (WIDTH, 7), (3, 1000)):
        filled(ledger, many)
        size = seal(ledger, together)
        head = ledger.sealed.head()
        assert head is not None
        assert head.note.verified(ledger.sealed.verifier_keys())
        told = Checkpoint.parsed(head.note.text)
        assert (told.size, told.root) == (size, roots(ledger)[size])
        assert told.origin == f"jisr/{ledger.id}"


def test_each_event_is_proved_under_the_head_and_under_a_checkpoint(ledger: Ledger) -> None:
    filled(ledger, 5)
    seal(ledger)
    kept = ledger.sealed.checkpoint()
    assert kept is not None
    filled(ledger, MANY)
    seal(ledger)
    proofs, expected = Proofs(ledger.sealed), roots(ledger)
    for stored in ledger.sealed.store.select_notifications(0, 10_000)[:: WIDTH // 3]:
        found = proofs.inclusion(stored)
        verify_inclusion(
            leaf_hash(found.entry), found.index, found.size, found.path, expected[found.size]
        )
    first = ledger.sealed.store.select_notifications(5, 1)[0]
    found = proofs.inclusion(first, kept)
    verify_inclusion(leaf_hash(found.entry), 4, 5, found.path, kept.checkpoint.root)
    later = ledger.sealed.store.select_notifications(6, 1)[0]
    with pytest.raises(NotSealed):
        proofs.inclusion(later, kept)


def test_a_checkpoint_is_the_beginning_of_each_later_one(ledger: Ledger) -> None:
    filled(ledger, MANY)
    seal(ledger)
    proofs, expected = Proofs(ledger.sealed), roots(ledger)
    for old in (1, 2, WIDTH - 1, WIDTH, WIDTH + 1, MANY):
        for new in (old, WIDTH + 2, MANY):
            if old <= new:
                path = proofs.consistency(old, new)
                verify_consistency(old, new, path, expected[old], expected[new])
    for old, new in ((0, 1), (2, 1), (1, MANY + 1)):
        with pytest.raises(NotSealed):
            proofs.consistency(old, new)


def test_a_checkpoint_tells_how_many_events_each_stream_had(ledger: Ledger) -> None:
    filled(ledger, 3)
    seal(ledger)
    ledger.sealed.checkpoint()
    filled(ledger, 2)
    seal(ledger)
    assert _told(ledger, pot()) == 3
    second = ledger.sealed.checkpoint()
    assert second is not None
    assert second.number == 2
    assert _told(ledger, pot()) == 5
    assert _told(ledger, "case/none") == 0
    assert ledger.sealed.checkpoint() is None, "nothing came since"


def _told(ledger: Ledger, stream: str) -> int:
    found = Proofs(ledger.sealed).all_of(stream)
    assert found.kept.checkpoint.streams is not None
    return verify_version(stream, found.proof, found.kept.checkpoint.streams)


def test_a_new_key_signs_beside_the_one_before_for_a_month(opened: Opener) -> None:
    clock = Clock()
    ledger = opened(clock=clock)
    filled(ledger, 1)
    seal(ledger)
    first = ledger.sealed.verifier_keys()
    ledger.sealed.rotate()
    both = ledger.sealed.last_checkpoint()
    assert both is not None
    newer = [key for key in ledger.sealed.verifier_keys() if key not in first]
    assert len(both.note.verified(first)) == len(both.note.verified(newer)) == 1
    clock.now += timedelta(days=31)
    filled(ledger, 1)
    seal(ledger)
    head = ledger.sealed.head()
    assert head is not None
    assert head.note.verified([*first, *newer]) == newer


def test_a_ledger_beside_other_secrets_is_not_signed_on(ledger: Ledger) -> None:
    filled(ledger, 1)
    seal(ledger)
    with ledger.sealed.room.writing() as statements:
        statements.execute("UPDATE signing_keys SET key = ?", ("A" * 43 + "=",))
    filled(ledger, 1)
    with pytest.raises(KeysOfAnotherLedger):
        ledger.sealed.require_own_keys()
    with pytest.raises(TreeForgotten):
        seal(ledger)


def test_what_is_recorded_is_sealed_within_a_second_and_checkpointed(ledger: Ledger) -> None:
    filled(ledger, 2)
    with sealing(Sealer(ledger.sealed)):
        until(lambda: _size(ledger) == 2)
        until(lambda: ledger.sealed.last_checkpoint() is not None)
        filled(ledger, 1)
        until(lambda: _size(ledger) == 3)
    assert [each.size for each in ledger.sealed.checkpoints()] == [2]


def _size(ledger: Ledger) -> int:
    head = ledger.sealed.head()
    return head.size if head else 0


def test_a_ledger_that_is_not_the_sealed_one_is_refused_until_that_is_accepted(
    place: Place, opened: Opener
) -> None:
    ledger = opened()
    filled(ledger, 3)
    copy = back_up(place)
    filled(ledger, 3)
    assert seal(ledger) == 6
    ledger.sealed.checkpoint()
    ledger.close()
    copy.bring_back()
    ledger = opened()
    filled(ledger, 4)
    with pytest.raises(LogDiffers):
        seal(ledger)
    quick = Pauses(gather=0.05, outage=0.05, differs=0.05)
    with sealing(Sealer(ledger.sealed, losses=ledger.upkeep.losses, pauses=quick)):
        until(lambda: ledger.upkeep.lost is not None)
        with pytest.raises(LedgerLost):
            ledger.record(fill_pot(1))
        assert _size(ledger) == 6
        ledger.upkeep.accept_loss()
        until(lambda: _size(ledger) == 7)
    assert first_difference(ledger.sealed) is None
    assert Checkpoint.parsed(ledger.sealed.head().note.text).root == roots(ledger)[7]  # type: ignore[union-attr]
