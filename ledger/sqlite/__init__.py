"""The ledger and its key store in SQLite files: the embedded default.

Read `store.py`, then `schema.py` (the tables and what guards them), `keys.py`, `files.py`.
"""
