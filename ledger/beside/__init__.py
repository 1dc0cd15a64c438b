"""What stands in the ledger beside its events, laid out so that it is sealed by the same code.

The notes of upkeep (`notes.py`), and what commands were answered (`receipts.py`): each is a log of its
own, with entries from 1 on, a tree and checkpoints. `following.py` finds what is new in them.
"""
