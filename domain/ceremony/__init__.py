"""The handover ceremony: a day, a site, and a list confirmed line by line.

One ceremony serves several agreements, an agreement several ceremonies; on its list are people
of any province. They come on it, and their lines are confirmed, through steps of their own
cases. Its own steps also write into those cases: their rules stand in `domain/handovers`.
"""
