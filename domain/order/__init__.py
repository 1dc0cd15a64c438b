"""An order: one supplier, one contract, and lines of one or several projects.

It goes on without their cases: what was ordered is received, paid, refunded, cancelled or lost also
when the approval behind a line was ended. Such lines are the agreement's stock.
"""
