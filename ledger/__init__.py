"""The ledger: events in, states and history out, and nothing ever altered.

This folder exists so that the rest may trust four promises without knowing how they are
kept: a command is recorded exactly once and always answers the same; positions have no
gaps; a personal field can be read only while its person's key exists; and SQLite and
PostgreSQL behave alike.

Read `ledger.py` first, what can be asked of one, `recording.py`, the way of commands into one
transaction, and `deciding.py`, what a decision adds to
the rules' events. Then `loading.py` and `states.py` (what is kept, and for how long it may
be believed), `watch.py` (a ledger that is not what it was), `level.py` and `living.py` (two
releases on one ledger), `mapper.py` with `envelopes.py`, `veiling.py` and `event_types.py`
(what an event looks like at rest, what of it nobody may be told by its name, and how an older
one is read), `keys/` (what protects it, and what erasure destroys). The databases come last:
`store.py` says what one must do, `recorder.py` what both do alike, `sqlite/` and `postgres/` do it
(a reader, a store, a follower each). `opening.py` opens it all by URL, and `writer.py` gives it an
asyncio face that commits in groups.
"""
