"""Dismissal of a finding: somebody has looked, and says why nothing is to be done.

A finding follows from what is recorded and is nothing by itself; that it was dismissed is an event, in
a stream that goes by the finding's id. It holds for what the finding rested on then: an entry that
comes to it later makes it open again (`projections/views/findings.py`). Whoever dismisses is of no
centre, and recorded none of those entries (`service/queries/findings.py`): nobody passes over their own.
"""
