"""The ceremonies of July 2024, replayed through the public API with made-up people.

The communique prints the ceremonies, the number of beneficiaries and the total cost. How
the 45 split among the provinces, which agreements paid, and who they were is not printed:
it is chosen here and marked as assumed. Read `plan.py` (what is replayed), `people.py`
(the made-up people), `underway.py` (those who are still on their way), `acts.py`, `stories.py`, `tracks.py` and `learning.py` (what happens
to others: no figure counts them), then `replay.py` (through HTTP) and `report.py` (beside the
figures).
"""
