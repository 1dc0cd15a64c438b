"""Loaded last by the process that others are forked off: nothing loaded there goes again.

Else the first thorough collection of each of them would walk over all of it, which takes longer
than most of what they do.
"""

import gc

gc.collect()
gc.freeze()
