"""What is registered is listed as it stands now, by code, and made anew the same."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from domain.errors import Refused
from domain.example.registered import register_entries
from domain.message import StreamKind, name_of
from domain.registry.state import REGISTRY
from domain.staff.decide import FOUNDING_ADMINISTRATOR
from domain.values.codes import EntryKind
from projections.projector import Projector
from projections.rebuilding import making
from projections.store import Views
from projections.views import registry
from projections.views.pages import Part
from projections.views.registry import BY_CODE, Filters, RegistryEntry
from tests.integration.projections.contents import catch_up, contents
from tests.integration.projections.programme import Programme

SUPPLIER = register_entries()[0]


def register(programme: Programme, *changed: dict[str, Any]) -> None:
    """Entries like the example's supplier, but for what is changed of each."""
    programme.record(
        *(
            programme.order(
                StreamKind.REGISTRY,
                name_of(REGISTRY),
                SUPPLIER.model_copy(update=each),
                FOUNDING_ADMINISTRATOR,
            )
            for each in changed
        )
    )


def found(views: Views, limit: int = 50, **filters: Any) -> Iterator[RegistryEntry]:
    cursor: str | None = None
    while True:
        with views.reading() as conn:
            part = Part(BY_CODE, cursor, limit)
            page = registry.find(conn, Filters(EntryKind.SUPPLIER, **filters), part)
        yield from page.rows
        cursor = page.next_cursor
        if cursor is None:
            return


def test_what_is_registered_again_takes_the_place_of_what_was(
    programme: Programme,
    projector: Projector,
    views: Views,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register(programme, {"entry": "s-1"}, {"entry": "s-2"}, {"entry": "s-1", "name_fr": "Second"})
    catch_up(projector)
    register(programme, {"entry": "s-1", "name_fr": "Third"}, {"entry": "s-3"})
    catch_up(projector, 1)
    with views.reading() as conn:
        entry = registry.get(conn, EntryKind.SUPPLIER, "s-1")
        assert entry is not None
        assert entry.name_fr == "Third"
        assert registry.get(conn, EntryKind.PRISON, "s-1") is None
    live = contents(views)
    for size in (making.LOT, 1):
        monkeypatch.setattr(making, "LOT", size)
        monkeypatch.setattr(making, "BATCH", size)
        projector.rebuild()
        assert contents(views) == live


def test_entries_come_by_code_with_those_that_a_step_of_a_day_may_name(
    programme: Programme, projector: Projector, views: Views
) -> None:
    ended = {"until": date(2024, 6, 30)}
    later = {"since": date(2024, 7, 1)}
    register(
        programme,
        {"entry": "b-1"} | ended,
        {"entry": "a-2"} | later,
        {"entry": "a-1"},
        {"entry": "a-10", "province": "midelt"},
        {"entry": "c-1", "province": None},
        {"entry": "b-0", "kind": EntryKind.COMPANY},
    )
    catch_up(projector)
    of_the_example = ["supplier-midelt", "supplier-taza"]
    every = ["a-1", "a-10", "a-2", "b-1", "c-1", *of_the_example]
    for limit in (1, 2, 3, 50):
        assert [each.entry for each in found(views, limit)] == every
    in_taza = [each.entry for each in found(views, 2, province="taza")]
    assert in_taza == ["a-1", "a-2", "b-1", "supplier-taza"]
    for day, left_out in ((date(2024, 6, 30), "a-2"), (date(2024, 7, 1), "b-1")):
        valid = [each.entry for each in found(views, 2, valid_on=day)]
        assert valid == [each for each in every if each != left_out]


def test_a_cursor_is_for_the_kind_it_was_made_under(
    programme: Programme, projector: Projector, views: Views
) -> None:
    catch_up(projector)
    with views.reading() as conn:
        first = registry.find(conn, Filters(EntryKind.PRISON), Part(BY_CODE, limit=1)).next_cursor
        with pytest.raises(Refused, match="cursor_of_another_list"):
            registry.find(conn, Filters(EntryKind.SUPPLIER), Part(BY_CODE, first))
