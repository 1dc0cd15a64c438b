"""How a step is described, judged and turned into events, whatever it is about.

`table.py` says how a row is written, `handling.py` with `roles.py` what a decision is given and
what it gives, `checks.py` what several parts check, `recording.py` what is recorded as it was said.
`days.py` and `codes.py` judge the days and the codes that a step tells of; `fields.py` finds them.
"""
