"""What a recorder asks PostgreSQL, in whatever schema its tables are.

The ledger's lie in `ledger`; the log of readings is a second recorder of the same kind, in `reads`.
"""

LEDGER = "ledger"
LOCKS = {LEDGER: 1785295730, "reads": 1785295732}
"""The advisory lock (`jisr`, and the second number after it) that whoever appends holds."""


class Statements:
    """Of one schema."""

    def __init__(self, schema: str = LEDGER) -> None:
        events, commands, upkeep = (
            f"{schema}.{table}" for table in ("stored_events", "commands", "upkeep")
        )
        self.schema = schema
        self.lock = LOCKS[schema]
        self.channel = f"jisr_{schema}"
        """Notified, with the new head, when events were appended."""
        self.head = f"SELECT max(position) FROM {events}"
        self.select = (
            f"SELECT position, originator_id, originator_version, topic, state FROM {events} "
        )
        self.places = f"{self.select} WHERE position = ANY (ARRAY[%s::bigint, ({self.head})])"
        self.changed = f"""SELECT originator_id FROM {events} WHERE position > %s
            ORDER BY position LIMIT %s"""
        self.answers = f"""SELECT id, fingerprint, answer, position, recorded_at FROM {commands}
            WHERE id = ANY(%s)"""
        self.answers_between = f"""SELECT id, fingerprint, answer, position, recorded_at
            FROM {commands} WHERE position > %s AND position <= %s ORDER BY position, id"""
        self.answer_and_noted = f"""SELECT noted, id, fingerprint, answer, position, recorded_at
            FROM (SELECT coalesce(max(number), 0) AS noted FROM {upkeep}) AS upkeep
            LEFT JOIN {commands} ON id = %s"""
        self.tails = f"""SELECT e.position, e.originator_id, e.originator_version, e.topic, e.state
            FROM unnest(%s::text[], %s::bigint[]) AS known (stream, version) JOIN {events} AS e
            ON e.originator_id = known.stream AND e.originator_version > known.version
            ORDER BY e.originator_id, e.originator_version"""
        self.streams = f"""SELECT originator_id, (SELECT max(originator_version)
                FROM {events} AS all_events
                WHERE all_events.originator_id = first.originator_id)
            FROM {events} AS first WHERE originator_version = 1
            AND originator_id >= %s AND originator_id < %s ORDER BY originator_id"""
        self.versions = f"""SELECT originator_id, max(originator_version) FROM {events}
            WHERE position > %s AND position <= %s GROUP BY originator_id"""
        self.notes = f"""SELECT number, kind, detail, noted_at FROM {upkeep} WHERE number > %s
            ORDER BY number"""
        self.clock = "SELECT clock_timestamp()"
        self.begin = f"""BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(%s);
            {self.places}; {self.changed}; {self.notes}; {self.clock}; {self.answers}"""
        self.insert_events = f"""INSERT INTO {events}
            (position, originator_id, originator_version, topic, state) SELECT * FROM unnest(
            %s::bigint[], %s::text[], %s::bigint[], %s::text[], %b::bytea[])"""
        self.insert_answers = f"""INSERT INTO {commands} SELECT * FROM unnest(
            %s::uuid[], %b::bytea[], %s::text[], %s::bigint[], %s::timestamptz[])"""
        self.note = f"""INSERT INTO {upkeep} (number, kind, detail)
            SELECT 1 + coalesce(max(number), 0), %s, %s FROM {upkeep}"""
        self.made = f"SELECT detail FROM {upkeep} WHERE number = 1"
