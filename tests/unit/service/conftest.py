"""The programme on paper, for tests of what is shown of it."""

from tests.unit.domain.conftest import house

__all__ = ["house"]
