"""What must hold beneath before anything is recorded.

`clock.py`: whether this process's clock may be believed. `watch.py`: whether the ledger still is
what this process knew of it. `living.py`: which processes are at work, and what they read.
"""
