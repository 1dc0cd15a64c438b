"""`jisr backup` and `jisr restore`: an installation of one moment, and back again.

A backup is a folder in two halves. One has the ledger, what stands beside it and the papers; the other
the keys, which is all that opens the first, and which may be kept elsewhere (`--keys`). Neither has the
master key: whoever finds both halves reads nothing of anybody. What can be made again (views, workflows)
or had better not come back (who is signed in) is in none.

`rooms.py` says what is copied, `snapshots.py` how all of it is of one moment, `making.py` makes a
backup, and `manifest.py` is the list in it by which each byte is known again. `checking.py` trusts
nothing of one that is brought back; `standing.py` looks at what it would take the place of, `erased.py`
at who was erased since; then `restoring.py` goes, by `on_files.py` or `on_postgres.py`, and `again.py`
erases them once more.
"""
