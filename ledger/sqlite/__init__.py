"""The ledger and its key store in SQLite files: the embedded default.

Read `migrations/` (the tables and what guards them), `reader.py`, `store.py`, `following.py`;
then `keys.py`, and `files.py`, how connections are made for both; `looking.py`, for who leaves no
trace. `factory.py` makes this
folder a persistence module of the eventsourcing library.
"""

from ledger.sqlite.factory import Factory

__all__ = ["Factory"]
