"""The life of each reminder, as a case's history tells it: nothing is stored for it.

What a state calls for is known (`domain/case/reviews.py`); so a history, folded entry by entry, says
of every reminder when it was planned, by which step its day moved, what became of it, and whether it
was recorded once when its time came. Read `planned.py` for what one state plans, `stretches.py` for how
long each plan held and what ended it, `proving.py` for whether it kept its word, and `lives.py` for all
that is told of one review.
"""
