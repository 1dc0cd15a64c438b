"""What an operator runs.

Read `stem.py` (what `jisr up` is), `up.py` and `supervise.py` (what it keeps running), `parts/`,
`folder.py` (where it all lies), `doctor/`, then the rest by its name.
"""
