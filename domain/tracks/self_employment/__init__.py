"""The self-employment track: training, project approval, equipment, follow-up.

It lives inside a case: its events stand in the case's stream. The project it leads to is
a stream of its own (`domain/project`), because several people can hold one.

Read `path.py` (its steps in order), `steps.py` and `events.py`, `state.py` with `evolve.py`,
the rules in `decide/`, then `schedule.py` (what falls due).
"""
