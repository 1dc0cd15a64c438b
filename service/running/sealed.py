"""The sealing of what is recorded and of who read it, and the sending of checkpoints, in a worker."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial

from ledger.ledger import Ledger
from ledger.proof.log import LEDGER, READS, Log, LogDiffers
from ledger.proof.notes import NoteBroken
from ledger.proof.remaking import remade
from ledger.proof.sealing import Losses, Sealer, sealing
from ledger.proof.tiles import TreeDamaged
from ledger.reads.log import ReadLog
from ledger.urls import sqlite_path
from service.bootstrap import opened_reads
from service.checkpoints.recipients import Recipient, recipients
from service.checkpoints.secrets import secret_of
from service.checkpoints.sending import CheckpointSender
from service.notify.channels.opening import transports
from service.running.faults import OperatorError
from service.running.outlasting import outlasting
from service.settings import Settings

log = logging.getLogger("jisr.proof")


@contextmanager
def sealed(settings: Settings, ledger: Ledger) -> Iterator[None]:
    """With both at work. A tree that is away or damaged keeps nobody from recording."""
    work = partial(_at_work, settings, ledger)
    with outlasting("sealing", work, log, "nothing is sealed"):
        yield


@contextmanager
def _at_work(settings: Settings, ledger: Ledger) -> Iterator[None]:
    with ExitStack() as stack:
        logs = stack.enter_context(sealed_logs(settings, ledger))
        every, losses = settings.checkpoint_every, ledger.upkeep.losses
        of_others = Losses(accepted=losses.accepted)
        for each in logs:
            theirs = losses if each.name == LEDGER else of_others
            stack.enter_context(sealing(Sealer(each, every=every, losses=theirs)))
        to = recipients(settings.checkpoints_to)
        if to:
            stack.enter_context(_sending(settings, ledger, logs, to))
        yield


@contextmanager
def sealed_logs(settings: Settings, ledger: Ledger) -> Iterator[Sequence[Log]]:
    """All that is sealed, as of `logs_of`."""
    with opened_reads(settings, ledger) as reads:
        yield logs_of(ledger, reads)


def logs_of(ledger: Ledger, reads: ReadLog) -> Sequence[Log]:
    """The ledger's first; then who read what, and what stands beside the events."""
    return ledger.sealed, ledger.sealed.beside(READS, reads.store), *ledger.beside


def caught_up(ledger: Ledger) -> Log:
    """The ledger, with all that is recorded by now sealed. Raises `OperatorError` where it differs."""
    try:
        ledger.sealed.catch_up()
    except LogDiffers as differs:
        found = f"position {differs.position} is not what was sealed"
    except (TreeDamaged, NoteBroken) as damaged:
        found = f"what was sealed is damaged: {damaged}"
    else:
        return ledger.sealed
    raise OperatorError(f"{found}. Nothing was signed: jisr audit verify")


def made_anew(settings: Settings, ledger: Ledger) -> int:
    """How many entries are under a tree again that was gone or older than the key store remembers; 0 for none.

    Raises `OperatorError` where what is recorded is not what was sealed.
    """
    path = sqlite_path(settings.reads)
    try:
        with ExitStack() as stack:
            logs: Sequence[Log] = [ledger.sealed, *ledger.beside]
            if path is None or path.exists():
                logs = stack.enter_context(sealed_logs(settings, ledger))
            return sum(remade(log) or 0 for log in logs)
    except LogDiffers as differs:
        found = f"position {differs.position} is not what was sealed"
    except (TreeDamaged, NoteBroken) as damaged:
        found = f"what was signed is damaged: {damaged}"
    raise OperatorError(f"{found}. Nothing was signed: jisr audit verify")


@contextmanager
def _sending(
    settings: Settings, ledger: Ledger, logs: Sequence[Log], to: Sequence[Recipient]
) -> Iterator[None]:
    secret: Callable[[str], str] = lambda url: secret_of(ledger, url)  # noqa: E731
    sender = CheckpointSender(
        logs, to, transports(settings, secret), ledger.feed.turn("checkpoints-sent")
    )
    stop = threading.Event()
    thread = threading.Thread(target=sender.run, args=(stop,), name="checkpoint-sender")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
