"""One person registered twice: merged by two people, and parted again where that was wrong.

The one registered twice becomes an *alias* of the other. Both histories stay under their own keys;
what is asked of the person from then on (an open case, an erasure) is asked of all their streams.
Where both have an open case one goes on; the other keeps its tracks until they end.
"""
