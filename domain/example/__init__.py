"""One invented person's way through the whole path, written once.

The documentation's examples, the demo, the benchmarks and the tests all take their steps from
here, and say only what differs: other ids, another day to count from, another trade or price.
`person.py` (who it is about, and the days), `registered.py` (what steps name by a code),
`beside.py` (the centre, its staff, the money, the ceremony), `care.py` (the case), `project.py`
(its self-employment track), `way.py` (all of it, in order).
"""
