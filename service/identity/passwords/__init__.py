"""Passwords with a second factor: what is secret of them, and who is let in by them.

The ledger says whose a password is, from the invitation to its end, and under which names its hash,
its second factor and its recovery sheet are kept (`domain/staff/passwords.py`); they are kept here,
encrypted, in a file or a schema of their own. What the ledger does not name opens nothing.

Read `hashing.py` (what a try costs), `codes.py` (authenticator, recovery, invitation), `common.py`
(what is refused), `tables.py` and `store.py` (where it is kept, and who waits after wrong tries),
then `checking.py` (who comes) and `setting.py` (how one is invited, set and changed).
"""
