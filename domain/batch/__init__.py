"""One step for many cases: a list that is looked at first, then taken line by line.

A batch is a stream of its own: who asked for what on which lines, what the look beforehand foresaw,
how far it is, what was refused. Its lines are ordinary steps of their cases, each through its case's
own workflow; `workflows/batch/` takes them and holds nothing that does not stand here.

Read `allowed.py` (which steps, and no others), then `steps.py`, `state.py`, `lines.py` (from a line to
its step) and `believing.py` (what the ledger asks of a line's step under its lock).
"""
