"""The session of a committee or commission: a day, a list, minutes, and a decision a line.

Projects come on the list, and are decided, through steps of their own cases, each under one
agreement. Postponing keeps the lines, cancelling frees them: both tell the cases in the same commit.
"""
