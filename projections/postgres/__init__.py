"""The views in a PostgreSQL schema of their own. Read `store.py`, then `writing.py`."""
