"""The views in an SQLite file of their own. Read `store.py`, then `writing.py`; `looking.py` leaves no trace."""
