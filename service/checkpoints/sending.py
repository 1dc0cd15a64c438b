"""Sends new checkpoints to whom they go, and again until they are taken.

Only the newest counts: it is consistent with all before it. A mailbox has one a day at most. What
went, and what failed with which word, stands beside the tree, for the doctor and the auditor.
"""

import asyncio
import logging
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import httpx

from domain.errors import JisrError, Unavailable
from ledger.faults import reason, unexpected
from ledger.following.turn import Turn
from ledger.proof.log import Kept, Log, Sending
from ledger.proof.notes import NoteBroken
from ledger.proof.proofs import NotSealed, Proofs
from ledger.proof.tiles import TreeDamaged
from service.checkpoints.folder import AnotherHistory, write_folder
from service.checkpoints.recipients import Recipient, RecipientKind
from service.notify.channels import MessageChannel, Outcome, Outgoing, Transport
from service.witness.asking import Witness, WitnessRefused, witnessed
from service.witness.line import Line
from service.words.language import Language
from service.words.store import words

log = logging.getLogger("jisr.proof")

LOOK_SECONDS = 2.0
AGAIN = timedelta(minutes=5)
"""Until a recipient who did not take it is tried again."""
APART: Mapping[RecipientKind, timedelta] = {RecipientKind.EMAIL: timedelta(hours=24)}
"""At least so long between two that one recipient takes."""
CHANNELS = {
    RecipientKind.EMAIL: MessageChannel.EMAIL,
    RecipientKind.WEBHOOK: MessageChannel.WEBHOOK,
}
CHANNEL_OFF = Outcome(accepted=False, code="channel_off")
TYPE = "checkpoint"
WITNESS_REFUSED, ANOTHER_HISTORY = "witness_refused", "another_history"
"""What a recipient has seen is not what stands here: whoever looks into that keeps both."""


class CheckpointSender:
    """Of some logs, to some recipients; one process at a time has the turn."""

    def __init__(
        self,
        logs: Sequence[Log],
        to: Sequence[Recipient],
        transports: Mapping[MessageChannel, Transport],
        turn: Turn,
    ) -> None:
        self._logs, self._to, self._transports, self._turn = logs, to, transports, turn

    def run(self, stop: threading.Event) -> None:
        """Until told to stop; outlasts outages."""
        try:
            while not stop.wait(LOOK_SECONDS):
                try:
                    if self._turn.hold():
                        self.send_new()
                except Unavailable:
                    log.warning("something is away; checkpoints wait")
                except (JisrError, NoteBroken) as error:
                    log.error("no checkpoint is sent: %s", error)  # noqa: TRY400 - said whole
                except Exception as error:  # noqa: BLE001 (the edge of a thread that must go on)
                    unexpected(error, "the sending of checkpoints")
        finally:
            self._turn.close()

    def send_new(self) -> None:
        """To each recipient whose time has come the newest one that they have not."""
        for each in self._logs:
            known = each.sendings()
            for recipient in self._to:
                kept, last = each.last_checkpoint(), known.get(str(recipient))
                if kept is not None and is_due(recipient, last, kept, each.clock()):
                    self._send(each, kept, recipient)

    def _send(self, sent: Log, kept: Kept, recipient: Recipient) -> None:
        try:
            outcome = self._outcome(sent, kept, recipient)
        except (TreeDamaged, NotSealed):
            outcome = Outcome(accepted=False, code="tree_damaged")
        failed = None if outcome.accepted else outcome.code or "refused"
        if failed is not None:
            log.warning("a checkpoint was not taken by a %s: %s", recipient.kind, failed)
        sent.note_sending(str(recipient), kept.number, failed)

    def _outcome(self, sent: Log, kept: Kept, recipient: Recipient) -> Outcome:
        if recipient.kind is RecipientKind.WITNESS:
            return _to_witness(sent, kept, recipient.witness)
        if recipient.kind is RecipientKind.FOLDER:
            return _into_folder(sent, kept, Path(recipient.to))
        transport = self._transports.get(CHANNELS[recipient.kind])
        if transport is None:
            return CHANNEL_OFF
        return asyncio.run(transport.send(message_of(sent, kept, recipient)))


def is_due(recipient: Recipient, last: Sending | None, kept: Kept, now: datetime) -> bool:
    if last is None:
        return True
    if last.failed is not None and last.tried_at is not None:
        return now - last.tried_at >= AGAIN
    waited = last.sent_at is None or now - last.sent_at >= APART.get(recipient.kind, timedelta())
    return kept.number > last.number and waited


def _to_witness(sent: Log, kept: Kept, witness: Witness) -> Outcome:
    """Its signature stands under the checkpoint from then on."""
    try:
        with httpx.Client(transport=Line()) as http:
            signed = witnessed(witness, kept.note, Proofs(sent), http)
    except WitnessRefused as refused:
        log.error("a witness did not sign: %s", refused)  # noqa: TRY400 - said whole
        return Outcome(accepted=False, code=WITNESS_REFUSED)
    except (httpx.HTTPError, httpx.InvalidURL):
        return Outcome(accepted=False, code="witness_away")
    sent.note_cosignature(kept.number, signed.signatures[-1])
    return Outcome(accepted=True)


def _into_folder(sent: Log, kept: Kept, folder: Path) -> Outcome:
    if not folder.is_dir():  # a disk that is not mounted: nothing is written where it would be
        return Outcome(accepted=False, code="folder_missing")
    try:
        write_folder(sent, kept, folder)
    except AnotherHistory:
        log.error("a folder has checkpoints of another history: it is left as it is")  # noqa: TRY400 - said whole
        return Outcome(accepted=False, code=ANOTHER_HISTORY)
    except OSError as error:
        return Outcome(accepted=False, code=reason(error) or "not_written")
    return Outcome(accepted=True)


def message_of(sent: Log, kept: Kept, recipient: Recipient) -> Outgoing:
    """The note itself, which anybody may read: it has a name, a number and a hash."""
    note = str(kept.note)
    said = words(Language.ENGLISH).message
    named = {"origin": sent.origin, "size": kept.size}
    return Outgoing(
        message_id=uuid5(NAMESPACE_URL, f"{sent.origin}/{kept.number}"),
        to=recipient.to,
        language=Language.ENGLISH,
        subject=said["checkpoint_subject"].format_map(named),
        text=f"{said['checkpoint'].format_map(named)}\n\n{note}",
        body={"type": TYPE, "origin": sent.origin, "size": kept.size, "checkpoint": note},
    )
