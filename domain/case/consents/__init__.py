"""What the person agreed to, purpose by purpose, and took back. Care itself rests on the legal task.

Each answer stands with its day, how it was given and who witnessed it, until another is told. What a
purpose allows ends at once where it is withdrawn: `uses.py` says which steps ask for it.
"""
