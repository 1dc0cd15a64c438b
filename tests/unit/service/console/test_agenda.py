"""What is done at one place on a day stands together, however the place was written."""

from datetime import date
from types import SimpleNamespace
from typing import cast

from service.console.pages.agenda import placed
from service.queries.agenda import AgendaDay, AgendaTask


def test_a_commune_stands_once_on_its_day_and_so_does_what_is_done_elsewhere() -> None:
    at = ("Taza", None, "taza", "Guercif", None, "TAZA")
    tasks = tuple(cast("AgendaTask", SimpleNamespace(commune=each)) for each in at)
    day = AgendaDay.model_construct(day=date(2024, 9, 2), is_holiday=False, tasks=tasks)
    found = [(commune, len(some)) for commune, some in placed(day)]
    assert found == [("Taza", 3), (None, 2), ("Guercif", 1)]
