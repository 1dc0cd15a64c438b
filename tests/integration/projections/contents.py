"""Everything that is in the views, to be compared row for row."""

from typing import Any

from sqlalchemy import select

from projections.projector import Projector
from projections.store import Views
from projections.views.findings import NEWEST, Filters, find
from projections.views.pages import MOST, Part
from projections.views.table import VIEWS


def contents(views: Views) -> dict[str, list[tuple[Any, ...]]]:
    """By view; and what is found among them."""
    with views.reading() as connection:
        found = find(connection, Filters(), Part(NEWEST, limit=MOST)).rows
        return {"found": [tuple(dict(each).values()) for each in found]} | {
            view.name: sorted(
                (tuple(row) for row in connection.execute(select(view.table))),
                key=repr,
            )
            for view in VIEWS
        }


def catch_up(projector: Projector, limit: int = 1000) -> None:
    while projector.run_once(limit):
        pass
