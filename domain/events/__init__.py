"""How events are known outside, whatever they are about.

`stored.py` has the names they are stored under and older shapes, `shapes.py` describes a shape in
words, `veil.py` says what else an event may be known as, `levels.py` what came with which release.
"""
