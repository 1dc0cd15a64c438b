"""The ledger's tables in SQLite, and the triggers that refuse to change what is in them.

`INSERT OR REPLACE` deletes without firing a trigger on deletion, so the triggers on
insertion refuse whatever would replace a row; they also keep positions and versions
without gaps, whoever writes.
"""

STATEMENTS = (
    "CREATE TABLE IF NOT EXISTS ledger_schema (version INTEGER NOT NULL)",
    """CREATE TABLE IF NOT EXISTS stored_events (
        position INTEGER PRIMARY KEY,
        originator_id TEXT NOT NULL,
        originator_version INTEGER NOT NULL,
        topic TEXT NOT NULL,
        state BLOB NOT NULL,
        UNIQUE (originator_id, originator_version))""",
    """CREATE INDEX IF NOT EXISTS first_events ON stored_events (originator_id)
        WHERE originator_version = 1""",
    """CREATE TABLE IF NOT EXISTS commands (
        id BLOB PRIMARY KEY,
        fingerprint BLOB NOT NULL,
        answer TEXT NOT NULL,
        position INTEGER NOT NULL,
        recorded_at TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TRIGGER IF NOT EXISTS events_without_gaps BEFORE INSERT ON stored_events
        WHEN NEW.position IS NOT 1 + (SELECT coalesce(max(position), 0) FROM stored_events)
          OR NEW.originator_version IS NOT 1 + (
             SELECT coalesce(max(originator_version), 0) FROM stored_events
             WHERE originator_id = NEW.originator_id)
        BEGIN SELECT RAISE(ABORT, 'the ledger only grows, without gaps'); END""",
    """CREATE TRIGGER IF NOT EXISTS commands_once BEFORE INSERT ON commands
        WHEN EXISTS (SELECT 1 FROM commands WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
    *(
        f"""CREATE TRIGGER IF NOT EXISTS {table}_no_{action.lower()} BEFORE {action} ON {table}
            BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END"""
        for table in ("stored_events", "commands")
        for action in ("UPDATE", "DELETE")
    ),
)
