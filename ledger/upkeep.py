"""What a person does to a ledger as a whole: accept a loss, confirm or restart its clock."""

import json
from collections.abc import Sequence
from contextlib import suppress

from domain.errors import LedgerLost
from ledger.faults import translated
from ledger.ground.watch import Kind
from ledger.proof.sealing import Losses
from ledger.recording.loading import Loader
from ledger.store import ALL_NOTES, ANYWHERE, Note, Store


class Upkeep:
    """Every method raises `Unavailable` when the database is away."""

    def __init__(self, store: Store, loader: Loader) -> None:
        self._store = store
        self._loader = loader

    @property
    def lost(self) -> Note | None:
        """The loss that was found and that nobody has accepted, if there is one."""
        with translated("ledger"), suppress(LedgerLost):
            self._loader.catch_up()
        return self._loader.watch.standing.lost

    @property
    def losses(self) -> Losses:
        """For who seals the ledger."""
        return Losses(lambda: self._loader.watch.standing.accepted_at, self._report)

    def _report(self, position: int) -> None:
        with suppress(LedgerLost), translated("ledger"):
            self._loader.report_loss(position, "what was sealed")

    def accept_loss(self) -> None:
        """Let the ledger as it stands be the truth again. A person's act, after looking."""
        with translated("ledger"):
            self._store.note(
                Kind.LOSS_ACCEPTED, json.dumps({"head": self._store.max_notification_id() or 0})
            )

    def notes(self) -> Sequence[Note]:
        """What was done to the ledger as a whole, from its making on."""
        with translated("ledger"):
            return self._store.change(ALL_NOTES).notes

    def confirm_clock(self) -> None:
        """A person's word that the clock is right: it counts for an hour, everywhere."""
        with translated("ledger"):
            self._store.note(Kind.CLOCK_CONFIRMED, "")

    def restart_clock(self) -> None:
        """Begin a new epoch: what was recorded so far is dated in a future that was none."""
        with (
            translated("ledger"),
            self._store.writing((), ANYWHERE) as transaction,
            self._store.committing(transaction),
        ):
            first = json.dumps({"position": transaction.head.position + 1})
            self._store.insert_note(Kind.CLOCK_RESTARTED, first, transaction)
