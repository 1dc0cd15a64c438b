"""The ledger and its key store in PostgreSQL, 15 or newer: for production.

Read `store.py`, then `schema.py` (tables, guards, rights), `keys.py`, `connections.py`.
"""
