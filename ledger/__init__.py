"""The ledger: events in, states and history out, and nothing ever altered.

This folder exists so that the rest may trust four promises without knowing how they are
kept: a command is recorded exactly once and always answers the same; positions have no
gaps; a personal field can be read only while its person's key exists; and SQLite and
PostgreSQL behave alike.

Read `ledger.py` first, what can be asked of one, and `recording/`, the way of a command to its
events and its answer. Then `at_rest/` (what an event looks like in a row, and how an older one is
read), `keys/` (what protects it, and what erasure destroys), `ground/` (what must hold beneath:
the clock, a ledger that is what it was, who is at work on it), `level.py` (two releases on one
ledger), `upkeep.py` (what a person does to it as a whole) and `following/` (what must follow from
what is recorded). `port.py` is all the ledger knows of the rules. The databases come last:
`store.py` says what one must do, `recorder.py` and `library.py` what both do alike, `faults.py`
what may go wrong there; `sqlite/` and `postgres/` do it, `migrations/` make their tables, and
`opening.py` opens it all by URL (`urls.py`).
"""
