"""The programmes of the views' tests: two centres at work, on both databases."""

from tests.integration.projections.conftest import (
    emptied,
    ledger,
    place,
    programme,
    projector,
    settled,
    views,
)

__all__ = ["emptied", "ledger", "place", "programme", "projector", "settled", "views"]
