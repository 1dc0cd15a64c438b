"""The self-employment track: training, project approval, equipment, follow-up.

It lives inside a case: its events stand in the case's stream. The project it leads to is
a stream of its own (`domain/project`), because several people can hold one, and so is what is
ordered for it (`domain/order`), because one order serves several projects.

Read `path.py` (its steps in order), `steps.py` and `events.py`, `state.py` with the folds in
`evolve/`, the rules in `decide/`, then `schedule.py` (what falls due) and `problems.py` (what
comes up after the delivery).
"""
