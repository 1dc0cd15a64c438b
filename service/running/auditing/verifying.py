"""The ledger that stands here, verified by whoever is at the machine; that it was is an entry too."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from domain.errors import JisrError
from domain.upkeep.vocabulary import Act, Fact
from ledger.bundle.verify import Report
from ledger.verifying.signed import Differs
from ledger.verifying.whole import Progress, Verified, verify
from service.bootstrap import looked_at_ledger, opened_ledger
from service.running.acts import record_act
from service.settings import Settings


def verified(
    settings: Settings, checkpoints: Sequence[Path], keys: Sequence[str], progress: Progress
) -> Report:
    """Raises `Differs` and `Unusable`, and as a ledger does."""
    outside = [(str(each), each.read_bytes()) for each in checkpoints]
    try:
        with looked_at_ledger(settings) as ledger:
            origin = ledger.sealed.origin
            accepted = ledger.losses.accepted()
            found = verify(ledger.sealed, outside, keys, progress, accepted)
    except Differs as differs:
        with suppress(JisrError):  # what keeps it from being recorded is not what was asked
            _record(settings, {Fact.POSITION: differs.position, Fact.RESULT: "altered"})
        raise
    _record(settings, {Fact.POSITION: found.events, Fact.RESULT: "well"})
    return _report(origin, found, has_key=bool(keys))


def _record(settings: Settings, facts: dict[Fact, object]) -> None:
    with opened_ledger(settings) as ledger:
        record_act(ledger, Act.CHECKED, {Fact.KIND: "verify", **facts})


def _report(origin: str, found: Verified, *, has_key: bool) -> Report:
    checked = [
        f"each of {found.events} events: its columns, what is stored, and its place in the tree",
        f"the versions of {found.streams} streams, without a gap",
        f"the tree, and the {found.checkpoints} heads and checkpoints that were signed of it",
    ]
    not_checked = []
    if found.streams_at:
        checked.append(f"where each stream ended, as signed at {found.streams_at}")
    if later := found.events - found.sealed:
        not_checked.append(f"the last {later} events: nothing is signed of them yet")
    if not found.checkpoints:
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
    not_checked.append(
        "what commands were answered, and the notes of upkeep: no tree is above them"
    )
    if not has_key:
        not_checked.append(
            "whose key signed: the one beside the ledger was believed; or give --key"
        )
    return Report(f"{origin}: the ledger here, {found.events} events", checked, not_checked)
