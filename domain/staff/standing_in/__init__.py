"""Who stands in for an absent caseworker or coordinator, from a day to a day.

A delegate has the absent's cases in their own list beside theirs, and gets what falls due in them.
They act in their own role and name: no right passes to them that their post does not have, and they
are of the same centre. A delegation ends on its day, at once, or when either of the two leaves.
"""
