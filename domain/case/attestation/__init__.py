"""Attestations: papers that the centre gives the person for somebody else, each with a number.

The number is the next of the centre's series of the year, taken in the commit that issues it, so that
none is given twice and no gap is hidden: one that is cancelled keeps its own. What a paper says is
kept as it was said, and a copy says the same; it is never corrected, but cancelled and issued anew.
"""
