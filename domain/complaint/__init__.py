"""A complaint: somebody says that something was not right, and the house answers.

It is a stream of its own, and writes nothing into the case or the directory of whom it names: what
is told there, whoever it is about would read. `vocabulary.py`, `steps.py` and `events.py` say what
can be told, `about.py` whom it is about and who therefore never sees it, `path.py` who may do what.
"""
