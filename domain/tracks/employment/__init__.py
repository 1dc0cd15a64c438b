"""The employment track: a job with an employer, and whether the person is still in it months later.

It lives inside a case. Read `path.py` (its steps in order), `steps.py` and `events.py`, `state.py` with
its fold in `evolve.py`, the rules in `decide.py`, then `schedule.py` (when a placement is reviewed).
"""
