"""A case handed to another centre: referred, and there accepted or refused.

Until it is accepted the old centre has the case whole, with every right and duty. On acceptance the
same case moves: its centre, its caseworker, the reviews, the papers; its reference stays. The
receiving centre decides on what the referral says, and reads nothing else of the case before.

Read `steps.py`, `decide.py`, then `evolve.py`.
"""
