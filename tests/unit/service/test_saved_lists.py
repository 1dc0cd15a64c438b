"""The lists that somebody comes back to are theirs, and their centre's where they share them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from service.identity.sign_ins.saved import MOST, SavedLists
from service.identity.sign_ins.tables import SIGN_INS
from service.keeping import open_engine, prepare_kept
from tests.support.postgres import SERVICE, PostgresDatabase

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
ME, COLLEAGUE, STRANGER = uuid4(), uuid4(), uuid4()
VISITS = {"whose": "mine", "kind": "visit"}
LATE = {"whose": "everybody", "late": "longer"}


@pytest.fixture(params=["file", "postgres"])
def saved(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SavedLists]:
    url = f"sqlite://{tmp_path / 'sign_ins.db'}"
    if request.param == "postgres":
        database: PostgresDatabase = request.getfixturevalue("postgres_database")
        prepare_kept(database.owner_url, SERVICE, SIGN_INS)
        url = database.service_url.replace("postgresql://", "postgresql+psycopg://")
    engine = open_engine(url, SIGN_INS)
    yield SavedLists(engine)
    engine.dispose()


def test_ones_own_come_first_and_then_what_colleagues_share(saved: SavedLists) -> None:
    saved.save(COLLEAGUE, "today", LATE, NOW + timedelta(hours=1), "taza")
    saved.save(COLLEAGUE, "today", VISITS, NOW)
    saved.save(ME, "today", VISITS, NOW)
    saved.save(ME, "today", VISITS, NOW)
    found = saved.of(ME, "today", "taza", [ME, COLLEAGUE])
    assert [(each.author, dict(each.asked), each.shared) for each in found] == [
        (ME, VISITS, False),
        (COLLEAGUE, LATE, True),
    ]
    assert saved.of(ME, "cases", "taza", [ME, COLLEAGUE]) == []
    assert saved.of(STRANGER, "today", "midelt", [STRANGER]) == []
    assert saved.of(STRANGER, "today", None, []) == []
    assert len(saved.of(ME, "today", "taza", [ME])) == 1, "who shared it has left"


def test_only_who_saved_it_forgets_it_and_the_oldest_make_room(saved: SavedLists) -> None:
    saved.save(ME, "today", VISITS, NOW, "taza")
    (own,) = saved.of(ME, "today", "taza", [])
    saved.forget(COLLEAGUE, own.id)
    assert saved.of(ME, "today", "taza", []) == [own]
    saved.save(ME, "today", VISITS, NOW)
    assert saved.of(COLLEAGUE, "today", "taza", [ME]) == [], "saved again, for oneself"
    saved.forget(ME, own.id)
    assert saved.of(ME, "today", "taza", []) == []
    for minute in range(MOST + 1):
        asked = {"whose": "mine", "province": f"p{minute}"}
        saved.save(ME, "today", asked, NOW + timedelta(minutes=minute))
    found = saved.of(ME, "today", "taza", [])
    assert len(found) == MOST
    assert {"whose": "mine", "province": "p0"} not in [dict(each.asked) for each in found]
