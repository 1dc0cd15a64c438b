"""The secret by which a recipient's system knows what comes from here."""

from uuid import NAMESPACE_URL, uuid5

from ledger.ledger import Ledger
from service.notify.partners.secrets import secret_of as drawn_from

CHECKPOINTS = "checkpoints"
"""The use of the installation's own key from which it follows."""


def secret_of(ledger: Ledger, url: str) -> str:
    """As Standard Webhooks writes it: one for each address, kept nowhere."""
    return drawn_from(ledger.derived(CHECKPOINTS), uuid5(NAMESPACE_URL, url))
