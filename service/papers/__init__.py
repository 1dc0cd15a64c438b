"""What may be kept as a paper, and how one comes in.

What was sent is judged by its content, in a process of its own with little memory and time
(`looking.py`, with `pdf.py` and `pictures.py`; `judging.py` starts it): a name or a header says
nothing. `taking.py` is the way from the wire into the store, `sweeping.py` what is cleared away.
"""
