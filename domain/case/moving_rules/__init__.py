"""A case is moved to another version of the rules, with a reason: what lies ahead goes by it.

Reviews whose window had begun stay as they were, and so does all that was held, exempted or missed:
nothing that was done becomes undone. What was approved, ordered or asked for stands; what is decided
from then on is decided by the new version. So a case can be moved at any time while it is open.
"""
