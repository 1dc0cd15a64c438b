"""No migration takes from running processes of the release before what they read or write."""

import pytest

from ledger.migrations import Step, steps
from tests.support.additive import not_additive

ROOMS = [
    (database, room)
    for database in ("sqlite", "postgres")
    for room in ("ledger", "keys", "followers", "proof")
]
TAKEN_AWAY: frozenset[str] = frozenset()
"""`room/number: statement`, of what no released program uses any more: said in the notes of the
release before it went."""

BASE = Step(1, "CREATE TABLE ledger.upkeep (number bigint);\nDROP TABLE base_is_free;\n")
HARMLESS = """-- A comment; with a semicolon.
CREATE TABLE ledger.heads (
    number bigint PRIMARY KEY, -- a key; of its own
    signed bytea NOT NULL
);
ALTER TABLE ledger.heads ADD CONSTRAINT signed_once UNIQUE (signed);
CREATE UNIQUE INDEX one_head ON ledger.heads (signed);
CREATE FUNCTION ledger.refuse_heads() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN DELETE FROM ledger.upkeep; RAISE EXCEPTION 'no; never'; END $$;
REVOKE ALL ON FUNCTION ledger.refuse_heads() FROM PUBLIC;
CREATE TRIGGER stay BEFORE UPDATE OR DELETE ON ledger.heads
    EXECUTE FUNCTION ledger.refuse_heads();
INSERT INTO ledger.heads VALUES (1, '');
CREATE INDEX by_kind ON ledger.upkeep (kind);
ALTER TABLE ledger.upkeep ADD COLUMN seen_by text;
ALTER TABLE ledger.upkeep ADD COLUMN many integer NOT NULL DEFAULT 0;
"""
HARMFUL = (
    "ALTER TABLE ledger.upkeep ADD COLUMN seen_by text NOT NULL",
    "ALTER TABLE ledger.upkeep ADD COLUMN seen_by text UNIQUE",
    "ALTER TABLE ledger.upkeep ADD COLUMN seen_at timestamptz DEFAULT clock_timestamp()",
    "ALTER TABLE ledger.upkeep ADD COLUMN seen_by text, DROP COLUMN kind",
    "ALTER TABLE ledger.upkeep DROP COLUMN kind",
    "ALTER TABLE ledger.upkeep RENAME COLUMN kind TO sort",
    "ALTER TABLE ledger.upkeep ALTER COLUMN kind TYPE varchar(3)",
    "ALTER TABLE ledger.upkeep RENAME TO notes",
    "ALTER TABLE ledger.upkeep ADD CONSTRAINT short CHECK (length(kind) < 9)",
    "CREATE UNIQUE INDEX one_kind ON ledger.upkeep (kind)",
    "CREATE TRIGGER stricter BEFORE INSERT ON ledger.upkeep EXECUTE FUNCTION ledger.refuse()",
    "CREATE OR REPLACE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN END $$",
    "DROP TABLE ledger.upkeep",
    "DROP TRIGGER only_grows ON ledger.upkeep",
    "DROP FUNCTION ledger.refuse()",
    "DELETE FROM ledger.upkeep",
    "UPDATE ledger.upkeep SET kind = 'x'",
    "INSERT INTO ledger.upkeep VALUES (1)",
    "TRUNCATE ledger.upkeep",
    "REVOKE INSERT ON ledger.upkeep FROM jisr",
)


@pytest.mark.parametrize(("database", "room"), ROOMS)
def test_each_migration_only_adds(database: str, room: str) -> None:
    found = {f"{room}/{each}" for each in not_additive(database, steps(database, room))}
    assert found <= TAKEN_AWAY


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
@pytest.mark.parametrize("statement", HARMFUL)
def test_a_migration_that_takes_something_away_is_found(database: str, statement: str) -> None:
    made = [BASE, Step(2, f"CREATE TABLE ledger.other (x int);\n{statement};\n")]
    assert [each.partition(": ")[0] for each in not_additive(database, made)] == ["2"]


def test_a_migration_that_adds_is_not() -> None:
    assert not_additive("postgres", [BASE, Step(2, HARMLESS)]) == []
    trigger = """CREATE TABLE heads (number INTEGER PRIMARY KEY);
CREATE TRIGGER heads_no_delete BEFORE DELETE ON heads
    BEGIN SELECT RAISE(ABORT, 'heads stay'); END;
ALTER TABLE upkeep ADD COLUMN seen_by TEXT;
"""
    assert not_additive("sqlite", [BASE, Step(2, trigger)]) == []
