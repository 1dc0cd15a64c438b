"""Processes that look over a ledger for its verification: on all cores, where that is worth their start."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from domain.errors import JisrError
from ledger.beside.notes import Notes
from ledger.beside.receipts import Receipts
from ledger.opening import looked_at_store
from ledger.proof.log import LEDGER, READS, RECEIPTS, UPKEEP
from ledger.proof.sealable import Sealable
from ledger.reads.opening import looked_at_reads
from ledger.verifying.hands import Hands, Look, serve
from ledger.verifying.stretches import Asked, Stretch, look_over
from service.running.hands import cores, forked_pipes

FEW = 20_000
"""Entries that one process goes over before others would have begun."""


@contextmanager
def hands(ledger: str, reads: str) -> Iterator[Hands | None]:
    """By their URLs; none where there is one core, or little to look over.

    To be entered by the only thread, with no database open, as all that forks.
    """
    many = cores() if _entries(ledger) >= FEW else 0
    with forked_pipes(
        many, lambda it: serve(it, lambda: _opened(ledger, reads)), "jisr audit verify"
    ) as connections:
        yield Hands(connections) if connections else None


def _entries(ledger: str) -> int:
    try:
        with looked_at_store(ledger) as store:
            return store.max_notification_id() or 0
    except JisrError:  # whoever opens it for good says why
        return 0


@contextmanager
def _opened(ledger: str, of_reads: str) -> Iterator[Look]:
    """Each log is opened when it is first asked for."""
    with ExitStack() as stack:
        store = stack.enter_context(looked_at_store(ledger))
        room = stack.enter_context(closing(store.proof()))
        stores: dict[str, Sealable] = {
            LEDGER: store,
            UPKEEP: Notes(store),
            RECEIPTS: Receipts(store),
        }

        def look(asked: Asked) -> Stretch:
            if asked.log not in stores:
                reads, _ = stack.enter_context(looked_at_reads(of_reads, store.id))
                stores[READS] = reads
            return look_over(asked, stores[asked.log], room)

        yield look
