"""Papers that belong to something: a case, a session, an order, a ceremony, an agreement.

A paper is sent first, and looked at, and then attached by a step. `events.py` and `steps.py` are
what those of all five share, `state.py` what they come to, `decide.py` when one may be attached.
"""
