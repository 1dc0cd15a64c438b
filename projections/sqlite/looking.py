"""How far the views in a file have come, for who leaves no trace."""

from contextlib import closing
from pathlib import Path

from ledger.faults import translated
from ledger.sqlite.looking import look_at
from projections.reached import State
from projections.sqlite.shapes import live, of_shape
from projections.sqlite.writing import RETIRED, state_of
from projections.views.table import shape

TRIES = 3
"""A rebuild may swap the file between the look at the link and the one at the file."""


def state_at(path: Path) -> State | None:
    """Of this program's shape, under the name of all; None where there are no views."""
    link = of_shape(path, shape())
    state = None
    with translated("views"):
        for _ in range(TRIES):
            if not link.exists():
                return None
            with closing(look_at(live(link))) as connection:
                state = state_of(connection)
            if state.reached.position != RETIRED:
                break
    return state
