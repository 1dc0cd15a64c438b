"""The handover ceremony: a day, a place, and a list confirmed line by line.

One ceremony serves several agreements, an agreement several ceremonies. People come on
the list, and their lines are confirmed, through steps of their own cases.
"""
