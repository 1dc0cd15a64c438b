"""Who is told that a review fell due, and what they said to it.

A reminder goes to the caseworker, or to who stands in for them; what stays undone to the coordinator,
then to the division (`told.py`).
"""
