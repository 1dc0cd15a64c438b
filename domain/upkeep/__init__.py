"""Upkeep: what operators do to the engine, as events of the house, in one stream.

Views made anew, a backup brought back, a master key replaced: none of it is a step of the programme,
and all of it is for whoever audits the house. It is recorded by the command at the machine that does
it (`service/running/acts.py`); of what somebody does to a run in Temporal itself, where no command of
ours is asked, by the worker that finds it (`workflows/by_hand.py`). Nothing that comes in over the
network records it.

Read `vocabulary.py` first: what can be done, and what is told of it.
"""
