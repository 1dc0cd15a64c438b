"""The places of the ledger's own tests, on both databases."""

from tests.integration.ledger.conftest import emptied, place

__all__ = ["emptied", "place"]
