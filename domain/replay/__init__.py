"""A history told anew: what a stream was before and after each entry, and where the two differ.

`walking.py` folds a stream once more in the order in which its entries were made, `differing.py`
finds what differs between any two states. Neither decides anything: what is told of an entry here
is what the stream's own fold made of it.
"""
