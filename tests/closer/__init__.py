"""Whether every case and every agreement can be closed, from whatever state honest steps reach.

A random programme (`programme.py`) is people on their way from a studied project to what follows a
handover, over months and years: sessions, agreements, orders, ceremonies, and steps that are entered
late. Beside it stands what happens outside the house (`outside.py`): suppliers that answer no more,
goods that perish, deaths, funders that stop paying. Only steps whose fact is so outside are taken.
Then the closer (`closing.py`) closes it all: one ordered list of steps, the first that is open is
taken, and a measure falls with each. At every commit an oracle (`oracle.py`), which knows the
formulas and the events and none of the folds, says what the money must be, and a case and its
project must tell one story (`mirrored.py`).

Read `outside.py`, `site.py`, `moves.py`, `closing.py`, then `oracle.py`. What is drawn by chance
stands in `preparing.py`, `chances.py`, `ordering.py`, `gathering.py` and `funding.py`, on other tracks in
`alongside.py`; that each kind of step is drawn, and passes, somewhere, `drawn.py` asks.
"""
