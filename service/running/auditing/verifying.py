"""What stands here, verified by whoever is at the machine: the ledger, and the log of who read it.

That it was verified is an entry too.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from domain.errors import DatabaseBehind, JisrError
from domain.upkeep.vocabulary import Act, Fact
from ledger.beside.receipts import Receipts
from ledger.bundle.verify import Report
from ledger.ledger import Ledger
from ledger.proof.log import LEDGER, READS, RECEIPTS, Log
from ledger.proof.notes import NoteBroken
from ledger.reads.log import ReadLog
from ledger.verifying.exact import leaves_of, parted
from ledger.verifying.signed import Differs, Unusable, given_to, keys_of
from ledger.verifying.together import LookedOver
from ledger.verifying.whole import Progress, Verified, verify
from service.bootstrap import looked_at_ledger, opened_ledger, opened_reads
from service.checkpoints.folder import leaves_beside
from service.running.acts import record_act
from service.running.auditing.bundling import OTHERS
from service.running.auditing.hands import hands
from service.running.sealed import logs_of
from service.settings import Settings

NOT_SEALED = "nothing was ever sealed here: have a worker run; then ask again, with a checkpoint that was kept outside"
GONE = (
    "what was sealed is gone, though the key store has what signed it: bring the tree back from a backup, or"
    " have `jisr ledger accept` make it anew from what is recorded, if that is what was sealed"
)

CALLED = {LEDGER: "the ledger", **OTHERS}

Outside = Sequence[tuple[str, bytes]]


class Looking(NamedTuple):
    """With which keys, told to whom, and by which other processes."""

    keys: Sequence[str]
    progress: Progress
    looked_over: LookedOver | None


def verified(
    settings: Settings, checkpoints: Sequence[Path], keys: Sequence[str], progress: Progress
) -> list[Report]:
    """Of the ledger, the log of readings, the notes of upkeep and what commands were answered.

    Raises `Differs` and `Unusable`, `KeysOfAnotherLedger` where what signed is not in the key store
    beside it, and as a ledger does.
    """
    outside = [(str(each), each.read_bytes()) for each in checkpoints]
    try:
        with hands(settings.ledger, settings.reads) as looked_over:
            look = Looking(keys, progress, looked_over)
            reports, covered = _verified(settings, outside, look)
    except Differs as differs:
        with suppress(JisrError):  # what keeps it from being recorded is not what was asked
            _record(settings, {Fact.POSITION: differs.position, Fact.RESULT: "altered"})
        raise
    _record(settings, {Fact.POSITION: covered, Fact.RESULT: "well"})
    return reports


def _verified(settings: Settings, outside: Outside, look: Looking) -> tuple[list[Report], int]:
    """With the entry of the ledger up to which it went."""
    with looked_at_ledger(settings) as ledger:
        try:
            ledger.sealed.require_own_keys()
        except DatabaseBehind:
            if ledger.was_sealed:
                raise Differs(GONE) from None
            raise Unusable(NOT_SEALED) from None
        except (NoteBroken, ValueError, TypeError):
            raise Differs("the keys that are kept here are none any more") from None
        accepted = ledger.upkeep.losses.accepted()
        with opened_reads(settings, ledger) as reads:
            logs = logs_of(ledger, reads)
            origins = {log.origin for log in logs}
            for called, told in outside:
                if _origin(told) not in origins:
                    raise Unusable(f"{called} is no checkpoint of {ledger.sealed.origin}")
            reports, covered = [], 0
            for log in logs:
                theirs = [each for each in outside if _origin(each[1]) == log.origin]
                try:
                    found = verify(
                        log, theirs, look.keys, look.progress, accepted, look.looked_over
                    )
                except Differs as differs:
                    first = exact(log, theirs, look.keys, differs)
                    if log.name == LEDGER:
                        raise first from None
                    said = f"in {CALLED[log.name]}, {first.said}"
                    raise Differs(said, first.position) from None
                covered = found.events if log.name == LEDGER else covered
                reports.append(_report(log, found, has_key=bool(look.keys)))
            _require_found(ledger, reads)
            return reports, covered


def _require_found(ledger: Ledger, reads: ReadLog) -> None:
    """Raises `Differs` for what stands in none of the entries that are sealed, or is not found by them."""
    receipts = ledger.beside.receipts.store
    if isinstance(receipts, Receipts) and (stray := receipts.stray()) is not None:
        said = f"in {CALLED[RECEIPTS]}, one tells of events that are not there"
        raise Differs(said, stray)
    if (unfound := reads.differing()) is not None:
        raise Differs("in the log of readings, it is not found as it stands", unfound)


def exact(log: Log, outside: Outside, keys: Sequence[str], differs: Differs) -> Differs:
    """The very event, where the tree was kept outside, too, beside one of the checkpoints."""
    if differs.position is not None and differs.up_to is None:
        return differs
    known = keys_of(log, keys)
    for called, told in outside:
        kept = given_to(log, known, called, told)
        leaves = leaves_of(kept, leaves_beside(Path(called), kept.checkpoint.size))
        found = parted(log, leaves, called) if leaves is not None else None
        if found is not None:
            return found
    return differs


def _origin(told: bytes) -> str:
    return told.partition(b"\n")[0].decode(errors="replace")


def _record(settings: Settings, facts: dict[Fact, object]) -> None:
    with opened_ledger(settings) as ledger:
        record_act(ledger, Act.CHECKED, {Fact.KIND: "verify", **facts})


def _report(log: Log, found: Verified, *, has_key: bool) -> Report:
    called, what = CALLED[log.name], "events" if log.name == LEDGER else "entries"
    checked = [
        f"each of {found.events} {what}: its columns, what is stored, and its place in the tree",
        f"the versions of {found.streams} streams, without a gap",
        f"the tree, and the {found.checkpoints} heads and checkpoints that were signed of it",
    ]
    not_checked = []
    if found.streams_at:
        checked.append(f"where each stream ended, as signed at {found.streams_at}")
    if later := found.events - found.sealed:
        not_checked.append(f"the last {later} {what}: nothing is signed of them yet")
    if found.events and not found.checkpoints:
        not_checked.append("anything signed: nothing was ever sealed here, or it is gone")
    if found.outside:
        checked.append(f"that it goes on from {', '.join(found.outside)}")
    else:
        not_checked.append(
            "whether all was written anew, signatures too, by who has the keys: give a checkpoint"
            " that was kept outside, by --checkpoint"
        )
    not_checked += [
        f"{each}: of a tail that was lost, as somebody accepted since (see what operators did)"
        for each in found.given_up
    ]
    if log.name == READS:
        checked.append("that who asks who looked is told each of them")
    if not has_key:
        not_checked.append(
            "whose key signed: the one beside the ledger was believed; or give --key"
        )
    return Report(f"{log.origin}: {called} here, {found.events} {what}", checked, not_checked)
