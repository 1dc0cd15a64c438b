"""How events become a state: `evolution.py` (a function an event type), `order.py` (in which
order they are folded), `mended.py` (which of them do not count), `past.py` (what they had come to by
a day), `replacing.py` (a state changed quickly).
"""
