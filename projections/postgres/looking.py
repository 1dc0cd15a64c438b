"""How far the views in a database have come, for who changes nothing there."""

import psycopg
from sqlalchemy import make_url

from ledger.faults import translated
from projections.postgres import writing
from projections.reached import State


def state_in(url: str) -> State | None:
    """Of this program's shape; None where there are no views."""
    given = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with translated("views"), writing.connect(given, writing.LIVE) as connection:
        try:
            return writing.state_of(connection)
        except psycopg.errors.UndefinedTable:
            return None
