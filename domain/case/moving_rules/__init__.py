"""A case is moved to another version of the rules, with a reason: what lies ahead goes by it.

Reviews whose window had begun stay as they were, and so does all that was held, exempted, given
another day or missed: nothing that was done becomes undone, and nothing becomes late by the move. What
was approved, ordered or asked for stands; what is done from that day on is decided by the new version,
and what was done before it by the old one, however late it is entered. So a case can be moved at any
time while it is open. Who moved it to a wrong version moves it to the right one, or takes the entry back.
"""
