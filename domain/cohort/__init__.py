"""The cohort: a training in one trade by one provider, from a day to a day, with so many places.

It belongs to the centre that planned it; another centre's people are placed in it where it is shared.
People take a place, and leave it, through steps of their own cases (`domain/tracks/training`), in one
commit on case and cohort: no place is given twice. Moving or calling off a cohort tells the cases of
those who are in it in the same commit.
"""
