"""Upkeep: what operators do to the engine, as events of the house, in one stream.

Views made anew, a backup brought back, a master key replaced: none of it is a step of the programme,
and all of it is for whoever audits the house. It is recorded by the command at the machine that does
it (`service/running/acts.py`), and by nothing that comes in over the network.

Read `vocabulary.py` first: what can be done, and what is told of it.
"""
