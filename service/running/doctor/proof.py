"""Whether the ledger is the one that was sealed, how far behind the sealing is, and who has checkpoints."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from domain.errors import DatabaseBehind, DatabaseDamaged, KeysOfAnotherLedger, Unavailable
from ledger.ledger import Ledger
from ledger.proof.log import LEDGER, READS, RECEIPTS, UPKEEP, Log, LogDiffers
from ledger.proof.notes import NoteBroken
from ledger.proof.remembered import TreeForgotten
from ledger.proof.tree import ProofBroken
from service.checkpoints.sending import ANOTHER_HISTORY, WITNESS_REFUSED
from service.running.doctor.finding import Finding, Part, Severity, broken, warning, well
from service.settings import Settings

LATE = timedelta(minutes=1)
LOOK = "keep everything as it is, run `jisr audit verify`, and ask whoever holds a checkpoint"
OTHER_KEYS = (
    "bring back the key store that belongs to this ledger, from a backup of the same moment"
)
WORKER = "start `jisr worker` (or `jisr up`); if it runs, look into its log"
RECIPIENTS = "see that the recipient can be reached; it is tried again every five minutes"
REFUSED = (
    "it has seen another history than stands here: keep everything as it is, and run `jisr audit verify"
    " --checkpoint` with what it has; after a restore that lost entries, name another one"
)
ADVICE = {WITNESS_REFUSED: REFUSED, ANOTHER_HISTORY: REFUSED}
BESIDE: Mapping[str, Callable[[Ledger], Log]] = {
    "the notes of upkeep": lambda ledger: ledger.beside.notes,
    "what commands were answered": lambda ledger: ledger.beside.receipts,
}
GONE = (
    "bring back the tree from a backup of the same moment, and ask whoever holds a checkpoint; where there is"
    " no backup, `jisr ledger accept` makes it anew if what is recorded is what was sealed"
)


def proof(ledger: Ledger, settings: Settings) -> Iterator[Finding]:
    try:
        log = ledger.sealed
    except DatabaseBehind:
        yield _gone(ledger) or warning(Part.PROOF, "nothing is sealed yet", WORKER)
        return
    except (DatabaseDamaged, Unavailable):  # of a file, that is said where all files are looked at
        return
    found = _wrong_with(log) or _emptied(log, ledger) or _behind(log, ledger, settings)
    yield found
    for name, beside in BESIDE.items() if found.severity is not Severity.BROKEN else ():
        if wrong := _wrong_beside(beside(ledger), name):
            yield wrong
    for name in (LEDGER, READS, UPKEEP, RECEIPTS):
        yield from _not_taken(replace(log, name=name))


def _wrong_with(log: Log) -> Finding | None:
    try:
        log.require_own_keys()
        log.require_signed()
        log.require_same()
    except LogDiffers as difference:
        found = f"the ledger is not the one that was sealed: look at position {difference.position}"
        return broken(Part.PROOF, found, LOOK)
    except TreeForgotten as forgotten:
        return broken(Part.PROOF, f"what was sealed is gone or older: {forgotten}", GONE)
    except (NoteBroken, ProofBroken, LookupError, ValueError, TypeError):
        return broken(Part.PROOF, "what was signed does not agree with the tree beside it", LOOK)
    except KeysOfAnotherLedger:
        return broken(Part.PROOF, "another key store stands beside this ledger", OTHER_KEYS)
    return None


def _not_taken(log: Log) -> Iterator[Finding]:
    """Who was sent a checkpoint of a log, and has it not."""
    try:
        sendings = sorted(log.sendings().items())
    except NoteBroken:
        yield broken(Part.PROOF, "what is kept of who has checkpoints is damaged", LOOK)
        return
    of = "" if log.name == LEDGER else f" of {log.name}"
    for recipient, sending in sendings:
        if sending.failed is not None:
            kind = recipient.partition(":")[0]
            said = (
                f"a {kind} recipient did not take checkpoint {sending.number}{of}: {sending.failed}"
            )
            yield warning(Part.PROOF, said, ADVICE.get(sending.failed, RECIPIENTS))


def _wrong_beside(log: Log, called: str) -> Finding | None:
    try:
        log.require_same()
    except LogDiffers as difference:
        found = f"{called}: position {difference.position} is not what was sealed"
    except (NoteBroken, LookupError, ValueError, TypeError):
        found = f"{called}: what was sealed is damaged, or is gone"
    else:
        return None
    return broken(Part.PROOF, found, LOOK)


def _emptied(log: Log, ledger: Ledger) -> Finding | None:
    return None if log.signing_keys() else _gone(ledger)


def _gone(ledger: Ledger) -> Finding | None:
    """Whether something was sealed once: what signs is made with the first head."""
    if not ledger.was_sealed:
        return None
    return broken(Part.PROOF, "what was sealed is gone", GONE)


def _behind(log: Log, ledger: Ledger, settings: Settings) -> Finding:
    recorded, head, last = ledger.head(), log.head(), log.last_checkpoint()
    behind = recorded - (head.size if head else 0)
    if behind > 0 and (head is None or log.clock() - head.signed_at > LATE):
        return warning(Part.PROOF, f"{behind} entries wait to be sealed", WORKER)
    told = f"sealed, {behind} behind" if behind else "all that is recorded is sealed"
    kept = f", checkpoint {last.number} at {last.size}" if last else ", no checkpoint yet"
    sent = "" if settings.checkpoints_to else "; none leaves the house (JISR_CHECKPOINTS_TO)"
    return well(Part.PROOF, told + kept + sent)
