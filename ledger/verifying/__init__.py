"""Verifies a ledger where it stands: every event against the tree, the tree against what was signed.

Whoever owns the machine can change a row, and make the tree anew above it. So there are three
things to compare, each harder to reach than the one before: the rows, the tree beside them, and
the checkpoints that left the house. `whole.py` goes over all events once and says the first
position that is wrong; `signed.py` is what was signed, here and by whom; `exact.py` says the very event
where a tree was kept outside, too.
"""
