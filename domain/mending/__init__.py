"""Mistakes: an entry of a case is corrected, or retracted, and all that follows from it follows.

What was recorded stays. A correction records what the step should have said, in the place of what
it said, and beside it who mended which entries and why; the fold leaves out what is mended
(`domain.folds.mended`). Read `ways.py` (how each kind of entry is mended), `entries.py` (what an
entry is), `recording.py` (a case as it would be), `decide.py` (whether it may be), `path.py`.
"""
