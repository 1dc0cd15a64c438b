"""The vocational training track: a training by itself, alone or in a cohort, up to its certificate.

It lives inside a case. The training's own steps are those of every kind that has one
(`domain/tracks/training`); what is its own is the application before them. Read `path.py`, `steps.py`
and `events.py`, `state.py` with its fold in `evolve.py`, the rules in `decide.py`, then `schedule.py`.
"""
