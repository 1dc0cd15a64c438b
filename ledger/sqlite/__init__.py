"""The ledger and its key store in SQLite files: the embedded default.

Read `schema.py` (the tables and what guards them), `reader.py`, `store.py`, `following.py`;
then `keys.py`, and `files.py`, how connections are made for both.
"""
