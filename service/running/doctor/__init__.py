"""`jisr doctor`: asks every part for itself, and says in words what is wrong and what to do.

It writes nothing, not even a lock file: an installation is looked at as it is, also while it runs,
after it was killed, or when a file is missing, cut short or somebody else's. A part that cannot be
looked at is a finding like any other, and keeps nothing else from being looked at.

`finding.py` says what a finding is and how much each part weighs; `examine.py` gathers them.
`ground.py` looks at settings, folder, disk and master key; `records.py` at the ledger and its keys,
with `lost_keys.py`, `batches.py` and `administering.py` and `backups.py`; `progress.py` at whoever follows the ledger, twice; `engine.py` at Temporal and
`door.py` at the API. `report.py` is what is printed.
"""
