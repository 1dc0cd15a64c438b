"""The schooling track: a child goes back to school, year by year, and goes on after the 18th birthday.

It lives inside a case: its events stand in the case's stream. It opens below 18. No money of an
agreement goes to it: a learning kit is the house's own, signed for by the guardian of a minor.

Read `path.py` (its steps), `years.py` (what a school year is called, and when it runs), `steps.py` and
`events.py`, `state.py` with its fold in `evolve.py`, the rules in `decide.py`, then `schedule.py` (what
falls due: the year's result, the next year's enrolment).
"""
