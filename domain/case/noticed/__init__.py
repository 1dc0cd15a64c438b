"""Who is told that a review fell due, and what they said to it.

A reminder goes to the caseworker, or to who stands in for them; what stays undone to the coordinator,
then to the division (`told.py`). Whoever is at it says so: the reminder is *acknowledged*, and nothing of
that review goes to the supervisors until its day moves; or *snoozed*, and it comes again on a day, twice
at most (`steps.py`, `decide.py`). Neither moves the review itself: what is late stays late, in every list
and count. What goes out then, and when, says `going_out.py`.
"""
