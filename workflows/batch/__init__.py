"""The process of a batch: its lines one after another, at a pace that leaves people their own.

`workflow.py` is the loop and nothing else; `activities.py` goes on with a batch for a few seconds and
records how far it came; `lines.py` looks at one line or has its case's own workflow take it. All a run
knows stands in the ledger, so it may be ended and begun anew at any moment: `runs.py`, `healing.py`.
"""
