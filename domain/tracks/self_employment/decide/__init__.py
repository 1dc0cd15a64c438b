"""The rules of the track, in their order.

`training.py`, `plan.py` (with `part.py`), `approval.py` (with `fundable.py`, `body.py` and
`again.py`: which money may, who decides, and whether a source funds twice), `change.py`,
`ceremony.py`, `delivery.py`, `follow_up.py`, `problems.py`, `recovery.py`. `reads.py` says what
each looks at besides the case.
"""
