"""The ledger and its key store in PostgreSQL, 15 or newer: for production.

Read `migrations/` (tables, guards), `schema.py` (rights), `reader.py`, `store.py`, `following.py`; then
`keys.py`, `connections.py`, and `fitness.py`, what a database must be before it is opened.
`factory.py` makes this folder a persistence module of the eventsourcing library.
"""

from ledger.postgres.factory import Factory

__all__ = ["Factory"]
