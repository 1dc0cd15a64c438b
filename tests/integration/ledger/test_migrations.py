"""The tables go up by numbered steps, never down, and an older program leaves them alone."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from domain.errors import DatabaseBehind, DatabaseNewer
from ledger import migrations
from ledger.migrations import Step, missing, statements, steps
from ledger.postgres.schema import prepare
from ledger.sqlite.keys import SqliteKeyTable
from tests.integration.ledger.place import Opener, Place, fill_pot
from tests.integration.ledger.test_at_rest import by_hand
from tests.integration.ledger.toy import pot
from tests.support.postgres import SERVICE

ROOMS = [
    (database, room)
    for database in ("sqlite", "postgres")
    for room in ("ledger", "keys", "followers", "proof")
]


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes this program the next release, which adds a column, or this one again."""
    shipped = steps

    def with_one_more(database: str, room: str) -> Sequence[Step]:
        base = shipped(database, room)
        if room != "ledger":
            return base
        table = "upkeep" if database == "sqlite" else "ledger.upkeep"
        added = f"ALTER TABLE {table} ADD COLUMN seen_by text"
        return [*base, Step(base[-1].number + 1, f"{added};\n")]

    def become(release: str) -> None:
        known = with_one_more if release == "the next" else shipped
        for module in ("ledger.sqlite.files", "ledger.postgres.fitness", "ledger.postgres.schema"):
            monkeypatch.setattr(f"{module}.steps", known)

    return become


def test_a_newer_release_goes_up_and_an_older_one_is_refused_and_changes_nothing(
    place: Place, opened: Opener, running: Callable[[str], None]
) -> None:
    before = opened()
    before.record(fill_pot(1))
    running("the next")
    if place.kind == "postgres":
        with pytest.raises(DatabaseBehind, match="jisr database prepare"):
            opened()
        prepare(place.owner_url, SERVICE)
    newer = opened()
    assert newer.state(pot()).version == 1
    assert newer.record(fill_pot(1)).version == 2
    running("this one")
    for _ in range(2):
        with pytest.raises(DatabaseNewer):
            opened()
        if place.kind == "postgres":
            with pytest.raises(DatabaseNewer):
                prepare(place.owner_url, SERVICE)
    table = "ledger_schema" if place.kind == "sqlite" else "schema_version"
    with by_hand(place) as connection:
        select = f"SELECT version FROM {table} ORDER BY version"  # noqa: S608 (a constant)
        assert connection.execute(select).fetchall() == [(1,), (2,)]
        connection.execute("SELECT seen_by FROM upkeep")
    running("the next")
    assert opened().head() == 2


def test_an_older_program_at_work_goes_on_beside_a_newer_one_or_says_why_not(
    place: Place, opened: Opener, running: Callable[[str], None]
) -> None:
    """On PostgreSQL the owner migrates, and processes of both releases go on side by side."""
    before = opened()
    before.record(fill_pot(1))
    running("the next")
    if place.kind == "postgres":
        prepare(place.owner_url, SERVICE)
    newer = opened()
    if place.kind == "postgres":
        assert before.record(fill_pot(1)).version == 2
    else:
        with pytest.raises(DatabaseNewer, match="install that release"):
            before.record(fill_pot(1))
        results = before.record_all([fill_pot(1), fill_pot(1)])
        assert [getattr(each, "code", "recorded") for each in results] == ["database_newer"] * 2
    assert before.state(pot()).version == newer.state(pot()).version == newer.head()
    newer.record(fill_pot(1))
    assert before.state(pot()).version == newer.head()


def test_neither_does_it_touch_the_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = steps("sqlite", "keys")
    before = SqliteKeyTable(tmp_path / "keys.db", lock_timeout=5)
    monkeypatch.setattr(
        "ledger.sqlite.files.steps", lambda *_: [*shipped, Step(2, "CREATE TABLE more (x);\n")]
    )
    SqliteKeyTable(tmp_path / "keys.db", lock_timeout=5).close()
    for write in (
        lambda: before.destroy(UUID(int=1)),
        lambda: before.secret("root", b"x"),
        lambda: before.fact("master", "1"),
    ):
        with pytest.raises(DatabaseNewer):
            write()
    assert before.find([UUID(int=1)]).destroyed == set()
    before.close()


def test_an_sqlite_ledger_is_never_told_to_prepare_postgresql(
    place: Place, opened: Opener, running: Callable[[str], None]
) -> None:
    if place.kind == "sqlite":
        running("the next")
        opened()
        running("this one")
        with pytest.raises(DatabaseNewer) as refused:
            opened()
        assert "prepare" not in str(refused.value)


@pytest.mark.parametrize(("database", "room"), ROOMS)
def test_steps_are_numbered_from_the_base_without_a_gap(database: str, room: str) -> None:
    found = steps(database, room)
    assert [step.number for step in found] == list(range(1, len(found) + 1))
    names = [file.name for file in (Path(migrations.__file__).parent / database / room).iterdir()]
    assert min(names) == "0001_base.sql"
    assert len(names) == len(found)


def test_a_step_that_fails_half_way_leaves_nothing_on_sqlite(
    tmp_path: Path, place: Place, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place.kind == "sqlite":
        opened().record(fill_pot(1))
        broken = [*steps("sqlite", "ledger"), Step(2, "CREATE TABLE half (x);\nNONSENSE;\n")]
        monkeypatch.setattr("ledger.sqlite.files.steps", lambda *_: broken)
        with pytest.raises(Exception, match="unexpected"):
            opened()
        with closing(sqlite3.connect(tmp_path / "ledger.db")) as file:
            tables = {name for (name,) in file.execute("SELECT name FROM sqlite_schema")}
            assert "half" not in tables
        monkeypatch.undo()
        assert opened().head() == 1


def test_what_is_missing_is_what_comes_after() -> None:
    three = [Step(1, ""), Step(2, ""), Step(3, "")]
    assert missing(three, 0) == three
    assert missing(three, 2) == three[2:]
    assert missing(three, 3) == []
    with pytest.raises(DatabaseNewer):
        missing(three, 4)


def test_a_statement_without_an_end_is_not_passed_over() -> None:
    assert list(statements("CREATE TABLE a (x);\nDROP TABLE b"))[1:] == ["DROP TABLE b"]


def test_a_trigger_is_one_statement() -> None:
    script = "CREATE TABLE a (x);\nCREATE TRIGGER t BEFORE DELETE ON a\nBEGIN SELECT 1; END;\n"
    assert len(list(statements(script))) == 2
