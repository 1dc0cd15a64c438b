"""Training outside, whichever kind of track it is a part of: alone, or in a cohort with others.

A self-employment track needs one before a project is proposed; of a vocational training track it is
all there is. Both take the same steps, so that a person is enrolled, attends, leaves and is certified
in one way, and every count of those in training counts them all. Read `steps.py` and `events.py`, the
state that both kinds begin from (`state.py`) with its fold, and the rules in `decide.py`: a place in a
cohort is taken and left there, in one commit on case and cohort.
"""
