"""What an operator runs.

Read `stem.py` (what `jisr up` is), `up.py` and `supervise.py` (what it keeps running), `parts/`,
`doctor.py`, then the rest by its name.
"""
