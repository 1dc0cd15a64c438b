"""Who follows the ledger and does what must follow from its events.

A follower is a `Projection` of the eventsourcing library (`projection.py`) on the library's own
subscription (`subscription.py`). It keeps its place beside the ledger, in a file or schema of
its own (`tracking.py`), and follows one process at a time (`turn.py`). `follower.py` runs it:
batch by batch, each effect at least once, and no event that fails holds up the others.
"""
