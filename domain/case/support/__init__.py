"""What the centre helps with beside the tracks: housing, papers, a mediation, a lawyer.

Each is an item with an id, a need that it answers, somebody it is for, and somebody who provides it.
Read `vocabulary.py`, then `steps.py` and `events.py`, `state.py` for what they come to, `decide.py`
for when, `reviews.py` for what falls due of it. Which kinds there are tells of health and of
convictions, so a kind travels as what is judicial does, and stands in no list.
"""
