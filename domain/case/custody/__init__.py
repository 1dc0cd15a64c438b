"""Custody: the episodes that hold somebody, or bind them, and the passage from not free to free.

Read `vocabulary.py`, `steps.py` (what may be asked), `events.py` (what is recorded), `state.py`
with `evolve.py` (episodes and stays, and who is free), `decide.py` with `entering.py` (the rules),
`schedule.py` (what falls due beside the reviews in prison), and `path.py` (the rows).
"""
