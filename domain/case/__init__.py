"""The case: one beneficiary, one open case, with the tracks that hang on it.

Read `path.py` (its steps in order), `steps.py` (what may be asked), `events.py` (what is
recorded), `state.py` with `evolve.py` (what that comes to), `decide.py` (the rules),
`reviews.py` with `schedule.py` (what falls due, and when), then `track.py` (all it asks of
its tracks).
"""
