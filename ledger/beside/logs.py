"""What stands beside a ledger's events, as logs that are sealed in the ledger's own room."""

from typing import NamedTuple

from ledger.beside.notes import Notes
from ledger.beside.receipts import Receipts
from ledger.proof.log import RECEIPTS, UPKEEP, Log
from ledger.store import Store


class Beside(NamedTuple):
    """Each a log of its own."""

    notes: Log
    """What was done to the ledger as a whole."""
    receipts: Log
    """What commands were answered."""


def beside(sealed: Log, store: Store) -> Beside:
    return Beside(sealed.beside(UPKEEP, Notes(store)), sealed.beside(RECEIPTS, Receipts(store)))
