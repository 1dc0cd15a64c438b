"""The real Temporal server as a child process that cannot outlive its parent.

Read `embedded.py`, then `children.py` and `guard.py`.
"""
